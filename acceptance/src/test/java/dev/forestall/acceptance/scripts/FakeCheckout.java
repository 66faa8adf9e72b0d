package dev.forestall.acceptance.scripts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forestall.acceptance.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A directory that looks like a clone to our scripts, with the real scripts in it and stand-ins for the two programs that they start:
 * a Java that says how it was called, and a Maven that does what the test tells it.
 */
final class FakeCheckout {
    private static final List<String> MODULES = List.of(
            "loop",
            "pack",
            "connectors",
            "embedded",
            "learning",
            "onnx",
            "views",
            "run",
            "value",
            "records",
            "dispatch",
            "channels",
            "server",
            "cli");
    private static final Instant LONG_AGO = Instant.parse("2026-01-05T00:00:00Z");

    private final Path directory;
    private final Path root;
    private final Map<String, String> environment = new LinkedHashMap<>();

    /** How a script ended, and what it said. */
    record Ended(int code, String out, String err) {
        String lastLine() {
            return out.lines().reduce("", (before, line) -> line);
        }
    }

    FakeCheckout(Path directory) throws IOException {
        this.directory = directory.toRealPath();
        this.root = Files.createDirectories(this.directory.resolve("clone"));
        for (var script : List.of("forestall", "dev", "scripts/java.sh")) {
            var copy = root.resolve(script);
            Files.createDirectories(copy.getParent());
            Files.copy(Repository.root().resolve(script), copy);
        }
        write("pom.xml", "<module>loop</module>\n<module>cli</module>\n");
        for (var module : MODULES) {
            write(module + "/pom.xml", "<project/>");
            write(module + "/src/main/java/Main.java", "class Main {}");
            write(module + "/src/test/java/MainTest.java", "class MainTest {}");
        }
        age(root);
        Files.createDirectories(root.resolve("bin"));
        environment.put("JAVA_HOME", jdk("jdk", "21.0.2").toString());
        environment.put("PATH", root.resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", directory.toString());
        environment.put("FORESTALL_DATA", directory.resolve("no-data").toString());
    }

    Path root() {
        return root;
    }

    FakeCheckout set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    void write(String name, String text) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " can't be made executable");
        }
    }

    /** A JDK of some version whose {@code java} prints where it was started and each argument on a line. */
    Path jdk(String name, String version) throws IOException {
        var home = directory.resolve(name);
        program(home.resolve("bin/java"), "echo \"in $(pwd)\"\nfor each in \"$@\"; do echo \"[$each]\"; done\n");
        program(home.resolve("bin/javac"), "exit 0\n");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"");
        return home;
    }

    /** What {@code mvn} does from now on, as a shell script that runs in the root. */
    void maven(String script) throws IOException {
        program(root.resolve("bin/mvn"), script);
    }

    /** As after a build that has just ended. */
    void built() throws IOException {
        write("cli/target/forestall-cli.jar", "");
        write("cli/target/built", "");
        write("server/target/forestall-server.jar", "");
        write("server/target/built", "");
    }

    /** Lets all files be older than whatever is written from now on. */
    private void age(Path all) throws IOException {
        try (Stream<Path> files = Files.walk(all)) {
            for (var file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
            }
        }
    }

    /** Lets a file look as if it had been written after the build. */
    void touch(String name) throws IOException {
        Files.setLastModifiedTime(
                root.resolve(name), FileTime.from(Instant.now().plus(Duration.ofMinutes(1))));
    }

    /** Runs a program in a directory, without standard input. */
    Ended run(Path where, String... command) throws IOException, InterruptedException {
        var out = Files.createTempFile(directory, "out", "");
        var err = Files.createTempFile(directory, "err", "");
        var builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Ended(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    /** Runs a line of shell after reading the shared script. */
    Ended shell(String line) throws IOException, InterruptedException {
        return run(root, "bash", "-c", "ROOT=" + root + "; . scripts/java.sh; " + line);
    }
}
