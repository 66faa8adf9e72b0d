package dev.forestall.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers with one page of a list. */
final class Lists {

    private Lists() {}

    /** Writes one row. */
    @FunctionalInterface
    interface RowWriting<T> {
        void to(JsonGenerator json, T row) throws IOException;
    }

    /** @param next the cursor of the page behind it; empty when there is none */
    static <T> ResponseEntity<byte[]> answer(List<T> rows, Optional<String> next, RowWriting<T> writing) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(JsonBody.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (T row : rows) {
                writing.to(json, row);
            }
            json.writeEndArray();
            json.writeStringField("next", next.orElse(null));
            json.writeEndObject();
        }));
    }
}
