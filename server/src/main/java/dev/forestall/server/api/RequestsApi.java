package dev.forestall.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.records.alerts.Alerts;
import dev.forestall.records.alerts.OpenAlert;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.EffectRow;
import dev.forestall.records.effects.Page;
import dev.forestall.records.requests.Requests;
import dev.forestall.records.value.Values;
import dev.forestall.server.ApiError;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is to be done, where it stands, and who is to know. */
@RestController
public final class RequestsApi {

    private final Requests requests;
    private final Alerts alerts;
    private final Values values;
    private final Tenant tenant;

    private final Cursors cursors;

    public RequestsApi(Requests requests, Alerts alerts, Values values, Tenant tenant, Cursors cursors) {
        this.cursors = cursors;
        this.requests = requests;
        this.alerts = alerts;
        this.values = values;
        this.tenant = tenant;
    }

    @GetMapping("/api/v1/action-requests")
    ResponseEntity<byte[]> list(
            @RequestParam @Nullable String state,
            @RequestParam @Nullable String cursor,
            @RequestParam(defaultValue = "50") String limit,
            HttpServletRequest request) {
        Page<Requests.Line> page =
                requests.latest(tenant, Optional.ofNullable(state), cursors.place(request), Limits.of(limit));
        return Lists.answer(page.rows(), cursors.next(request, page), (json, line) -> {
            json.writeStartObject();
            writeFields(json, line);
            json.writeEndObject();
        });
    }

    private static void writeFields(JsonGenerator json, Requests.Line line) throws IOException {
        json.writeStringField("id", line.id());
        json.writeStringField("customer", line.customer());
        json.writeStringField("action", line.action());
        json.writeStringField("policy", line.policy());
        json.writeStringField("purpose", line.purpose());
        json.writeStringField("channel", line.channel());
        json.writeStringField("state", line.state());
        json.writeStringField("rule", line.rule());
        json.writeStringField("value", line.value());
        JsonBody.time(json, "until", line.untilMillis());
        JsonBody.time(json, "requested_at", line.requestedAtMillis());
        JsonBody.time(json, "expires_at", line.expiresAtMillis());
        json.writeNumberField("attempts", line.attempts());
        json.writeStringField("provider", line.provider());
        json.writeStringField("provider_id", line.providerId());
        json.writeStringField("resend_of", line.repeats().orElse(null));
    }

    @GetMapping("/api/v1/action-requests/{id}")
    ResponseEntity<byte[]> one(@PathVariable String id) {
        Requests.Found found = requests.find(tenant, id)
                .orElseThrow(() -> new Problem(ProblemJson.of(ApiError.NOT_FOUND, "there is no request of this id")));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(JsonBody.of(json -> {
            json.writeStartObject();
            writeFields(json, found.line());
            json.writeArrayFieldStart("steps");
            for (Requests.Step step : found.steps()) {
                json.writeStartObject();
                json.writeStringField("id", step.id());
                json.writeStringField("stage", step.stage());
                json.writeStringField("rule", step.rule());
                json.writeStringField("value", step.value());
                JsonBody.time(json, "until", step.untilMillis());
                JsonBody.time(json, "at", step.atMillis());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("attempts_made");
            for (Requests.Attempt attempt : found.attempts()) {
                json.writeStartObject();
                json.writeNumberField("attempt", attempt.attempt());
                json.writeStringField("channel", attempt.channel());
                JsonBody.time(json, "began_at", attempt.beganAtMillis());
                JsonBody.time(json, "ended_at", attempt.endedAtMillis());
                json.writeStringField("result", attempt.result());
                json.writeStringField("detail", attempt.detail());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("because");
            for (EffectRow row : found.chain()) {
                EffectBody.write(json, row);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    @GetMapping("/api/v1/alerts")
    ResponseEntity<byte[]> alerts(@RequestParam(defaultValue = "50") String limit) {
        return Lists.answer(alerts.open(tenant, Limits.of(limit)), Optional.empty(), RequestsApi::write);
    }

    @GetMapping("/api/v1/value")
    ResponseEntity<byte[]> value() {
        return Lists.answer(values.arms(tenant), Optional.empty(), (json, arm) -> {
            json.writeStartObject();
            json.writeStringField("policy", arm.policy());
            json.writeStringField("treatment_group", arm.treatmentGroup());
            json.writeNumberField("decisions", arm.decisions());
            json.writeNumberField("sent", arm.sent());
            money(json, "spent", arm.spentMinor(), arm.currency());
            json.writeNumberField("observed", arm.observed());
            json.writeNumberField("successes", arm.successes());
            money(json, "kept", arm.keptMinor(), arm.currency());
            json.writeEndObject();
        });
    }

    private static void money(JsonGenerator json, String name, long minor, String currency) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("minor", minor);
        json.writeStringField("currency", currency);
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, OpenAlert alert) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", alert.id());
        json.writeStringField("alert", alert.name());
        json.writeStringField("owner", alert.owner());
        json.writeStringField("subject_kind", alert.subject().kind());
        json.writeStringField("subject", alert.subject().key());
        json.writeStringField("state", alert.state());
        json.writeNumberField("triggers", alert.triggers());
        JsonBody.time(json, "raised_at", alert.raisedAtMillis());
        JsonBody.time(json, "changed_at", alert.changedAtMillis());
        json.writeEndObject();
    }
}
