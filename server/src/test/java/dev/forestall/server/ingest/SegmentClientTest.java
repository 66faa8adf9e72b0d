package dev.forestall.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.forestall.server.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Segment's own library for Node, unmodified, in a process of its own. */
class SegmentClientTest {

    private static final String LIBRARY = "@segment/analytics-node@3.1.0";
    private static final Path HOME = Path.of("target/segment").toAbsolutePath();

    private final TestServer server = TestServer.running();

    @Test
    void what_segments_library_sends_is_taken_as_it_is_and_seen_on_the_customers_page() throws Exception {
        assumeTrue(isOnPath("node") && isOnPath("npm"), "there is no Node on this machine");
        install();
        server.until(
                () -> run(List.of("node", "client.mjs", server.address().toString(), server.writeKey(), "nora")),
                row -> row.subject().key().equals("nora"));
        String page = server.page("/customers/nora");
        assertThat(page).contains("application_submitted").contains("offer_sent");
        assertThat(server.page("/rejected")).contains("EVT-001");
    }

    private static void install() throws IOException {
        Files.createDirectories(HOME);
        Files.copy(
                Path.of("src/test/resources/segment/client.mjs"),
                HOME.resolve("client.mjs"),
                StandardCopyOption.REPLACE_EXISTING);
        if (!Files.isDirectory(HOME.resolve("node_modules/@segment/analytics-node"))) {
            run(List.of("npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", HOME.toString(), LIBRARY));
        }
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
