package dev.forestall.server;

import dev.forestall.server.settings.Settings;
import dev.forestall.server.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real server with a database of its own, for all tests of this process: each test has customers of its own. */
public final class TestServer {

    private static final Pattern WRITE_KEY = Pattern.compile("write key  (fw_[0-9A-Za-z]+)");
    private static final Pattern PASSWORD = Pattern.compile("one-time password  (\\S+)");

    private final Server server;
    private final String writeKey;
    private final String password;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestServer(Path directory) {
        Settings settings = SettingsReader.read(
                List.of("--pack", "../packs/lending", "--data", directory.toString(), "--port", "0"), Map.of());
        server = Server.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        String greeting = server.greeting(0);
        writeKey = found(WRITE_KEY, greeting);
        password = found(PASSWORD, greeting);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("'" + pattern + "' is not in: " + text);
        }
        return matcher.group(1);
    }

    /** Started when somebody first asks. */
    private static final class Holder {
        private static final TestServer ONLY = started();

        private static TestServer started() {
            try {
                return new TestServer(Files.createTempDirectory("forestall-server"));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    public static TestServer running() {
        return Holder.ONLY;
    }

    public String writeKey() {
        return writeKey;
    }

    /** The administrator's, of the first start. */
    public String password() {
        return password;
    }

    public URI address() {
        return server.address();
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address().resolve(path));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Sends a call with a write key. */
    public HttpResponse<String> post(String path, String body) {
        return send(
                request(path).header("Authorization", basic(writeKey)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":").getBytes(StandardCharsets.UTF_8));
    }
}
