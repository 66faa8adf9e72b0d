package dev.forestall.server;

import dev.forestall.records.effects.EffectRow;
import dev.forestall.server.live.Watcher;
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
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A real server with a database of its own, for all tests of this process: each test has customers of its own. */
public final class TestServer {

    private static final Pattern WRITE_KEY = Pattern.compile("write key  (fw_[0-9A-Za-z]+)");
    private static final Pattern PASSWORD = Pattern.compile("one-time password  (\\S+)");

    private static final Pattern SECRET_KEY = Pattern.compile("(fs_[0-9A-Za-z]{36})");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** By which pages prove whom they ask about. */
    public static final String IDENTITY_SECRET = "a secret of the shop's server";

    private static final String OWN_PASSWORD = "a few words that are easy to remember";

    private final Receiver receiver;
    private final Server server;
    private @Nullable Visitor administrator;
    private String secretKey = "";
    private final String writeKey;
    private final String password;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestServer(Path directory) {
        receiver = Receiver.open();
        Settings settings = SettingsReader.read(
                List.of(
                        "--config",
                        config(directory).toString(),
                        "--pack",
                        "src/test/resources/pack",
                        "--data",
                        directory.resolve("data").toString(),
                        "--port",
                        "0"),
                Map.of());
        server = Server.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        String greeting = server.greeting(0);
        writeKey = found(WRITE_KEY, greeting);
        password = found(PASSWORD, greeting);
    }

    /** Only this file can say that an address of this machine may be called. */
    private Path config(Path directory) {
        try {
            return Files.writeString(
                    directory.resolve("forestall.yaml"),
                    "egress: { allow: [\"127.0.0.1:" + receiver.url().getPort() + "\"] }\n"
                            + "ingest: { cors_origins: [\"http://127.0.0.1:"
                            + receiver.url().getPort() + "\"] }\n"
                            + "server: { trusted_proxies: [127.0.0.1] }\n"
                            // However busy the machine is that runs the tests.
                            + "in_session: { deadline: 9999ms, identity_secret: \"" + IDENTITY_SECRET + "\" }\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
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

    public List<Server.Address> addresses() {
        return server.addresses();
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

    /** The administrator's own password: the one of the first start has to be replaced when it is first used. */
    public synchronized String ownPassword() {
        signedIn();
        return OWN_PASSWORD;
    }

    /** A key for the API, made by the administrator. */
    public synchronized String secretKey() {
        if (secretKey.isEmpty()) {
            String page = signedIn()
                    .submit(
                            "/system",
                            "/system/keys",
                            Map.of("kind", "secret", "name", "of a test", "scopes", "admin"));
            secretKey = found(SECRET_KEY, page);
        }
        return secretKey;
    }

    private Visitor signedIn() {
        if (administrator == null) {
            Visitor visitor = new Visitor(address());
            visitor.submit("/login", "/login", Map.of("username", "admin", "password", password));
            visitor.submit(
                    "/account/password", "/account/password", Map.of("password", OWN_PASSWORD, "again", OWN_PASSWORD));
            administrator = visitor;
        }
        return administrator;
    }

    /** Asks the API, with a key. */
    public HttpResponse<String> api(String path) {
        return send(
                request(path).header("Authorization", "Bearer " + secretKey()).GET());
    }

    /** A customer's application is submitted; answers when what came of it can be looked up. */
    public void submitted(String customer) {
        until(
                () -> sent("{\"userId\":\"" + customer + "\",\"messageId\":\"first of " + customer
                        + "\",\"event\":\"application_submitted\",\"properties\":{\"amount\":12000,\"shop\":7}}"),
                row -> row.subject().key().equals(customer));
    }

    /** An event is sent, and acknowledged. */
    public void sent(String track) {
        HttpResponse<String> answer = post("/v1/track", track);
        if (answer.statusCode() != 200 || !answer.body().contains("\"accepted\":1")) {
            throw new AssertionError(answer.body());
        }
    }

    /** Does something, and waits until it can be looked up that something is said. */
    public void until(Runnable done, Predicate<EffectRow> said) {
        try (Watcher watcher = server.watch()) {
            done.run();
            long end = System.nanoTime() + PATIENCE.toNanos();
            boolean isSaid = false;
            while (!isSaid) {
                isSaid = switch (watcher.next(Duration.ofSeconds(1))) {
                    case Watcher.News.Said news -> news.rows().stream().anyMatch(said);
                    case Watcher.News.Silence silence -> false;
                    case Watcher.News.TooSlow tooSlow -> throw new AssertionError("more happens than was asked for");
                    case Watcher.News.End over -> throw new AssertionError("the server stops");
                };
                if (!isSaid && System.nanoTime() > end) {
                    throw new AssertionError("nothing of the kind was said within " + PATIENCE);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Who gets what is sent. */
    public Receiver receiver() {
        return receiver;
    }

    /** As the administrator, in the console: fills in a form and answers what is shown then. */
    public synchronized String inTheConsole(String page, String action, Map<String, String> fields) {
        return signedIn().submit(page, action, fields);
    }

    /** As the administrator, in the console: looks at a page. */
    public synchronized String page(String path) {
        return signedIn().get(path).body();
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
