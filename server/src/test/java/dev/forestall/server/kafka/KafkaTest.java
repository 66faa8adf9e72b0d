package dev.forestall.server.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.server.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that reads topics of a real broker, and is killed while it does. */
class KafkaTest {

    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private String key = "";
    private URI address = URI.create("http://127.0.0.1");

    private static String submitted(String customer) {
        return "{\"event\":\"application_submitted\",\"userId\":\"" + customer
                + "\",\"properties\":{\"amount\":12000,\"shop\":7}}";
    }

    private static String inserted(String op, String customer) {
        return "{\"schema\":{},\"payload\":{\"op\":\"" + op + "\",\"before\":null,\"after\":{\"customer\":\"" + customer
                + "\",\"amount\":5000,\"note\":\"__debezium_unavailable_value\"},\"source\":{\"table\":\"applications\",\"ts_ms\":"
                + System.currentTimeMillis() + "}}}";
    }

    private Map<String, String> settings(Broker broker) {
        return Map.of(
                "FORESTALL_KAFKA_SERVERS",
                broker.address(),
                "FORESTALL_KAFKA_TOPICS",
                "orders=app:json,events=app:cloudevents,rows=rows:debezium");
    }

    private ServerProcess start(Path data, Broker broker) throws IOException {
        ServerProcess server = ServerProcess.start(data, settings(broker));
        address = server.address();
        return server;
    }

    @Test
    @Timeout(300)
    void each_record_is_taken_once_whatever_is_killed_and_what_is_no_event_is_rejected() throws Exception {
        Path data = directory.resolve("data");
        try (Broker broker = Broker.start(Files.createDirectory(directory.resolve("broker")))) {
            broker.create("orders", 3);
            broker.create("events", 1);
            for (int i = 0; i < 30; i++) {
                broker.send("orders", i % 3, submitted("q-" + i), Map.of());
            }
            broker.send("orders", "no JSON at all");
            broker.send("orders", "{\"event\":\"nobody_declared_it\",\"userId\":\"q-1\"}");
            broker.send(
                    "events",
                    0,
                    "{\"amount\":7000,\"shop\":1}",
                    Map.of(
                            "ce_specversion", "1.0",
                            "ce_type", "application_submitted",
                            "ce_source", "/shop",
                            "ce_id", "e-1",
                            "ce_subject", "q-ce",
                            "content-type", "application/json"));
            try (ServerProcess first = start(data, broker)) {
                key = first.secretKey();
                until(() -> get("/health/ready").body().contains("topic rows is not read: there is no such topic"));
                broker.create("rows", 1);
                broker.send("rows", inserted("c", "q-row"));
                broker.send("rows", inserted("r", "q-snapshot"));
                broker.send("rows", inserted("c", "q-other").replace("applications", "stock"));
                until(() -> events() == 32 && customer("q-row").statusCode() == 200);
                assertThat(customer("q-7").statusCode()).isEqualTo(200);
                assertThat(customer("q-ce").statusCode()).isEqualTo(200);
                assertThat(customer("q-row").statusCode()).isEqualTo(200);
                assertThat(customer("q-snapshot").statusCode()).isEqualTo(404);
                until(() ->
                        get("/api/v1/rejected").body().contains("\"source\":\"app\",\"code\":\"EVT-001\",\"seen\":1"));
                assertThat(get("/metrics").body())
                        .contains("forestall_kafka_lag{topic=\"orders\"} 0.0")
                        .contains("forestall_kafka_skipped{topic=\"rows\"} 2.0");
                first.kill();
            }
            for (int i = 30; i < 60; i++) {
                broker.send("orders", i % 3, submitted("q-" + i), Map.of());
            }
            broker.send("orders", submitted("q-60"));
            // All of this was read, so nothing is missing; of the rows two are gone that were not.
            broker.forget("events", 1);
            broker.send("rows", inserted("c", "q-lost"));
            broker.send("rows", inserted("c", "q-lost too"));
            broker.forget("rows", 5);
            try (ServerProcess second = start(data, broker)) {
                until(() -> events() >= 63 && get("/metrics").body().contains("kafka_lag{topic=\"orders\"} 0.0"));
                assertThat(events()).isEqualTo(63);
                assertThat(customer("q-60").statusCode()).isEqualTo(200);
                until(() -> get("/health/ready")
                        .body()
                        .contains("topic rows is not read: partition 0 was read up to offset 1"));
                assertThat(get("/health/ready").body()).doesNotContain("topic events");
                second.stop();
            }
        }
    }

    private long events() {
        Matcher matcher = Pattern.compile("forestall_engine_events_total (\\d+)")
                .matcher(get("/metrics").body());
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private HttpResponse<String> customer(String name) {
        return get("/api/v1/customers/" + name);
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(address.resolve(path))
                            .header("Authorization", "Bearer " + key)
                            .GET()
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException down) {
            throw new java.io.UncheckedIOException(down);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void until(BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        get("/health/ready").body() + "\n" + get("/metrics").body());
            }
            Thread.onSpinWait();
        }
    }
}
