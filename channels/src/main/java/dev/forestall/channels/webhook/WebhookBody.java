package dev.forestall.channels.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.dispatch.Delivery;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.Parameter;
import dev.forestall.loop.action.Parameter.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

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
                parameters(request.task().parameters(), json);
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

    private static void parameters(List<Parameter> parameters, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("parameters");
        for (Parameter each : parameters) {
            json.writeFieldName(each.name());
            switch (each.value()) {
                case Value.Text text -> json.writeString(text.text());
                case Value.Number number -> number(number.number(), json);
                case Value.Truth truth -> json.writeBoolean(truth.isTrue());
                case Value.Amount amount -> {
                    json.writeStartObject();
                    json.writeNumberField("minor", amount.money().minor());
                    json.writeStringField("currency", amount.money().currency().getCurrencyCode());
                    json.writeEndObject();
                }
                case Value.Time time -> json.writeString(iso(time.atMillis()));
                case Value.Length length -> json.writeNumber(length.millis());
            }
        }
        json.writeEndObject();
    }

    private static void number(double number, JsonGenerator json) throws IOException {
        if (number == Math.rint(number) && Math.abs(number) < 0x1p53) {
            json.writeNumber((long) number);
        } else {
            json.writeNumber(number);
        }
    }

    private static String iso(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
