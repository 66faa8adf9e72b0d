package dev.forestall.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.benchmarks.engine.JacksonArrivals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficTest {

    private final Activity[] arrivals = Traffic.of(StreamSize.TINY).activities();

    /** Figures are only comparable while this holds. Where the generator is changed on purpose, all of them are taken anew. */
    @Test
    void the_same_size_gives_the_same_traffic_on_every_machine() {
        assertThat(arrivals).hasSize(20_000);
        assertThat(Arrays.hashCode(arrivals)).isEqualTo(-1_203_671_844);
    }

    @Test
    void about_one_event_in_eleven_arrives_behind_a_later_one_and_none_by_more_than_five_seconds() {
        var latest = Long.MIN_VALUE;
        var behind = 0;
        var longest = 0L;
        for (var activity : arrivals) {
            if (activity.at() < latest) {
                behind++;
                longest = Math.max(longest, latest - activity.at());
            }
            latest = Math.max(latest, activity.at());
        }
        assertThat(behind / (double) arrivals.length).isBetween(0.08, 0.10);
        assertThat(longest).isBetween(4_000L, Traffic.LATENESS_MILLIS);
    }

    @Test
    void all_twenty_types_occur() {
        var types = new HashSet<String>();
        for (var activity : arrivals) {
            types.add(activity.type());
        }
        assertThat(types).hasSize(20).hasSize(EventType.values().length);
    }

    @Test
    void no_checkout_is_pending_at_the_end() {
        var end = Arrays.stream(arrivals).mapToLong(Activity::at).max().orElseThrow();
        var lastStep = Arrays.stream(arrivals)
                .filter(activity -> activity.type().equals("checkout_step"))
                .mapToLong(Activity::at)
                .max()
                .orElseThrow();
        assertThat(end - lastStep).isGreaterThanOrEqualTo(3_600_000);
    }

    @Test
    void json_says_the_same_as_the_objects(@TempDir Path folder) throws IOException {
        var file = TrafficFiles.in(folder, StreamSize.TINY, 1).getFirst();

        assertThat(new JacksonArrivals(file)).toIterable().containsExactly(arrivals);
        assertThat(Files.size(file) / (double) arrivals.length).isBetween(250.0, 254.0);
    }

    @Test
    void parts_hold_each_customer_once_and_lose_nobody(@TempDir Path folder) {
        var customers = new HashSet<String>();
        var events = 0;
        for (var file : TrafficFiles.in(folder, StreamSize.TINY, 2)) {
            var here = new HashSet<String>();
            for (var lines = new JacksonArrivals(file); lines.hasNext(); events++) {
                here.add(lines.next().customer());
            }
            assertThat(customers).doesNotContainAnyElementsOf(here);
            customers.addAll(here);
        }
        assertThat(events).isEqualTo(arrivals.length);
    }
}
