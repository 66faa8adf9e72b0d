package dev.forestall.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.server.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentServletTest {

    private final TestServer server = TestServer.running();

    private static String submitted(String id) {
        return "{\"userId\":\"ada\",\"messageId\":\"" + id
                + "\",\"event\":\"Application Submitted\",\"properties\":{\"amount\":12000}}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/track", "/v1/track/", "/v1/t"})
    void an_event_is_acknowledged_and_one_that_comes_again_is_known(String path) {
        HttpResponse<String> first = server.post(path, submitted("once " + path));
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{\"success\":true,\"accepted\":1,\"rejected\":0,\"duplicates\":0}");
        assertThat(server.post(path, submitted("once " + path)).body())
                .isEqualTo("{\"success\":true,\"accepted\":0,\"rejected\":0,\"duplicates\":1}");
    }

    @Test
    void a_batch_with_a_bad_item_is_acknowledged_as_a_whole() {
        String batch = "{\"batch\":[" + submitted("b-1").replace("{\"userId\"", "{\"type\":\"track\",\"userId\"")
                + ",{\"type\":\"track\",\"userId\":\"ada\"}]}";
        assertThat(server.post("/v1/batch", batch).body())
                .isEqualTo("{\"success\":true,\"accepted\":1,\"rejected\":1,\"duplicates\":0}");
    }

    @Test
    void a_key_in_the_body_does_where_there_is_no_header() {
        String body = "{\"writeKey\":\"" + server.writeKey() + "\","
                + submitted("in the body").substring(1);
        HttpResponse<String> answer = server.send(server.request("/v1/track").POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void without_a_key_that_holds_nothing_is_taken() {
        HttpResponse<String> none =
                server.send(server.request("/v1/track").POST(BodyPublishers.ofString(submitted("no key"))));
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.body()).startsWith("{\"success\":false,\"code\":\"API-002\"");
        String mistyped = server.writeKey().substring(0, 38) + "!";
        assertThat(server.send(server.request("/v1/track")
                                .header("Authorization", TestServer.basic(mistyped))
                                .POST(BodyPublishers.ofString(submitted("bad key"))))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_packed_body_is_unpacked_and_its_limit_counts_unpacked_bytes() throws IOException {
        assertThat(packed(submitted("packed")).statusCode()).isEqualTo(200);
        HttpResponse<String> bomb = packed(" ".repeat(5 << 20));
        assertThat(bomb.statusCode()).isEqualTo(413);
        assertThat(bomb.body()).contains("API-012");
    }

    private HttpResponse<String> packed(String body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return server.send(server.request("/v1/track")
                .header("Authorization", TestServer.basic(server.writeKey()))
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bytes.toByteArray())));
    }

    @Test
    void what_cannot_be_read_is_refused_with_the_reason() {
        HttpResponse<String> answer = server.post("/v1/batch", "{\"batch\":");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .startsWith("{\"success\":false,\"code\":\"API-001\",\"detail\":\"the body cannot be read");
        assertThat(server.post("/v1/nonsense", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void a_library_for_browsers_finds_its_settings_and_strangers_pages_get_no_leave_to_send() {
        HttpResponse<String> settings = server.send(server.request("/v1/projects/" + server.writeKey() + "/settings")
                .GET());
        assertThat(settings.body()).contains("\"Segment.io\":{\"apiKey\":\"" + server.writeKey() + "\"");
        HttpResponse<String> preflight = server.send(server.request("/v1/track")
                .header("Origin", "https://stranger.example")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }
}
