package dev.forestall.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forestall.server.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestServer server = TestServer.running();

    private JsonNode json(String path) throws IOException {
        HttpResponse<String> answer = server.api(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @Test
    void a_customer_can_be_asked_for_as_soon_as_something_came_of_their_event() throws IOException {
        server.submitted("cleo");
        JsonNode customer = json("/api/v1/customers/cleo");
        assertThat(customer.path("subject").asText()).isEqualTo("cleo");
        assertThat(customer.path("events").asInt()).isEqualTo(1);
        assertThat(json("/api/v1/customers?limit=500").path("data").findValuesAsText("customer"))
                .contains("cleo");
    }

    @Test
    void what_was_said_of_a_customer_leads_back_to_what_the_request_said() throws IOException {
        server.submitted("dora");
        JsonNode timeline = json("/api/v1/customers/dora/timeline");
        assertThat(timeline.path("data")).isNotEmpty();
        JsonNode trace =
                json("/api/v1/traces/" + timeline.path("data").get(0).path("id").asText());
        assertThat(trace.toString()).contains("application_submitted");
    }

    @Test
    void a_list_goes_on_where_its_cursor_says() throws IOException {
        server.submitted("emma");
        server.submitted("fred");
        JsonNode first = json("/api/v1/customers?limit=1");
        JsonNode second = json("/api/v1/customers?limit=1&cursor="
                + java.net.URLEncoder.encode(first.path("next").asText(), StandardCharsets.UTF_8));
        assertThat(first.path("data").get(0)).isNotEqualTo(second.path("data").get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/customers/never-heard-of, 404, API-005",
        "/api/v1/traces/0000000000000000, 404, API-005",
        "/api/v1/nonsense, 404, API-005",
        "/api/v1/customers?limit=0, 400, API-016",
        "/api/v1/customers?cursor=nonsense, 400, API-011",
        "/api/v1/customers/ann?as_of=yesterday, 400, API-016",
    })
    void what_is_not_there_or_makes_no_sense_is_a_problem_with_a_code(String path, int status, String code)
            throws IOException {
        HttpResponse<String> answer = server.api(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(JSON.readTree(answer.body()).path("code").asText()).isEqualTo(code);
    }

    @Test
    void without_a_secret_key_nothing_is_told_and_a_write_key_is_none() throws IOException {
        HttpResponse<String> none =
                server.send(server.request("/api/v1/customers").GET());
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(none.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(JSON.readTree(none.body()).path("code").asText()).isEqualTo("API-002");
        assertThat(server.send(server.request("/api/v1/customers")
                                .header("Authorization", "Bearer " + server.writeKey())
                                .GET())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    @Timeout(60)
    void the_stream_tells_what_happens_and_goes_on_where_it_broke_off() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<String> first;
            try (Stream stream = open(http, "")) {
                server.submitted("gina");
                first = stream.untilEventOf("gina");
            }
            server.submitted("hugo");
            String last = first.stream()
                    .filter(line -> line.startsWith("id: "))
                    .reduce((one, other) -> other)
                    .orElseThrow()
                    .substring(4);
            try (Stream stream = open(http, last)) {
                assertThat(stream.untilEventOf("hugo")).noneMatch(line -> line.contains("\"subject\":\"gina\""));
            }
        }
    }

    private Stream open(HttpClient http, String last) throws IOException, InterruptedException {
        var request = server.request("/api/v1/stream").header("Authorization", "Bearer " + server.secretKey());
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        var answer = http.send(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new Stream(new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    private record Stream(BufferedReader lines) implements AutoCloseable {

        /** All lines up to the first event about a customer. */
        List<String> untilEventOf(String customer) throws IOException {
            List<String> read = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read.add(line);
                if (line.startsWith("data: ") && line.contains("\"subject\":\"" + customer + "\"")) {
                    return read;
                }
            }
            throw new AssertionError("the stream ended without a word about " + customer + ": " + read);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    @Test
    void probes_tell_whether_events_are_taken() throws IOException {
        HttpResponse<String> ready = server.send(server.request("/health/ready").GET());
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(ready.body()).path("problems")).isEmpty();
        assertThat(server.send(server.request("/health/live").GET()).statusCode())
                .isEqualTo(200);
    }
}
