package dev.forestall.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.records.effects.EffectRow;
import java.io.IOException;

/** An effect as lists and streams give it. */
final class EffectBody {

    private EffectBody() {}

    static void write(JsonGenerator json, EffectRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", row.id());
        json.writeStringField("kind", row.kind());
        json.writeStringField("name", row.name());
        json.writeStringField("subject_kind", row.subject().kind());
        json.writeStringField("subject", row.subject().key());
        JsonBody.time(json, "at", row.atMillis());
        json.writeArrayFieldStart("causes");
        for (String cause : row.causes()) {
            json.writeString(cause);
        }
        json.writeEndArray();
        json.writeFieldName("effect");
        // It was written as JSON when it was recorded.
        json.writeRawValue(row.body());
        json.writeEndObject();
    }
}
