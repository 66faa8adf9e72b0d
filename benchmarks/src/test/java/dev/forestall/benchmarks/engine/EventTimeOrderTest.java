package dev.forestall.benchmarks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.benchmarks.stream.Activity;
import dev.forestall.benchmarks.stream.StreamSize;
import dev.forestall.benchmarks.stream.Traffic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTimeOrderTest {

    @Test
    void gives_out_everything_by_time_and_at_the_same_time_by_arrival() {
        var arrivals = Traffic.of(StreamSize.TINY).activities();
        var expected = arrivals.clone();
        Arrays.sort(expected, Comparator.comparingLong(Activity::at).thenComparingInt(Activity::sequence));

        assertThat(inEventTime(Arrays.asList(arrivals))).containsExactly(expected);
    }

    @Test
    void holds_more_than_it_was_made_for() {
        var arrivals = new ArrayList<Activity>();
        for (var i = 0; i < 1_000; i++) {
            arrivals.add(new Activity(i, "ann", "search", 1_000 - i));
        }

        assertThat(inEventTime(arrivals)).containsExactlyElementsOf(arrivals.reversed());
    }

    private static List<Activity> inEventTime(List<Activity> arrivals) {
        var ordered = new ArrayList<Activity>();
        new EventTimeOrder<>(arrivals.iterator(), Activity::at).forEachRemaining(ordered::add);
        return ordered;
    }
}
