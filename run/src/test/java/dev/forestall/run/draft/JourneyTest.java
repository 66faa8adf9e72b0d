package dev.forestall.run.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.run.draft.Stories.Story;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JourneyTest {

    private static final long HOUR = 3_600_000;

    private final List<Story> all = new ArrayList<>();

    @Test
    void a_journey_is_made_of_the_courses_that_most_take() {
        List<String> types = List.of("Ask", "Check", "Answer", "Closed", "Cancelled", "Odd");
        times(70, 0, 1, 2, 3);
        times(20, 0, 1, 4);
        times(9, 0, 2, 2, 3);
        times(1, 5, 0, 3);
        Journey journey = Journey.of(stories(types)).orElseThrow();
        assertThat(journey.start()).containsExactly(0);
        assertThat(journey.steps()).containsExactly(0, 1, 2);
        assertThat(journey.goal()).containsExactly(3);
        assertThat(journey.failed()).containsExactly(4);
        assertThat(journey.variants()).isEqualTo(4);
        assertThat(journey.covered()).isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void what_comes_behind_the_goal_fails_nothing() {
        times(60, 0, 1);
        times(40, 0, 1, 2);
        Journey journey =
                Journey.of(stories(List.of("Admitted", "Released", "Returned"))).orElseThrow();
        assertThat(journey.goal()).containsExactly(1);
        assertThat(journey.failed()).isEmpty();
        assertThat(journey.bad()).containsExactly(2);
    }

    @Test
    void a_stage_of_life_makes_nothing_sound_good() {
        times(60, 0, 1, 2);
        times(40, 0, 2);
        Journey journey = Journey.of(stories(List.of("Ask/COMPLETE", "Rejected/COMPLETE", "Paid/COMPLETE")))
                .orElseThrow();
        assertThat(journey.goal()).containsExactly(2);
        assertThat(Journey.soundsBad("Rejected/COMPLETE")).isTrue();
        assertThat(Journey.soundsBad("Ask/CANCELLED")).isFalse();
    }

    @Test
    void one_kind_of_event_is_no_journey() {
        times(50, 0, 0, 0);
        assertThat(Journey.of(stories(List.of("visit")))).isEmpty();
    }

    @Test
    void limits_of_signals_are_those_of_nine_in_ten() {
        List<String> types = List.of("Ask", "Check", "Closed");
        for (int i = 1; i <= 100; i++) {
            long start = i * 24 * HOUR;
            all.add(new Story(new long[] {start, start + i * HOUR, start + (i + 1) * HOUR}, new int[] {0, 1, 2}));
        }
        Stories stories = stories(types);
        List<SignalDraft> signals =
                SignalDrafts.of(stories, Journey.of(stories), List.of(), List.of("ask", "check", "closed"));
        assertThat(signals).extracting(SignalDraft::detector).contains(new SignalDraft.Detector.Slow(0, 91 * HOUR));
    }

    @Test
    void signals_that_say_little_or_are_too_rare_are_dropped_as_long_as_four_are_left() {
        List<SignalDraft> drafts = IntStream.range(0, 7)
                .mapToObj(i -> new SignalDraft("s" + i, new SignalDraft.Detector.Many(i), ""))
                .toList();
        var raised = java.util.Map.of("s0", 100L, "s1", 900L, "s2", 5L, "s3", 300L, "s4", 20L, "s5", 80L);
        assertThat(SignalDrafts.worthwhile(drafts, raised, 1_000))
                .extracting(SignalDraft::name)
                .containsExactly("s0", "s3", "s4", "s5");
        assertThat(SignalDrafts.worthwhile(drafts, java.util.Map.of("s1", 900L), 1_000))
                .extracting(SignalDraft::name)
                .containsExactly("s1");
    }

    /** So many customers, each with these types an hour apart. */
    private void times(int times, int... types) {
        for (int i = 0; i < times; i++) {
            long start = all.size() * 2 * HOUR;
            all.add(new Story(
                    IntStream.range(0, types.length)
                            .mapToLong(each -> start + each * HOUR)
                            .toArray(),
                    types));
        }
    }

    private Stories stories(List<String> types) {
        return new Stories(
                List.copyOf(all),
                types,
                Collections.nCopies(types.size(), new BitSet()),
                new BitSet(),
                List.of(),
                0,
                all.stream()
                                .mapToLong(each -> each.at()[each.length() - 1])
                                .max()
                                .orElse(0)
                        + 100 * HOUR,
                false);
    }
}
