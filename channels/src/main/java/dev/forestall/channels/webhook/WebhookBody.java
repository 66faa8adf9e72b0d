package dev.forestall.channels.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.channels.ParameterJson;
import dev.forestall.dispatch.Delivery;
import dev.forestall.loop.action.ActionRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What a webhook says. The same request gives the same bytes, however often it is sent. */
final class WebhookBody {

    /** Beyond this, receivers are told what it is, and look up the rest. */
    private static final int LARGEST = 20 * 1024;

    private static final JsonFactory JSON = new JsonFactory();

    private WebhookBody() {}

    static byte[] of(Delivery delivery) {
        byte[] whole = write(delivery, true);
        return whole.length <= LARGEST ? whole : write(delivery, false);
    }

    private static byte[] write(Delivery delivery, boolean isWhole) {
        ActionRequest request = delivery.request();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", "action.requested");
            json.writeStringField("timestamp", iso(request.schedule().atMillis()));
            json.writeObjectFieldStart("data");
            json.writeStringField("id", delivery.key());
            json.writeNumberField("revision", 1);
            json.writeStringField("action", request.task().action());
            json.writeStringField("kind", request.task().kind());
            json.writeStringField("target", request.task().target());
            json.writeStringField("channel", delivery.channel());
            json.writeStringField("purpose", request.reach().purpose());
            json.writeStringField("customer", delivery.customer().key());
            json.writeStringField("journey_key", request.journeyKey());
            json.writeStringField("language", request.reach().language());
            json.writeStringField("zone", request.reach().zone());
            json.writeStringField("expires_at", iso(request.schedule().expiresMillis()));
            if (isWhole) {
                json.writeFieldName("parameters");
                ParameterJson.write(request.task().parameters(), json);
            } else {
                json.writeBooleanField("thin", true);
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static String iso(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
