package dev.forestall.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Engine;
import dev.forestall.records.customers.Customers;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.EffectRow;
import dev.forestall.records.effects.Page;
import dev.forestall.records.effects.Timeline;
import dev.forestall.server.ApiError;
import dev.forestall.server.look.Found;
import dev.forestall.server.look.Looks;
import dev.forestall.views.look.CustomerJson;
import dev.forestall.views.look.TraceJson;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Customers, what happened to them, and what led to what. */
@RestController
public final class CustomersApi {

    private final Customers customers;
    private final Timeline timeline;
    private final Looks looks;
    private final EffectNames names;
    private final Tenant tenant;

    private final Cursors cursors;

    public CustomersApi(
            Customers customers, Timeline timeline, Looks looks, Engine engine, Tenant tenant, Cursors cursors) {
        this.cursors = cursors;
        this.customers = customers;
        this.timeline = timeline;
        this.looks = looks;
        this.names = engine.names();
        this.tenant = tenant;
    }

    @GetMapping("/api/v1/customers")
    ResponseEntity<byte[]> list(
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "50") String limit,
            HttpServletRequest request) {
        Page<Customers.Line> page = customers.newest(tenant, cursors.place(request), Limits.of(limit));
        return Lists.answer(page.rows(), cursors.next(request, page), CustomersApi::write);
    }

    private static void write(JsonGenerator json, Customers.Line line) throws IOException {
        json.writeStartObject();
        json.writeStringField("customer", line.customer());
        JsonBody.time(json, "first_at", line.firstMillis());
        JsonBody.time(json, "last_at", line.lastMillis());
        json.writeNumberField("effects", line.effects());
        json.writeStringField("treatment_group", line.treatmentGroup().orElse(null));
        json.writeNumberField("active_signals", line.signals());
        json.writeEndObject();
    }

    @GetMapping("/api/v1/customers/{name}")
    ResponseEntity<byte[]> customer(@PathVariable String name, @RequestParam(name = "as_of") @Nullable String asOf) {
        Found found = found(name, instant(asOf));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(JsonBody.of(json -> new CustomerJson(json, found.definition(), names).write(found.customer())));
    }

    private Found found(String name, OptionalLong asOf) {
        List<SubjectId> called = looks.called(name);
        if (called.size() > 1) {
            throw new Problem(ProblemJson.of(ApiError.NOT_FOUND, "several customers are known by this name"));
        }
        return looks.customer(name, asOf)
                .orElseThrow(
                        () -> new Problem(ProblemJson.of(ApiError.NOT_FOUND, "no customer is known by this name")));
    }

    private static OptionalLong instant(@Nullable String text) {
        try {
            return text == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Instant.parse(text).toEpochMilli());
        } catch (DateTimeException wrong) {
            throw new Problem(ProblemJson.of(
                    ApiError.WRONG_PARAMETER,
                    "as_of: found '" + text + "', expected a time such as 2026-03-01T10:00:00Z"));
        }
    }

    @GetMapping("/api/v1/customers/{name}/timeline")
    ResponseEntity<byte[]> timeline(
            @PathVariable String name,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "50") String limit,
            HttpServletRequest request) {
        Found found = found(name, OptionalLong.empty());
        Page<EffectRow> page = timeline.of(tenant, found.names(), cursors.place(request), Limits.of(limit));
        return Lists.answer(page.rows(), cursors.next(request, page), EffectBody::write);
    }

    @GetMapping("/api/v1/traces/{id}")
    ResponseEntity<byte[]> trace(@PathVariable String id) {
        return looks.trace(id)
                .map(link -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(JsonBody.of(json -> new TraceJson(json, names, Map.of()).write(link))))
                .orElseThrow(() -> new Problem(ProblemJson.of(ApiError.NOT_FOUND, "nothing was said under this id")));
    }
}
