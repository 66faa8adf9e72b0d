package dev.forestall.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forestall.server.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What was rejected is looked at, declared, deployed and used. */
class RejectedApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestServer server = TestServer.running();

    @Test
    void an_event_that_nobody_declared_is_declared_out_of_what_was_rejected_and_used() throws IOException {
        rejected("nora", "'amount':12,'express':true,'email':'nora@example.org','at':'2026-03-01T10:00:00Z'");
        rejected("olga", "'amount':12.5,'express':false,'email':'olga@example.org','list':[1]");
        JsonNode group = group();
        assertThat(group.path("seen").asInt()).isGreaterThanOrEqualTo(2);

        JsonNode record = get("/api/v1/rejected/records?limit=1&source=app&code=EVT-001")
                .path("data")
                .get(0);
        assertThat(record.path("masked").asText())
                .contains("\"event\":\"Parcel Lost\"", "\"email\":\"(text of 16)\"", "\"amount\":\"(number)\"")
                .doesNotContain("example.org");
        String id = record.path("id").asText();
        assertThat(get("/api/v1/rejected/records/" + id)).isEqualTo(record);

        JsonNode draft = post("/api/v1/rejected/records/" + id + "/declare", "{}", 200);
        assertThat(draft.path("yaml").asText()).isEqualTo("""
                events:
                  parcel_lost:
                    amount: { type: money, currency: EUR }
                    express: boolean
                    email: { type: string, personal: true }
                    at: time
                """);
        JsonNode definition = draft.path("definition");
        assertThat(definition.path("ok").asBoolean()).as(definition.toString()).isTrue();

        JsonNode early = post("/api/v1/rejected/replay", "{\"source\":\"app\",\"code\":\"EVT-001\"}", 200);
        assertThat(early.path("used").asInt()).isZero();
        post(
                "/api/v1/definitions/" + definition.path("id").asText() + "/deploy",
                "{\"because\":\"parcels are lost\"}",
                200);
        server.until(
                () -> {
                    try {
                        JsonNode again =
                                post("/api/v1/rejected/replay", "{\"source\":\"app\",\"code\":\"EVT-001\"}", 200);
                        assertThat(again.path("used").asInt()).isEqualTo(2);
                        assertThat(again.path("rejected"))
                                .isEqualTo(
                                        JSON.valueToTree(early.path("rejected").asInt() - 2));
                        // So that something is said of her.
                        server.sent(
                                "{\"userId\":\"nora\",\"event\":\"application_submitted\",\"properties\":{\"amount\":1}}");
                    } catch (IOException failed) {
                        throw new java.io.UncheckedIOException(failed);
                    }
                },
                row -> row.subject().key().equals("nora"));
        assertThat(get("/api/v1/customers/nora").path("events").asInt()).isEqualTo(2);
        assertThat(get("/api/v1/rejected/records/" + id).path("replayed_at").isTextual())
                .isTrue();
    }

    @Test
    void only_an_event_that_is_not_declared_can_be_and_only_what_is_kept_can_be_looked_at() throws IOException {
        server.post("/v1/track", "{\"userId\":\"petra\",\"event\":\"application_submitted\",\"properties\":{}}");
        String id = get("/api/v1/rejected/records?source=app&code=EVT-005")
                .path("data")
                .get(0)
                .path("id")
                .asText();
        assertThat(post("/api/v1/rejected/records/" + id + "/declare", "{}", 409)
                        .path("code")
                        .asText())
                .isEqualTo("API-006");
        assertThat(server.api("/api/v1/rejected/records/none").statusCode()).isEqualTo(404);
        assertThat(server.api("/api/v1/rejected/records?source=app").statusCode())
                .isEqualTo(400);
        assertThat(post("/api/v1/rejected/replay", "{\"source\":\"app\"}", 422)
                        .path("code")
                        .asText())
                .isEqualTo("API-003");
    }

    private void rejected(String customer, String properties) {
        HttpResponse<String> answer = server.post(
                "/v1/track",
                ("{'userId':'" + customer + "','messageId':'lost " + customer + "','event':'Parcel Lost','properties':{"
                                + properties + "}}")
                        .replace('\'', '"'));
        assertThat(answer.body()).contains("\"rejected\":1");
    }

    private JsonNode group() throws IOException {
        for (JsonNode each : get("/api/v1/rejected").path("data")) {
            if (each.path("source").asText().equals("app")
                    && each.path("code").asText().equals("EVT-001")) {
                return each;
            }
        }
        throw new AssertionError("no group of events that are not declared");
    }

    private JsonNode get(String path) throws IOException {
        HttpResponse<String> answer = server.api(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private JsonNode post(String path, String body, int status) throws IOException {
        HttpResponse<String> answer = server.send(server.request(path)
                .header("Authorization", "Bearer " + server.secretKey())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }
}
