package dev.forestall.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forestall.server.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What holds for every request to the API. */
class ApiRulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REPLAY = "/api/v1/rejected/replay";

    private final TestServer server = TestServer.running();

    @Test
    void a_command_that_is_sent_again_is_done_once_and_answered_as_the_first_time() throws IOException {
        HttpResponse<String> first = post(REPLAY, "\"once\"", "{\"source\":\"app\",\"code\":\"EVT-008\"}");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        HttpResponse<String> again = post(REPLAY, "once", "{\"source\":\"app\",\"code\":\"EVT-008\"}");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertCode(post(REPLAY, "once", "{\"source\":\"app\",\"code\":\"EVT-007\"}"), 422, "API-009");
        assertCode(post(REPLAY, "with a blank", "{}"), 400, "API-016");
    }

    @Test
    void what_was_refused_is_refused_again_in_the_same_words() throws IOException {
        HttpResponse<String> first = post(REPLAY, "refused", "{}");
        assertCode(first, 422, "API-003");
        HttpResponse<String> again = post(REPLAY, "refused", "{}");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void what_would_do_harm_if_it_were_done_twice_needs_a_key() throws IOException {
        assertCode(post("/api/v1/definitions/rollback", "", "{\"because\":\"no\"}"), 400, "API-017");
        assertCode(post("/api/v1/definitions/none/deploy", "", "{\"because\":\"no\"}"), 400, "API-017");
    }

    @Test
    void a_cursor_is_of_one_list_and_one_filter_and_cannot_be_made_up() throws IOException {
        server.submitted("quinn");
        server.submitted("rosa");
        String cursor = JSON.readTree(server.api("/api/v1/customers?limit=1").body())
                .path("next")
                .asText();
        assertThat(cursor).startsWith("c1.");
        assertThat(server.api("/api/v1/customers?limit=2&cursor=" + cursor).statusCode())
                .isEqualTo(200);
        assertCode(server.api("/api/v1/action-requests?cursor=" + cursor), 400, "API-011");
        char last = cursor.charAt(cursor.length() - 2);
        String changed = cursor.substring(0, cursor.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + cursor.substring(cursor.length() - 1);
        assertCode(server.api("/api/v1/customers?cursor=" + changed), 400, "API-011");
        assertCode(server.api("/api/v1/customers?cursor=c1."), 400, "API-011");
    }

    @Test
    void a_parameter_that_there_is_not_is_refused() throws IOException {
        HttpResponse<String> answer = server.api("/api/v1/customers?limt=1");
        assertCode(answer, 400, "API-016");
        assertThat(answer.body()).contains("limt", "limit");
    }

    @Test
    void each_answer_says_how_much_may_be_asked_and_names_its_content() {
        HttpResponse<String> answer = server.api("/api/v1/value");
        assertThat(answer.headers().firstValue("RateLimit-Policy")).contains("\"key\";q=600;w=60");
        assertThat(answer.headers().firstValue("RateLimit").orElseThrow()).matches("\"key\";r=\\d+;t=\\d+");
        String etag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(etag).startsWith("\"");
        HttpResponse<String> same = server.send(server.request("/api/v1/value")
                .header("Authorization", "Bearer " + server.secretKey())
                .header("If-None-Match", etag)
                .GET());
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
    }

    @Test
    void whoever_has_written_reads_what_came_of_it() throws IOException {
        String position = server.api("/api/v1/customers")
                .headers()
                .firstValue("Forestall-Position")
                .orElseThrow();
        assertThat(behind(position).statusCode()).isEqualTo(200);
        assertCode(behind("nonsense"), 400, "API-016");
        HttpResponse<String> later = behind("pzzzzzzzzz");
        assertCode(later, 503, "API-015");
        assertThat(later.headers().firstValue("Retry-After")).isPresent();
    }

    private HttpResponse<String> behind(String position) {
        return server.send(server.request("/api/v1/customers")
                .header("Authorization", "Bearer " + server.secretKey())
                .header("Forestall-Min-Position", position)
                .GET());
    }

    private HttpResponse<String> post(String path, String key, String body) {
        HttpRequest.Builder request = server.request(path)
                .header("Authorization", "Bearer " + server.secretKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return server.send(key.isEmpty() ? request : request.header("Idempotency-Key", key));
    }

    private static void assertCode(HttpResponse<String> answer, int status, String code) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).path("code").asText()).isEqualTo(code);
    }
}
