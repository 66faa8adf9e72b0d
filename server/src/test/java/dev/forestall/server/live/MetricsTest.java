package dev.forestall.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.server.TestServer;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures as Prometheus scrapes them. */
class MetricsTest {

    private final TestServer server = TestServer.running();

    private String scraped() {
        HttpResponse<String> answer = server.api("/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        return answer.body();
    }

    private static double value(String scraped, String figure) {
        return scraped.lines()
                .filter(line -> line.startsWith(figure + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(figure.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    @Test
    void what_comes_in_is_counted_by_what_became_of_it() {
        String accepted = "forestall_intake_events_total{result=\"accepted\",source=\"app\"}";
        String rejected = "forestall_intake_events_total{result=\"rejected\",source=\"app\"}";
        String before = scraped();
        server.submitted("metrica");
        server.post("/v1/track", "{\"userId\":\"metrica\",\"event\":\"nothing_known\"}");
        String after = scraped();
        assertThat(value(after, accepted)).isEqualTo(value(before, accepted) + 1);
        assertThat(value(after, rejected)).isEqualTo(value(before, rejected) + 1);
        assertThat(value(after, "forestall_intake_durable_seconds_count")).isGreaterThan(0);
        assertThat(after).doesNotContain("metrica");
    }

    @Test
    void every_part_has_its_figures_and_each_line_is_one_of_the_format() {
        String scraped = scraped();
        for (String figure : List.of(
                "forestall_engine_events_total",
                "forestall_engine_behind",
                "forestall_engine_well",
                "forestall_engine_watermark_age_seconds",
                "forestall_subscription_lag{subscription=\"projection\"}",
                "forestall_subscription_well{subscription=\"outbox\"}",
                "forestall_disk_usable_bytes",
                "jvm_memory_used_bytes{",
                "process_files_open_files")) {
            assertThat(scraped.lines().anyMatch(line -> line.startsWith(figure)))
                    .as(figure)
                    .isTrue();
        }
        assertThat(scraped.lines().filter(line -> !line.startsWith("# ")))
                .allMatch(line -> line.matches(
                        "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-z_]+=\"[^\"]*\",?)*\\})? (-?[0-9.E+-]+|NaN|[+-]Inf)"));
    }

    @Test
    void who_has_no_secret_key_gets_none() {
        assertThat(server.send(server.request("/metrics").GET()).statusCode()).isEqualTo(401);
        assertThat(server.send(server.request("/metrics")
                                .header("Authorization", "Bearer " + server.writeKey())
                                .GET())
                        .statusCode())
                .isEqualTo(401);
    }
}
