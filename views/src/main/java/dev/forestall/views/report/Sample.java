package dev.forestall.views.report;

import dev.forestall.loop.event.Draw;
import dev.forestall.loop.event.SubjectId;

/**
 * Which subjects are followed one by one: all of them while there are few, else one in two, in four, in eight, drawn by id. A subject's
 * level says how long it stays: one of level 3 is among the one in eight. What was counted is kept by level, so that in the end only what
 * the remaining subjects did counts, and no part of the run weighs more than another.
 */
final class Sample {

    /** Levels beyond are taken as this one. */
    static final int MAX_LEVEL = 40;

    private int level;

    static long draw(SubjectId subject) {
        return Draw.hash("report", subject.kind(), subject.key());
    }

    static int levelOf(long draw) {
        return Math.min(MAX_LEVEL, Long.numberOfTrailingZeros(draw));
    }

    boolean has(long draw) {
        return levelOf(draw) >= level;
    }

    /** Halves the sample. */
    void thin() {
        level++;
    }

    int level() {
        return level;
    }

    /** One subject in so many is followed. */
    long oneIn() {
        return 1L << level;
    }

    /** Counts by level. */
    static final class Counts {
        private final long[] byLevel = new long[MAX_LEVEL + 1];

        void add(int level, long number) {
            byLevel[level] += number;
        }

        /** Of the subjects that remain in the sample. */
        long from(int level) {
            long sum = 0;
            for (int i = level; i <= MAX_LEVEL; i++) {
                sum += byLevel[i];
            }
            return sum;
        }
    }
}
