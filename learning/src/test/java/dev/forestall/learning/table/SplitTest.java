package dev.forestall.learning.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {

    /** Subject i begins at 10 i and has moments 0, 10 and 20 after that. */
    private final Examples examples = tenSubjects();

    private static Examples tenSubjects() {
        Examples.Builder builder = Examples.of(List.of(new Column("x", "x", "the x")));
        for (int i = 0; i < 10; i++) {
            for (int k = 0; k < 3; k++) {
                builder.add("s-" + i, 10L * i + 10L * k, new float[] {i}, k == 2, "");
            }
        }
        return builder.ready();
    }

    @Test
    void by_time_no_outcome_that_was_open_at_the_first_test_moment_is_learned_from() {
        Split split = Split.byTime(examples, examples.all(), .2, 15);

        assertThat(Arrays.stream(split.test()).mapToLong(examples::atMillis))
                .hasSize(6)
                .allMatch(at -> at >= 90);
        assertThat(Arrays.stream(split.training()).mapToLong(examples::atMillis))
                .allMatch(at -> at + 15 < 90)
                .contains(70L);
        assertThat(split.leftOut()).isEqualTo(30 - 6 - split.training().length);
    }

    @Test
    void by_start_the_last_subjects_judge_and_nothing_after_their_beginning_is_learned_from() {
        Split split = Split.bySubjectStart(examples, examples.all(), .2, 0);

        assertThat(Arrays.stream(split.test()).map(examples::subject).distinct())
                .containsExactly(8, 9);
        assertThat(split.test()).hasSize(6);
        assertThat(Arrays.stream(split.training()).mapToLong(examples::atMillis))
                .allMatch(at -> at < 80)
                .contains(70L);
    }

    @Test
    void by_start_with_a_horizon_outcomes_known_only_after_the_split_are_left_out() {
        Split split = Split.bySubjectStart(examples, examples.all(), .2, 25);

        assertThat(Arrays.stream(split.training()).mapToLong(examples::atMillis))
                .allMatch(at -> at + 25 < 80)
                .contains(50L);
    }

    @Test
    void by_start_with_running_cases_the_same_subjects_judge_and_all_moments_of_the_others_are_learned_from() {
        Split strict = Split.bySubjectStart(examples, examples.all(), .2, 0);
        Split running = Split.bySubjectStartWithRunning(examples, examples.all(), .2);

        assertThat(running.test()).containsExactly(strict.test());
        assertThat(running.leftOut()).isZero();
        assertThat(running.training()).hasSize(24).contains(strict.training());
        assertThat(Arrays.stream(running.training()).mapToLong(examples::atMillis))
                .contains(90L);
    }

    @Test
    void within_a_part_only_its_own_subjects_are_split() {
        int[] first = Arrays.stream(examples.all())
                .filter(row -> examples.subject(row) < 5)
                .toArray();

        Split split = Split.bySubjectStart(examples, first, .2, 0);

        assertThat(Arrays.stream(split.test()).map(examples::subject).distinct())
                .containsExactly(4);
    }

    @Test
    void folds_are_told_by_the_names_and_every_subject_judges_once() {
        int[] judged = new int[10];
        for (int fold = 0; fold < 5; fold++) {
            for (int row : Split.fold(examples, examples.all(), fold, 5).test()) {
                judged[examples.subject(row)]++;
                assertThat(crcMod5("s-" + examples.subject(row))).isEqualTo(fold);
            }
        }
        assertThat(judged).containsOnly(3);
    }

    /** The checksum bit by bit, as in RFC 1952. */
    private static int crcMod5(String name) {
        int crc = -1;
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            crc ^= each & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0xEDB88320;
            }
        }
        return (int) (Integer.toUnsignedLong(~crc) % 5);
    }
}
