package dev.forestall.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A changed pack takes over where another one is in force, while the server runs, and stays so when it is started again. */
class DeployTest {

    private static final Path PACK = Path.of("src/test/resources/pack");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private String key = "";
    private String writeKey = "";

    @Test
    @Timeout(180)
    void a_pack_is_deployed_and_rolled_back_by_the_command_line_and_survives_a_restart() throws Exception {
        Path changed = pack("changed", "  offer_sent: {}\n", "  offer_sent: {}\n  chat_started: {}\n");
        Path broken = pack("broken", "times: 3", "tmies: 3");
        Path data = directory.resolve("data");
        String url;
        try (ServerProcess server = ServerProcess.start(data)) {
            url = server.address().toString();
            writeKey = server.found("write key  (fw_[0-9A-Za-z]+)");
            key = server.secretKey();
            assertThat(sent(server, "chat started", "1")).contains("\"rejected\":1");

            CommandLine.Ran wrong = deploy(url, broken, "--because", "a mistake");
            assertThat(wrong.code()).as(wrong.err()).isEqualTo(2);
            assertThat(wrong.err()).contains("pack.yaml:", "PCK-010", "times");

            CommandLine.Ran deployed = deploy(url, changed, "--because", "chats count");
            assertThat(deployed.code()).as(deployed.err()).isZero();
            assertThat(deployed.out()).contains("Against definition", "is in force from position");
            assertThat(sent(server, "chat started", "2")).contains("\"accepted\":1");

            JsonNode newest = definitions(server);
            assertThat(newest.get(0).path("state").asText()).isEqualTo("live");
            assertThat(newest.get(0).path("because").asText()).isEqualTo("chats count");
            assertThat(newest.get(0).path("deployed_by").asText()).startsWith("key:");
            assertThat(newest.get(0).path("replaced")).isEqualTo(newest.get(1).path("definition"));
            assertThat(newest.get(1).path("state").asText()).isEqualTo("superseded");
            assertThat(newest.get(1).path("because").asText()).isEqualTo("the first start");
            HttpResponse<String> late = rollBack(
                    server,
                    "{\"because\":\"no\",\"replaces\":\""
                            + newest.get(1).path("definition").asText() + "\"}");
            assertThat(late.statusCode()).isEqualTo(412);
            assertThat(late.body()).contains("API-007");
            server.kill();
        }
        try (ServerProcess again = ServerProcess.start(data)) {
            url = again.address().toString();
            assertThat(definitions(again)).hasSize(2);
            assertThat(definitions(again).get(0).path("state").asText()).isEqualTo("live");
            assertThat(sent(again, "chat started", "3")).contains("\"accepted\":1");

            CommandLine.Ran back =
                    CommandLine.run(key, "deploy", "--rollback", "--because", "too many chats", "--url", url, "--json");
            assertThat(back.code()).as(back.err()).isZero();
            assertThat(JSON.readTree(back.out()).path("state").asText()).isEqualTo("live");
            assertThat(definitions(again).get(1).path("state").asText()).isEqualTo("rolled_back");
            assertThat(sent(again, "chat started", "4")).contains("\"rejected\":1");

            HttpResponse<String> nothing = rollBack(again, "{\"because\":\"more\"}");
            assertThat(nothing.statusCode()).isEqualTo(409);
            assertThat(nothing.body()).contains("API-006");
            assertThat(rollBack(again, "{\"becuase\":\"more\"}").statusCode()).isEqualTo(422);
        }
        assertThat(CommandLine.run(key, "deploy", "--rollback", "--because", "more", "--url", url)
                        .code())
                .isEqualTo(69);
    }

    private CommandLine.Ran deploy(String url, Path pack, String... options) {
        String[] all = new String[options.length + 4];
        System.arraycopy(new String[] {"deploy", pack.toString(), "--url", url}, 0, all, 0, 4);
        System.arraycopy(options, 0, all, 4, options.length);
        return CommandLine.run(key, all);
    }

    private HttpResponse<String> rollBack(ServerProcess server, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(server.address().resolve("/api/v1/definitions/rollback"))
                        .header("Authorization", "Bearer " + key)
                        .header("Idempotency-Key", "\"" + body.hashCode() + "\"")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Path pack(String name, String from, String to) throws IOException {
        Path pack = Files.createDirectories(directory.resolve(name));
        String text = Files.readString(PACK.resolve("pack.yaml"));
        assertThat(text).contains(from);
        Files.writeString(pack.resolve("pack.yaml"), text.replace(from, to));
        return pack;
    }

    private JsonNode definitions(ServerProcess server) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(server.address().resolve("/api/v1/definitions"))
                        .header("Authorization", "Bearer " + key)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("data");
    }

    private String sent(ServerProcess server, String event, String id) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(server.address().resolve("/v1/track"))
                                .header("Authorization", TestServer.basic(writeKey))
                                .POST(HttpRequest.BodyPublishers.ofString("{\"userId\":\"ann\",\"messageId\":\"" + id
                                        + "\",\"event\":\"" + event + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
