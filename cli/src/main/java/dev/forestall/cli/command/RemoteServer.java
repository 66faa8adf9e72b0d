package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.CliError;
import dev.forestall.cli.Exit;
import dev.forestall.cli.Refused;
import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A server that runs, asked over its API. */
final class RemoteServer {

    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    /** Longer than the server lets anybody wait. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(60);

    private static final JsonReader READER = new JsonReader(64, 64 << 20);

    private final URI url;
    private final String key;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TO_CONNECT).build();

    RemoteServer(URI url, String key) {
        this.url = url;
        this.key = key;
    }

    /** @param status of HTTP @param text as the server wrote it */
    record Answer(int status, Json.Entries json, String text) {}

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String type, byte[] body) {
        return send(request(path)
                .header("Content-Type", type)
                // What is sent again because an answer was lost is to be done once.
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** @param fields those that are empty are left out */
    Answer post(String path, Map<String, String> fields) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(body)) {
            json.writeStartObject();
            for (Map.Entry<String, String> each : fields.entrySet()) {
                if (!each.getValue().isEmpty()) {
                    json.writeStringField(each.getKey(), each.getValue());
                }
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory could not be written", impossible);
        }
        return post(path, "application/json", body.toByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path)).timeout(TO_ANSWER).header("Authorization", "Bearer " + key);
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw CliError.NOT_REACHABLE.because(
                    Exit.NOT_REACHABLE,
                    url + " does not answer: " + failed + ". Is it the server's address, and does the server run?");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CliError.NOT_REACHABLE.because(Exit.NOT_REACHABLE, "interrupted while " + url + " was asked");
        }
        Json.Entries json = READER.read(answer.body()) instanceof JsonReader.Reading.Read read
                        && read.json() instanceof Json.Entries entries
                ? entries
                : Json.Entries.NONE;
        if (answer.statusCode() >= 300) {
            throw declined(answer.statusCode(), json);
        }
        return new Answer(answer.statusCode(), json, json.slice().text());
    }

    private Refused declined(int status, Json.Entries problem) {
        Exit exit = switch (status) {
            case 401, 403 -> Exit.NOT_ALLOWED;
            case 404 -> Exit.NOT_FOUND;
            case 409, 412 -> Exit.PROBLEMS;
            case 429, 502, 503, 504 -> Exit.TRY_AGAIN;
            default -> Exit.USAGE;
        };
        String said = problem.scalar("code").map(code -> code + " ").orElse("")
                + problem.scalar("detail").orElse("status " + status);
        return CliError.DECLINED.because(exit, "the server did not do it: " + said);
    }
}
