package dev.forestall.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.forestall.channels.webhook.WebhookChannel;
import dev.forestall.testkit.Seeds;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sender with a real database and a real receiver is killed ({@code kill -9}) at every named point, again and again, until it can finish. The
 * receiver has every message once; where it does not know keys, what is in doubt is uncertain and not sent again.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "PostgreSQL is brought along for Linux only")
class SimulationOfKilledSendingTest {

    /** So many come anew in every run, so that every point is come to. */
    private static final int CUSTOMERS = 2;

    /** How often each way in was called with which id, and with what. */
    private static final class Receiver implements AutoCloseable {

        private final HttpServer server;
        private final SortedMap<String, List<String>> bodies = new TreeMap<>();

        Receiver() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                String id = exchange.getRequestURI().getPath().substring(1) + " "
                        + exchange.getRequestHeaders().getFirst("webhook-id");
                synchronized (bodies) {
                    bodies.computeIfAbsent(id, key -> new ArrayList<>()).add(body);
                }
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        List<String> bodies(String channel, String request) {
            synchronized (bodies) {
                return List.copyOf(bodies.getOrDefault(channel + " " + request, List.of()));
            }
        }

        /** How many different messages arrived on a channel. */
        long messages(String channel) {
            synchronized (bodies) {
                return bodies.keySet().stream()
                        .filter(id -> id.startsWith(channel + " "))
                        .count();
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static final String NOWHERE = "-";

    @TempDir
    Path directory;

    @Test
    void whatever_is_killed_each_message_arrives_once_and_each_request_ends_in_one_state(TestInfo test)
            throws Exception {
        Set<Point> hit = EnumSet.noneOf(Point.class);
        int runs = Integer.getInteger("forestall.sim.runs", 1);
        Seeds.each(test, runs, (seed, random) -> {
            try (Receiver receiver = new Receiver()) {
                sendThroughKills(directory.resolve("seed-" + seed), receiver, random, hit);
            }
        });
        assertThat(hit).as("every point was hit").containsExactlyInAnyOrder(Point.values());
    }

    private void sendThroughKills(Path home, Receiver receiver, RandomGenerator random, Set<Point> hit)
            throws Exception {
        String secret = WebhookChannel.newSecret();
        List<Point> points = new ArrayList<>(Arrays.asList(Point.values()));
        Collections.shuffle(points, java.util.Random.from(random));
        int customers = 0;
        for (Point point : points) {
            customers += CUSTOMERS;
            List<String> said = run(home, receiver, secret, customers, point.name());
            if (said.contains(KilledSender.AT + point)) {
                hit.add(point);
            }
        }
        List<String> said = run(home, receiver, secret, customers, NOWHERE);
        assertThat(said).as("the last run finishes").contains(KilledSender.DONE);
        assertThat(said).as("a rebuild gives the same").noneMatch(line -> line.startsWith(KilledSender.DIFFERENT));
        List<String[]> requests = said.stream()
                .filter(line -> line.startsWith(KilledSender.REQUEST))
                .map(line -> line.substring(KilledSender.REQUEST.length()).split(" "))
                .toList();
        assertThat(requests).as("one request per customer and channel").hasSize(2 * customers);
        for (String[] request : requests) {
            String channel = request[0];
            String state = request[1];
            List<String> arrived = receiver.bodies(channel, request[2]);
            assertThat(Set.copyOf(arrived))
                    .as("what arrived again is the same message")
                    .hasSizeLessThanOrEqualTo(1);
            if (channel.equals("email")) {
                assertThat(state).isEqualTo("sent");
                assertThat(arrived).isNotEmpty();
            } else {
                assertThat(state).isIn("sent", "uncertain");
                assertThat(arrived).as("without keys nothing is sent twice").hasSizeLessThanOrEqualTo(1);
                assertThat(state.equals("uncertain") || !arrived.isEmpty())
                        .as("what is said to be sent has arrived")
                        .isTrue();
            }
        }
        assertThat(receiver.messages("email")).isEqualTo(customers);
        assertThat(receiver.messages("voice")).isLessThanOrEqualTo(customers);
    }

    /** That of this test without the server: its jar brings all its libraries along, and what makes tables would be there twice. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .filter(place -> !place.endsWith("forestall-server.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Runs a sender until it says that it is there, and kills it; or until it ends. */
    private static List<String> run(Path home, Receiver receiver, String secret, int customers, String point)
            throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath(),
                        KilledSender.class.getName(),
                        home.toString(),
                        Path.of("target", "postgresql").toAbsolutePath().toString(),
                        Integer.toString(receiver.port()),
                        secret,
                        Integer.toString(customers),
                        point)
                .redirectErrorStream(true)
                .start();
        List<String> said = new ArrayList<>();
        boolean isKilled = false;
        try (var lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null) {
                said.add(line);
                isKilled = line.startsWith(KilledSender.AT);
                line = isKilled ? null : lines.readLine();
            }
            if (isKilled) {
                process.destroyForcibly();
            }
            process.waitFor();
        }
        assertThat(isKilled || said.contains(KilledSender.DONE))
                .as("the sender said:%n%s", String.join("\n", said))
                .isTrue();
        return said;
    }
}
