package dev.forestall.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** From the request of a client to the message that a stranger gets, and all the way back. */
class LiveLoopTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SECRET = Pattern.compile("id=\"secret\">([^<]+)<");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestServer server = TestServer.running();

    private JsonNode json(String path) throws IOException {
        HttpResponse<String> answer = server.api(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private void event(String customer, String event, String id) {
        server.sent("{\"userId\":\"" + customer + "\",\"messageId\":\"" + id + "\",\"event\":\"" + event
                + "\",\"properties\":{\"amount\":12000}}");
    }

    /** Somebody is called for documents until the pack says that this has to end; answers whether they are in treatment. */
    private boolean isDecidedFor(String customer) throws IOException {
        event(customer, "application_submitted", customer + "-0");
        server.until(
                () -> {
                    for (int call = 1; call <= 3; call++) {
                        event(customer, "documents_call_started", customer + "-" + call);
                    }
                },
                row -> row.kind().equals("decision") && row.subject().key().equals(customer));
        for (JsonNode effect :
                json("/api/v1/customers/" + customer + "/timeline").path("data")) {
            if (effect.path("kind").asText().equals("decision")) {
                return effect.path("effect").path("treatment_group").asText().equals("treatment");
            }
        }
        throw new AssertionError("a decision was said and is not in the timeline");
    }

    @Test
    void what_a_client_sends_is_acted_on_and_what_a_stranger_gets_leads_back_to_it() throws Exception {
        String shown = server.inTheConsole(
                "/actions",
                "/actions/endpoint",
                Map.of("url", server.receiver().url().toString()));
        Matcher secret = SECRET.matcher(shown);
        assertThat(secret.find()).as(shown).isTrue();
        assertThat(server.page("/now")).contains("Dry run");
        server.inTheConsole("/actions", "/actions/dry-run", Map.of("on", "false"));
        assertThat(server.page("/now")).doesNotContain("Dry run");

        String customer = "";
        for (String each : List.of("olga", "paula", "quentin", "rosa", "stefan")) {
            if (customer.isEmpty() && isDecidedFor(each)) {
                customer = each;
            }
        }
        Receiver.Message message = server.receiver().next(PATIENCE);

        Webhook webhook = new Webhook(secret.group(1));
        assertThatCode(() -> webhook.verify(message.body(), message.headers())).doesNotThrowAnyException();
        assertThat(JSON.readTree(message.body()).path("type").asText()).isEqualTo("action.requested");

        String id = message.headers().firstValue("webhook-id").orElseThrow();
        assertThat(json("/api/v1/traces/" + id).toString())
                .contains("documents_missing_again")
                .contains("documents_call_started");
        assertThat(json("/api/v1/action-requests/" + id).path("customer").asText())
                .isEqualTo(customer);
        assertThat(json("/api/v1/value").path("data").findValuesAsText("policy"))
                .contains("get_documents_in");
        assertThat(server.page("/customers/" + customer + "?focus=" + id))
                .contains("What led to it", "event documents_call_started from app", "document_checklist");
        assertThat(server.page("/actions/" + id)).contains("document_checklist", "Attempts");
        assertThat(server.page("/value")).contains("get_documents_in");
    }
}
