package dev.forestall.learning.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.zip.CRC32;

/**
 * Which rows are trained on and which tested on. Whatever the split, no training row knows anything of the time that is tested on.
 *
 * @param training rows to learn from
 * @param test rows to be judged on
 * @param leftOut how many rows are neither: their outcome was not known before the test began, or their subject is on both sides
 */
public record Split(int[] training, int[] test, int leftOut) {

    /**
     * The latest moments are tested on. A moment is trained on only when its horizon was over before the first of them: its label was
     * known by then.
     *
     * @param testShare of all moments
     * @param horizonMillis of the question; 0 when labels are known at once
     */
    public static Split byTime(Examples examples, int[] rows, double testShare, long horizonMillis) {
        long[] times =
                Arrays.stream(rows).mapToLong(examples::atMillis).sorted().toArray();
        if (times.length == 0) {
            return new Split(rows, rows, 0);
        }
        long start = times[(int) Math.min(times.length - 1, Math.floor(times.length * (1 - testShare)))];
        return of(rows, row -> examples.atMillis(row) + horizonMillis < start, row -> examples.atMillis(row) >= start);
    }

    /**
     * Moments at or behind an instant are tested on. A moment is trained on only when its horizon was over before it.
     *
     * @param horizonMillis of the question; 0 when labels are known at once
     */
    public static Split at(Examples examples, long fromMillis, long horizonMillis) {
        return of(
                examples.all(),
                row -> examples.atMillis(row) + horizonMillis < fromMillis,
                row -> examples.atMillis(row) >= fromMillis);
    }

    /**
     * The subjects that began last are tested on, as benchmarks of process mining do. Strict: of the others, moments count only when
     * their horizon was over before the first of them began; where labels have no horizon, moments before that.
     *
     * @param testShare of all subjects, in the order of their first moments
     */
    public static Split bySubjectStart(Examples examples, int[] rows, double testShare, long horizonMillis) {
        boolean[] isTest = new boolean[examples.subjects()];
        long from = begunLast(examples, rows, testShare, isTest);
        return of(
                rows,
                row -> !isTest[examples.subject(row)] && examples.atMillis(row) + horizonMillis < from,
                row -> isTest[examples.subject(row)]);
    }

    /**
     * The same subjects are tested on, but all moments of the others are trained on, also those after the test began and those whose
     * outcome was not known by then. That leaks what was to come: only to compare with figures that were made so.
     *
     * @param testShare of all subjects, in the order of their first moments
     */
    public static Split bySubjectStartWithRunning(Examples examples, int[] rows, double testShare) {
        boolean[] isTest = new boolean[examples.subjects()];
        begunLast(examples, rows, testShare, isTest);
        return of(rows, row -> !isTest[examples.subject(row)], row -> isTest[examples.subject(row)]);
    }

    /**
     * Marks the subjects that began last.
     *
     * @return when the first of them began
     */
    private static long begunLast(Examples examples, int[] rows, double testShare, boolean[] isLast) {
        long[] starts = new long[examples.subjects()];
        Arrays.fill(starts, Long.MAX_VALUE);
        for (int row : rows) {
            int subject = examples.subject(row);
            starts[subject] = Math.min(starts[subject], examples.atMillis(row));
        }
        Integer[] order = new Integer[starts.length];
        Arrays.setAll(order, i -> i);
        // Stable: of those that began at once, the one that stands first in the log comes first.
        Arrays.sort(order, (one, other) -> Long.compare(starts[one], starts[other]));
        int there = (int)
                Arrays.stream(starts).filter(each -> each < Long.MAX_VALUE).count();
        int kept = (int) Math.floor(there * (1 - testShare) + 1e-9);
        long first = Long.MAX_VALUE;
        for (int i = kept; i < there; i++) {
            isLast[order[i]] = true;
            first = Math.min(first, starts[order[i]]);
        }
        return first;
    }

    /** One part of the subjects, drawn by their names, is tested on: for tables in which time says nothing. */
    public static Split fold(Examples examples, int[] rows, int fold, int folds) {
        boolean[] isTest = new boolean[examples.subjects()];
        for (int subject = 0; subject < isTest.length; subject++) {
            isTest[subject] = foldOf(examples.subjectName(subject), folds) == fold;
        }
        return of(rows, row -> !isTest[examples.subject(row)], row -> isTest[examples.subject(row)]);
    }

    /** CRC32 of the name in UTF-8, modulo the number of folds: the same in any language. */
    public static int foldOf(String subject, int folds) {
        CRC32 crc = new CRC32();
        crc.update(subject.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % folds);
    }

    private static Split of(int[] rows, IntPredicate isTraining, IntPredicate isTest) {
        int[] training = Arrays.stream(rows).filter(isTraining).toArray();
        int[] test = Arrays.stream(rows).filter(isTest).toArray();
        return new Split(training, test, rows.length - training.length - test.length);
    }
}
