package dev.forestall.learning.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.forestall.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What must hold of every split of every table: nothing of the time or the customers that are tested on is learned from. */
class SplitSeedsTest {

    private static final int RUNS = 200;

    /** A customer that has no moment before the test and one after it cannot be on both sides. */
    @Test
    void by_time_whatever_is_trained_on_was_over_when_the_test_began(TestInfo test) {
        Seeds.each(test, RUNS, (seed, random) -> {
            Examples examples = table(random);
            int[] rows = some(random, examples);
            long horizon = random.nextInt(60);
            Split split = Split.byTime(examples, rows, random.nextDouble(), horizon);
            isSound(split, rows);
            long begins = earliest(examples, split.test());
            assertThat(split.test()).isNotEmpty();
            for (int row : split.training()) {
                assertThat(examples.atMillis(row) + horizon).isLessThan(begins);
            }
            for (int row : rows) {
                boolean isLate = examples.atMillis(row) >= begins;
                assertThat(contains(split.test(), row)).isEqualTo(isLate);
            }
        });
    }

    @Test
    void by_start_no_customer_is_on_both_sides_and_the_later_beginners_are_tested(TestInfo test) {
        Seeds.each(test, RUNS, (seed, random) -> {
            Examples examples = table(random);
            int[] rows = some(random, examples);
            long horizon = random.nextBoolean() ? 0 : random.nextInt(60);
            Split split = Split.bySubjectStart(examples, rows, 0.2 + random.nextDouble() * 0.6, horizon);
            isSound(split, rows);
            isApart(examples, split);
            long begins = earliest(examples, split.test());
            for (int row : split.training()) {
                assertThat(examples.atMillis(row) + horizon).isLessThan(begins);
                assertThat(start(examples, rows, examples.subject(row))).isLessThanOrEqualTo(begins);
            }
        });
    }

    @Test
    void folds_have_each_row_in_one_test_and_in_all_other_trainings(TestInfo test) {
        Seeds.each(test, RUNS, (seed, random) -> {
            Examples examples = table(random);
            int[] rows = some(random, examples);
            int folds = 2 + random.nextInt(5);
            int[] tested = new int[examples.size()];
            for (int fold = 0; fold < folds; fold++) {
                Split split = Split.fold(examples, rows, fold, folds);
                isSound(split, rows);
                isApart(examples, split);
                assertThat(split.leftOut()).isZero();
                Arrays.stream(split.test()).forEach(row -> tested[row]++);
            }
            assertThat(Arrays.stream(rows).map(row -> tested[row])).containsOnly(1);
            assertThat(Arrays.stream(tested).sum()).isEqualTo(rows.length);
        });
    }

    @Test
    void of_those_who_began_at_once_the_last_in_the_table_are_tested() {
        Examples.Builder builder = Examples.of(List.of(new Column("x", "x", "x")));
        for (String name : List.of("d", "b", "e", "a", "c")) {
            builder.add(name, 7, new float[1], false, "");
        }
        Examples examples = builder.ready();
        Split split = Split.bySubjectStart(examples, examples.all(), 0.4, 0);
        assertThat(Arrays.stream(split.test()).mapToObj(row -> examples.subjectName(examples.subject(row))))
                .containsExactly("a", "c");
    }

    /** The sizes that anybody finds who takes CRC32 of the customers' ids modulo 5. */
    @Test
    void the_folds_of_a_public_table_are_those_that_others_find() throws IOException {
        Path file = Path.of(System.getenv().getOrDefault("FORESTALL_DATA", "../../shared/data"))
                .resolve("telco_churn_ibm/Telco-Customer-Churn.csv");
        assumeThat(file)
                .as("set FORESTALL_DATA to the folder of real logs; without this file the test is skipped")
                .isRegularFile();
        int[] sizes = new int[5];
        int[] outcomes = new int[5];
        for (String line : Files.readAllLines(file).subList(1, 7_044)) {
            int fold = Split.foldOf(line.substring(0, line.indexOf(',')), 5);
            sizes[fold]++;
            outcomes[fold] += line.endsWith(",Yes") ? 1 : 0;
        }
        assertThat(sizes).containsExactly(1_415, 1_428, 1_378, 1_460, 1_362);
        assertThat(outcomes).containsExactly(383, 352, 376, 382, 376);
    }

    private static void isSound(Split split, int[] rows) {
        assertThat(split.training()).doesNotHaveDuplicates();
        assertThat(IntStream.concat(Arrays.stream(split.training()), Arrays.stream(split.test())))
                .doesNotHaveDuplicates()
                .isSubsetOf(Arrays.stream(rows).boxed().toList());
        assertThat(split.training()).isSorted();
        assertThat(split.test()).isSorted();
        assertThat(split.training().length + split.test().length + split.leftOut())
                .isEqualTo(rows.length);
    }

    private static void isApart(Examples examples, Split split) {
        List<Integer> tested =
                Arrays.stream(split.test()).map(examples::subject).boxed().toList();
        assertThat(Arrays.stream(split.training()).map(examples::subject).boxed())
                .doesNotContainAnyElementsOf(tested.isEmpty() ? List.of(-1) : tested);
    }

    private static boolean contains(int[] rows, int row) {
        return Arrays.stream(rows).anyMatch(each -> each == row);
    }

    private static long earliest(Examples examples, int[] rows) {
        return Arrays.stream(rows).mapToLong(examples::atMillis).min().orElse(Long.MAX_VALUE);
    }

    private static long start(Examples examples, int[] rows, int subject) {
        return earliest(
                examples,
                Arrays.stream(rows)
                        .filter(row -> examples.subject(row) == subject)
                        .toArray());
    }

    private static int[] some(SplittableRandom random, Examples examples) {
        int[] some = Arrays.stream(examples.all())
                .filter(row -> row == 0 || random.nextInt(4) > 0)
                .toArray();
        return random.nextBoolean() ? examples.all() : some;
    }

    /** Few customers with some moments each, many of them at the same time. */
    private static Examples table(SplittableRandom random) {
        Examples.Builder builder = Examples.of(List.of(new Column("x", "x", "x")));
        int subjects = 1 + random.nextInt(12);
        for (int i = 1 + random.nextInt(60); i > 0; i--) {
            String subject = "s-" + random.nextInt(subjects);
            builder.add(subject, random.nextInt(100), new float[1], random.nextBoolean(), "");
        }
        return builder.ready();
    }
}
