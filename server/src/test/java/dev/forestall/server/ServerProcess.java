package dev.forestall.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, as it is for those who use it: it can be killed. */
public final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final String said;

    private ServerProcess(Process process, String said) {
        this.process = process;
        this.said = said;
    }

    /** Starts one, and waits until it says that it is ready. */
    public static ServerProcess start(Path data) throws IOException {
        return start(data, Map.of());
    }

    /** As {@link #start(Path)}, with variables in its environment. */
    public static ServerProcess start(Path data, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.forestall.server.Main",
                        "--pack",
                        "src/test/resources/pack",
                        "--data",
                        data.toString(),
                        "--port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            // What it says is one text: all of it is there when its first line is, and at a first start the last is the
            // example.
            if (line.contains("curl ") || line.contains("ready in") && !out.ready()) {
                return new ServerProcess(process, said.toString());
            }
        }
        throw new AssertionError("the server did not start: " + said);
    }

    String said() {
        return said;
    }

    String found(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(said);
        if (!matcher.find()) {
            throw new AssertionError("'" + pattern + "' is not in: " + said);
        }
        return matcher.group(1);
    }

    public URI address() {
        return URI.create(found("console  (\\S+)"));
    }

    /** A key for the API, made by the administrator, who signs in for the first time. */
    public String secretKey() {
        String own = "a few words that are easy to remember";
        Visitor visitor = new Visitor(address());
        visitor.submit("/login", "/login", Map.of("username", "admin", "password", found("one-time password  (\\S+)")));
        visitor.submit("/account/password", "/account/password", Map.of("password", own, "again", own));
        String page = visitor.submit(
                "/system", "/system/keys", Map.of("kind", "secret", "name", "of a test", "scopes", "admin"));
        Matcher key = Pattern.compile("(fs_[0-9A-Za-z]{36})").matcher(page);
        if (!key.find()) {
            throw new AssertionError("no key is shown: " + page);
        }
        return key.group(1);
    }

    /** As the power does. */
    public void kill() {
        process.destroyForcibly();
    }

    /** As an operator does. */
    public void stop() throws InterruptedException {
        process.destroy();
        int code = process.waitFor();
        if (code != 0) {
            throw new AssertionError("told to stop, the server ended with " + code);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
