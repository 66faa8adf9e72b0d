package dev.forestall.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forestall.server.TestServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Events line by line. */
class LinesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestServer server = TestServer.running();

    private static String line(String id) {
        return "{\"event\":\"application_submitted\",\"id\":\"" + id
                + "\",\"userId\":\"lina\",\"properties\":{\"amount\":12000,\"shop\":7}}";
    }

    private HttpResponse<String> send(String body, String... headers) {
        var request = server.request("/v1/events").header("Authorization", "Bearer " + server.writeKey());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return server.send(request.POST(BodyPublishers.ofString(body)));
    }

    private static List<JsonNode> answers(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body().lines().map(LinesTest::read).toList();
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException noJson) {
            throw new AssertionError(line, noJson);
        }
    }

    @Test
    void each_line_is_answered_and_what_came_before_is_known() {
        List<JsonNode> answers = answers(send(String.join(
                "\n",
                line("l-1"),
                "",
                line("l-1"),
                "{\"event\":\"application_submitted\",\"userId\":\"lina\",\"id\":\"l-2\",\"amount\":\"much\"}",
                "no json",
                "{\"type\":\"identify\",\"userId\":\"lina\"}")));
        assertThat(answers.stream()
                        .map(each ->
                                each.path("line").asText() + each.path("status").asText()))
                .containsExactly("1accepted", "3duplicate", "4rejected", "5rejected", "6accepted", "");
        assertThat(answers.get(0).path("position").asText()).isNotEmpty();
        assertThat(answers.get(2).path("code").asText()).isEqualTo("EVT-006");
        assertThat(answers.get(2).path("field").asText()).isEqualTo("amount");
        assertThat(answers.get(3).path("code").asText()).isEqualTo("EVT-007");
        assertThat(answers.getLast().path("summary").toString())
                .isEqualTo("{\"accepted\":2,\"rejected\":2,\"duplicates\":1,\"complete\":true}");
    }

    @Test
    void who_wants_little_gets_what_is_wrong_and_the_sum() {
        String body = IntStream.range(0, 2_000).mapToObj(i -> line("many " + i)).collect(Collectors.joining("\n"));
        List<JsonNode> answers = answers(send(body + "\nwrong\n", "Prefer", "return=minimal"));
        assertThat(answers).hasSize(2);
        assertThat(answers.getFirst().path("line").asInt()).isEqualTo(2_001);
        assertThat(answers.getLast().path("summary").path("accepted").asInt()).isEqualTo(2_000);
    }

    @Test
    void a_line_that_is_too_long_is_rejected_alone() {
        String longLine = "{\"event\":\"application_submitted\",\"note\":\"" + "x".repeat(300 << 10) + "\"}";
        List<JsonNode> answers = answers(send(longLine + "\n" + line("behind the long one")));
        assertThat(answers.get(0).path("code").asText()).isEqualTo("EVT-008");
        assertThat(answers.get(1).path("status").asText()).isEqualTo("accepted");
    }

    @Test
    void a_packed_body_is_unpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(line("packed line").getBytes(StandardCharsets.UTF_8));
        }
        var request = server.request("/v1/events")
                .header("Authorization", TestServer.basic(server.writeKey()))
                .header("Content-Encoding", "gzip");
        List<JsonNode> answers = answers(server.send(request.POST(BodyPublishers.ofByteArray(packed.toByteArray()))));
        assertThat(answers.getFirst().path("status").asText()).isEqualTo("accepted");
    }

    @Test
    void a_line_is_answered_before_the_next_is_sent() throws IOException {
        try (Socket socket =
                new Socket(server.address().getHost(), server.address().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/events HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + server.writeKey()
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int i = 0; i < 3; i++) {
                chunk(out, line("one by one " + i) + "\n");
                assertThat(answer(in)).contains("\"line\":" + (i + 1) + ",\"status\":\"accepted\"");
            }
            String half = line("one by one, in halves");
            chunk(out, line("one by one, whole") + "\n" + half.substring(0, 20));
            assertThat(answer(in)).contains("\"line\":4,\"status\":\"accepted\"");
            chunk(out, half.substring(20) + "\n");
            assertThat(answer(in)).contains("\"line\":5,\"status\":\"accepted\"");
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(answer(in)).contains("\"complete\":true");
        }
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** The next line that is JSON: between them stand headers and lengths. */
    private static String answer(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.startsWith("{")) {
            line = in.readLine();
        }
        return String.valueOf(line);
    }

    @Test
    void a_mapping_is_not_passed_over_without_a_word() {
        assertThat(server.send(server.request("/v1/events?mapping=bank")
                                .header("Authorization", "Bearer " + server.writeKey())
                                .POST(BodyPublishers.ofString(line("mapped"))))
                        .body())
                .contains("API-016")
                .contains("mapping");
    }

    @Test
    void without_a_write_key_nothing_is_taken() {
        assertThat(server.send(server.request("/v1/events").POST(BodyPublishers.ofString(line("no key"))))
                        .statusCode())
                .isEqualTo(401);
    }
}
