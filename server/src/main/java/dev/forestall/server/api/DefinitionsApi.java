package dev.forestall.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.host.Difference;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackCost;
import dev.forestall.pack.problem.Problem;
import dev.forestall.records.effects.Page;
import dev.forestall.server.ApiError;
import dev.forestall.server.Declined;
import dev.forestall.server.definitions.Candidate;
import dev.forestall.server.definitions.Definitions;
import dev.forestall.server.definitions.Deployment;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Packs: handed in, looked at, deployed, rolled back. */
@RestController
public final class DefinitionsApi {

    /** An archive may be so long; models are the largest part of it. */
    private static final int MOST_BYTES = 32 << 20;

    /** Clients wait for an answer about so long; what takes longer is looked up afterwards. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Definitions definitions;

    private final Cursors cursors;

    public DefinitionsApi(Definitions definitions, Cursors cursors) {
        this.cursors = cursors;
        this.definitions = definitions;
    }

    @GetMapping("/api/v1/definitions")
    ResponseEntity<byte[]> list(
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "50") String limit,
            HttpServletRequest request) {
        Page<Deployment> page = definitions.newest(cursors.place(request), Limits.of(limit));
        return Lists.answer(page.rows(), cursors.next(request, page), DefinitionsApi::write);
    }

    @PostMapping("/api/v1/definitions/check")
    ResponseEntity<byte[]> check(HttpServletRequest request) throws IOException {
        String type = String.valueOf(request.getContentType());
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/zip")) {
            throw new Declined(
                    ApiError.WRONG_TYPE,
                    "found Content-Type " + type + ", expected application/zip: an archive of the pack's folder");
        }
        byte[] archive = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (archive.length > MOST_BYTES) {
            throw new Declined(ApiError.TOO_LARGE, "the archive is longer than " + MOST_BYTES + " bytes");
        }
        return answer(200, json -> write(json, definitions.check(new ByteArrayInputStream(archive))));
    }

    @GetMapping("/api/v1/definitions/{id}")
    ResponseEntity<byte[]> candidate(@PathVariable String id) {
        return answer(200, json -> write(json, definitions.candidate(id)));
    }

    @PostMapping("/api/v1/definitions/{id}/deploy")
    ResponseEntity<byte[]> deploy(@PathVariable String id, @RequestBody byte[] body, HttpServletRequest request) {
        return answer(definitions.deploy(id, wish(body, request)));
    }

    @PostMapping("/api/v1/definitions/rollback")
    ResponseEntity<byte[]> rollBack(@RequestBody byte[] body, HttpServletRequest request) {
        return answer(definitions.rollBack(wish(body, request)));
    }

    private static Definitions.Wish wish(byte[] body, HttpServletRequest request) {
        JsonFields fields = JsonFields.of(body, "because", "replaces");
        return new Definitions.Wish(Callers.actor(request), fields.required("because"), fields.text("replaces"));
    }

    private ResponseEntity<byte[]> answer(CompletionStage<Deployment> deploying) {
        try {
            Deployment done = deploying.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (done.state() == Deployment.State.FAILED) {
                throw new Declined(ApiError.WRONG_STATE, done.detail());
            }
            return answer(200, json -> write(json, done));
        } catch (TimeoutException later) {
            Deployment begun = definitions.newest(Optional.empty(), 1).rows().getFirst();
            return answer(202, json -> write(json, begun));
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a deployment answers, also when it fails", failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Declined(ApiError.NOT_NOW, "the server stops; look up what became of it when it is there again");
        }
    }

    private static ResponseEntity<byte[]> answer(int status, JsonBody.Writing writing) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(JsonBody.of(writing));
    }

    private static void write(JsonGenerator json, Deployment each) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", each.id());
        json.writeStringField("definition", each.definition());
        json.writeStringField("state", each.state().text());
        json.writeStringField("deployed_by", each.by());
        json.writeStringField("because", each.because());
        JsonBody.time(json, "at", each.atMillis());
        text(json, "replaced", each.replaced());
        text(json, "position", each.position());
        json.writeNumberField("program", each.program());
        json.writeFieldName("known_since");
        // It was written as JSON when it came into force.
        json.writeRawValue(each.knownSince());
        text(json, "detail", each.detail());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, String text) throws IOException {
        json.writeStringField(name, text.isEmpty() ? null : text);
    }

    static void write(JsonGenerator json, Candidate candidate) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", candidate.id());
        json.writeBooleanField("ok", candidate.pack().isPresent());
        json.writeStringField(
                "pack", candidate.pack().map(pack -> pack.definition().name()).orElse(null));
        json.writeStringField(
                "definition",
                candidate.pack().map(pack -> pack.definition().hash()).orElse(null));
        json.writeStringField("replaces", candidate.inForce());
        json.writeArrayFieldStart("problems");
        for (Problem each : candidate.problems()) {
            write(json, each);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("changes");
        if (candidate.difference().isPresent()) {
            for (var each : Definitions.changes(candidate.difference().get())) {
                json.writeStartObject();
                json.writeStringField("declaration", each.getKey());
                json.writeStringField("fate", each.getValue().name().toLowerCase(Locale.ROOT));
                json.writeStringField("words", each.getValue().words());
                json.writeBooleanField("knows_only_from_now_on", each.getValue() == Difference.Fate.BEGINS);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeFieldName("cost");
        if (candidate.pack().isPresent()) {
            write(json, candidate.pack().get());
        } else {
            json.writeNull();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Problem problem) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", problem.code().code());
        json.writeStringField("severity", problem.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("file", problem.place().file());
        json.writeNumberField("line", problem.place().line());
        json.writeNumberField("column", problem.place().column());
        json.writeStringField("path", problem.path());
        json.writeStringField("found", problem.found());
        json.writeStringField("expected", problem.expected());
        json.writeStringField("nearest", problem.nearest());
        json.writeStringField("text", problem.toString());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Pack pack) throws IOException {
        PackCost cost = pack.cost();
        json.writeStartObject();
        json.writeNumberField("bytes_per_customer", cost.customer());
        json.writeNumberField("wake_ups_per_event", cost.wakeUpsPerEvent());
        json.writeNumberField("work_per_event", cost.workPerEvent());
        json.writeStringField("heaviest_event", cost.heaviestEvent());
        json.writeEndObject();
    }
}
