package dev.forestall.benchmarks.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code ./forestall serve} in a process of its own, with a key for each use. */
public final class LiveServer implements AutoCloseable {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String PASSWORD = "a few words that are easy to remember";

    private final Process process;
    private final URI address;
    private final String writeKey;
    private final String secretKey;
    private final double readySeconds;
    private final HttpClient http;

    private LiveServer(
            Process process, URI address, String writeKey, String secretKey, double readySeconds, HttpClient http) {
        this.process = process;
        this.address = address;
        this.writeKey = writeKey;
        this.secretKey = secretKey;
        this.readySeconds = readySeconds;
        this.http = http;
    }

    /**
     * Starts one from nothing, as somebody does who has just built it.
     *
     * @param pack a folder
     * @param directory for its data and settings; must be there
     */
    public static LiveServer start(Path pack, Path directory) throws IOException {
        Path config = Files.writeString(directory.resolve("forestall.yaml"), "in_session: { deadline: 1000ms }\n");
        long began = System.nanoTime();
        Process process = new ProcessBuilder(
                        "./forestall",
                        "serve",
                        "--config",
                        config.toString(),
                        "--pack",
                        pack.toString(),
                        "--data",
                        directory.resolve("data").toString(),
                        "--port",
                        "0")
                .redirectError(directory.resolve("errors.txt").toFile())
                .start();
        StringBuilder greeting = new StringBuilder();
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        double ready = 0;
        while (line != null && !line.contains("curl")) {
            if (line.contains("is ready")) {
                ready = (System.nanoTime() - began) / 1e9;
            }
            greeting.append(line).append('\n');
            line = lines.readLine();
        }
        Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
        URI address = URI.create(found("console  (\\S+)", greeting.toString()));
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        LiveServer server =
                new LiveServer(process, address, found("write key  (\\S+)", greeting.toString()), "", ready, http);
        String once = found("one-time password  (\\S+)", greeting.toString());
        server.submit("/login", "/login", Map.of("username", "admin", "password", once));
        server.submit("/account/password", "/account/password", Map.of("password", PASSWORD, "again", PASSWORD));
        String made = server.submit(
                "/system", "/system/keys", Map.of("kind", "secret", "name", "benchmark", "scopes", "admin"));
        server.submit("/actions", "/actions/dry-run", Map.of("on", "false"));
        return new LiveServer(process, address, server.writeKey, found("(fs_[0-9A-Za-z]{36})", made), ready, http);
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("'" + pattern + "' is not in: " + text);
        }
        return matcher.group(1);
    }

    private String submit(String page, String action, Map<String, String> fields) throws IOException {
        String csrf = found(
                CSRF.pattern(),
                send(HttpRequest.newBuilder(address.resolve(page)).GET()));
        StringBuilder form = new StringBuilder("_csrf=" + URLEncoder.encode(csrf, StandardCharsets.UTF_8));
        fields.forEach((name, value) ->
                form.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return send(HttpRequest.newBuilder(address.resolve(action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.toString())));
    }

    private String send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /** From starting the process until it said that it is ready, the database included. */
    public double readySeconds() {
        return readySeconds;
    }

    /** Sends events, a line each. */
    public HttpRequest events(String lines) {
        return HttpRequest.newBuilder(address.resolve("/v1/events"))
                .header("Authorization", "Bearer " + writeKey)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(lines))
                .build();
    }

    /** Sends a batch of Segment's. */
    public HttpRequest batch(String body) {
        return HttpRequest.newBuilder(address.resolve("/v1/batch"))
                .header("Authorization", "Bearer " + writeKey)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** Asks what to show to a customer. */
    public HttpRequest question(String customer) {
        return HttpRequest.newBuilder(address.resolve("/ofrep/v1/evaluate/flags/offer_help"))
                .header("Authorization", "Bearer " + secretKey)
                .POST(HttpRequest.BodyPublishers.ofString("{\"context\":{\"targetingKey\":\"" + customer + "\"}}"))
                .build();
    }

    /** What is said from now on. */
    public HttpRequest stream() {
        return HttpRequest.newBuilder(address.resolve("/api/v1/stream?topics=signal"))
                .header("Authorization", "Bearer " + secretKey)
                .timeout(Duration.ofMinutes(10))
                .GET()
                .build();
    }

    /** The statistics that the API gives out. */
    public HttpResponse<String> metrics() throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(address.resolve("/metrics"))
                            .header("Authorization", "Bearer " + secretKey)
                            .GET()
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /** What the Java machine has used of processors, in seconds. */
    public double cpuSeconds() {
        return cpuSeconds(process.toHandle());
    }

    /** What all other processes of the server have used: its database. */
    public double databaseCpuSeconds() {
        return process.descendants().mapToDouble(LiveServer::cpuSeconds).sum();
    }

    private static double cpuSeconds(ProcessHandle handle) {
        return handle.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
    }

    /** The Java machine's memory that is in use, in bytes. */
    public long residentBytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
