package dev.forestall.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.records.effects.Page;
import dev.forestall.records.rejected.RejectedRecords;
import dev.forestall.server.ingest.Again;
import dev.forestall.server.rejected.Masked;
import dev.forestall.server.rejected.Rejections;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What could not be used, and what can be done about it. */
@RestController
public final class RejectedApi {

    private final Rejections rejections;

    private final Cursors cursors;

    public RejectedApi(Rejections rejections, Cursors cursors) {
        this.cursors = cursors;
        this.rejections = rejections;
    }

    @GetMapping("/api/v1/rejected")
    ResponseEntity<byte[]> kinds() {
        return Lists.answer(rejections.kinds(), Optional.empty(), RejectedApi::write);
    }

    private static void write(JsonGenerator json, RejectedRecords.Kind kind) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", kind.source());
        json.writeStringField("code", kind.code());
        json.writeNumberField("seen", kind.seen());
        json.writeNumberField("kept", kind.kept());
        json.writeBooleanField("sampled", kind.isSampled());
        JsonBody.time(json, "first_at", kind.firstMillis());
        JsonBody.time(json, "last_at", kind.lastMillis());
        json.writeEndObject();
    }

    @GetMapping("/api/v1/rejected/records")
    ResponseEntity<byte[]> records(
            @RequestParam String source,
            @RequestParam String code,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "50") String limit,
            HttpServletRequest request) {
        Page<RejectedRecords.Kept> page = rejections.kept(source, code, cursors.place(request), Limits.of(limit));
        return Lists.answer(page.rows(), cursors.next(request, page), RejectedApi::write);
    }

    @GetMapping("/api/v1/rejected/records/{id}")
    ResponseEntity<byte[]> one(@PathVariable String id) {
        RejectedRecords.Kept kept = rejections.one(id);
        return ok(json -> write(json, kept));
    }

    private static void write(JsonGenerator json, RejectedRecords.Kept kept) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", Long.toString(kept.ordinal()));
        json.writeStringField("source", kept.source());
        json.writeStringField("code", kept.code());
        json.writeNumberField("number", kept.number());
        json.writeStringField("field", kept.field());
        json.writeStringField("detail", kept.detail());
        JsonBody.time(json, "at", kept.atMillis());
        JsonBody.time(json, "replayed_at", kept.replayedMillis());
        json.writeStringField("masked", Masked.of(kept.raw()));
        json.writeEndObject();
    }

    @PostMapping("/api/v1/rejected/replay")
    ResponseEntity<byte[]> replay(@RequestBody byte[] body) {
        JsonFields fields = JsonFields.of(body, "source", "code");
        Again.Result result = rejections.replay(fields.required("source"), fields.required("code"));
        return ok(json -> {
            json.writeStartObject();
            json.writeNumberField("used", result.used());
            json.writeNumberField("rejected", result.left());
            json.writeEndObject();
        });
    }

    @PostMapping("/api/v1/rejected/records/{id}/declare")
    ResponseEntity<byte[]> declare(@PathVariable String id) {
        Rejections.Draft draft = rejections.declare(id);
        return ok(json -> {
            json.writeStartObject();
            json.writeStringField("event", draft.event());
            json.writeStringField("file", draft.file());
            json.writeStringField("yaml", draft.yaml());
            json.writeFieldName("definition");
            DefinitionsApi.write(json, draft.candidate());
            json.writeEndObject();
        });
    }

    private static ResponseEntity<byte[]> ok(JsonBody.Writing writing) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(JsonBody.of(writing));
    }
}
