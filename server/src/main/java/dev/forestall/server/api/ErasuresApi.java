package dev.forestall.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.server.erasure.Erasures;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Customers who are to be forgotten, and that some were. No answer says who. */
@RestController
public final class ErasuresApi {

    private final Erasures erasures;

    public ErasuresApi(Erasures erasures) {
        this.erasures = erasures;
    }

    @GetMapping("/api/v1/erasures")
    ResponseEntity<byte[]> newest() {
        return Lists.answer(erasures.newest(), Optional.empty(), ErasuresApi::write);
    }

    @PostMapping("/api/v1/erasures")
    ResponseEntity<byte[]> erase(@RequestBody byte[] body, HttpServletRequest request) {
        JsonFields fields = JsonFields.of(body, "customer", "because");
        Erasures.Erasure done =
                erasures.erase(fields.required("customer"), fields.required("because"), Callers.actor(request));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(JsonBody.of(json -> write(json, done)));
    }

    private static void write(JsonGenerator json, Erasures.Erasure erasure) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", erasure.id());
        JsonBody.time(json, "at", erasure.atMillis());
        json.writeStringField("by", erasure.by());
        json.writeStringField("because", erasure.reason());
        json.writeNumberField("names", erasure.erased().names());
        json.writeNumberField("effects", erasure.erased().effects());
        json.writeNumberField("messages", erasure.erased().messages());
        json.writeObjectFieldStart("rows");
        for (Map.Entry<String, Long> each : erasure.rows().entrySet()) {
            json.writeNumberField(each.getKey(), each.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
