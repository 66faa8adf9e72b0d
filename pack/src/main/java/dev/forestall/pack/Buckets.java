package dev.forestall.pack;

import dev.forestall.pack.grammar.Durations;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import java.util.OptionalInt;

/** Cuts windows into buckets. */
final class Buckets {

    private Buckets() {}

    /** How many buckets a window has; nothing, and a problem, when it is not a whole number of them. */
    static OptionalInt count(Section section, String key, long standard, long bucketMillis, Problems problems) {
        long window = section.millis(key, standard);
        if (bucketMillis <= 0 || window <= 0) {
            return OptionalInt.empty();
        }
        if (window % bucketMillis != 0) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    section.placeOf(key),
                    section.pathOf(key),
                    Durations.text(window) + " is not a whole number of buckets of " + Durations.text(bucketMillis),
                    "Write a multiple, or change 'bucket'");
            return OptionalInt.empty();
        }
        long buckets = window / bucketMillis;
        return OptionalInt.of((int) Math.min(buckets, 1_000_000));
    }

    /** Reports a window that is longer than what is kept. */
    static void tooMany(Section section, String key, int buckets, int limit, Problems problems) {
        problems.error(
                PackError.OUT_OF_RANGE,
                section.placeOf(key),
                section.pathOf(key),
                "the window has " + buckets + " buckets, and " + limit + " are kept",
                "Make 'bucket' longer or the window shorter");
    }
}
