package dev.forestall.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed while clients send loses nothing that it acknowledged, and does nothing twice. */
class KillTest {

    private static final int SENDERS = 4;
    private static final int BEFORE_THE_KILL = 40;
    private static final Pattern CUSTOMER = Pattern.compile("\"kind\":\"transition\".*?\"subject\":\"(k-[0-9]+)\"");

    @TempDir
    Path data;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
    private final AtomicInteger next = new AtomicInteger();

    @Test
    @Timeout(240)
    void what_was_acknowledged_is_there_once_after_a_kill() throws Exception {
        String writeKey;
        String secretKey;
        try (ServerProcess first = ServerProcess.start(data)) {
            writeKey = first.found("write key  (fw_[0-9A-Za-z]+)");
            secretKey = secretKey(first);
            CountDownLatch enough = new CountDownLatch(BEFORE_THE_KILL);
            try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < SENDERS; i++) {
                    senders.execute(() -> sendUntilKilled(first.address(), writeKey, enough));
                }
                enough.await();
                first.kill();
            }
        }
        try (ServerProcess second = ServerProcess.start(data)) {
            assertThat(second.said()).doesNotContain("one-time password");
            Map<String, Integer> seen = seen(second.address(), secretKey);
            assertThat(seen.keySet()).containsAll(acknowledged);
            assertThat(seen.values()).containsOnly(1);
            // To send again what was acknowledged does no harm.
            String again = acknowledged.iterator().next();
            assertThat(send(second.address(), writeKey, again).body()).contains("\"duplicates\":1");
            second.stop();
        }
    }

    private void sendUntilKilled(URI address, String writeKey, CountDownLatch enough) {
        try {
            while (true) {
                String customer = "k-" + next.incrementAndGet();
                if (send(address, writeKey, customer).statusCode() == 200) {
                    acknowledged.add(customer);
                    enough.countDown();
                }
            }
        } catch (IOException killed) {
            // Nobody answers any more: what was under way may be there or not.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<String> send(URI address, String writeKey, String customer)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address.resolve("/v1/track"))
                        .header("Authorization", TestServer.basic(writeKey))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"userId\":\"" + customer + "\",\"messageId\":\""
                                + customer + "\",\"event\":\"application_submitted\",\"properties\":{\"amount\":100}}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String secretKey(ServerProcess server) {
        Visitor visitor = new Visitor(server.address());
        String own = "a few words that are easy to remember";
        visitor.submit(
                "/login", "/login", Map.of("username", "admin", "password", server.found("one-time password  (\\S+)")));
        visitor.submit("/account/password", "/account/password", Map.of("password", own, "again", own));
        Matcher key = Pattern.compile("(fs_[0-9A-Za-z]{36})")
                .matcher(visitor.submit("/system", "/system/keys", Map.of("kind", "secret", "scopes", "admin")));
        assertThat(key.find()).isTrue();
        return key.group(1);
    }

    /** How often each customer was said to have begun, from the beginning on until all who were acknowledged were named. */
    private Map<String, Integer> seen(URI address, String secretKey) throws IOException, InterruptedException {
        Map<String, Integer> seen = new TreeMap<>();
        HttpResponse<java.io.InputStream> stream = http.send(
                HttpRequest.newBuilder(address.resolve("/api/v1/stream?topics=transition"))
                        .header("Authorization", "Bearer " + secretKey)
                        .header("Last-Event-ID", "0.0.")
                        .GET()
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            while (!seen.keySet().containsAll(acknowledged)) {
                String line = lines.readLine();
                assertThat(line).as("the stream ended early").isNotNull();
                Matcher customer = CUSTOMER.matcher(line);
                if (customer.find()) {
                    seen.merge(customer.group(1), 1, Integer::sum);
                }
            }
        }
        return seen;
    }
}
