package dev.forestall.pack;

import dev.forestall.loop.state.Cells;
import dev.forestall.pack.Baselines.Share;
import dev.forestall.pack.Baselines.Times;
import dev.forestall.pack.grammar.Durations;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problems;
import java.util.SortedSet;
import java.util.TreeSet;

/** Resolves what a pack leaves to history: waits that are {@code learned(p90)}, shares that are {@code expected(99%)}. */
final class Learning {

    /** With fewer observations a baseline is doubtful. */
    private static final long FEW = 30;

    private final Baselines baselines;
    private final boolean isLearning;
    private final String packPath;
    private final Problems problems;
    private final SortedSet<String> times = new TreeSet<>();
    private final SortedSet<String> shares = new TreeSet<>();

    /**
     * @param baselines what was learned so far
     * @param isLearning whether the pack is compiled to learn: then nothing needs to be known yet
     * @param packPath as the user called the pack, for the command that learns
     */
    Learning(Baselines baselines, boolean isLearning, String packPath, Problems problems) {
        this.baselines = baselines;
        this.isLearning = isLearning;
        this.packPath = packPath;
        this.problems = problems;
    }

    boolean isLearning() {
        return isLearning;
    }

    /** The wait behind a key, in milliseconds; while learning, a learned one lasts for ever. */
    long wait(String signal, Section section, String key) {
        String text = section.text(key).orElse("");
        if (!text.startsWith("learned(")) {
            return section.millis(key, Durations.unit("d"));
        }
        times.add(signal);
        Times learned = baselines.times().get(signal);
        if (isLearning) {
            return Cells.NEVER;
        }
        if (learned == null) {
            missing(signal, section, key, text);
            return Durations.unit("d");
        }
        thin(signal, learned.n(), section.placeOf(key), section.pathOf(key));
        return Math.max(1, learned.quantile(text.substring("learned(".length(), text.length() - 1)));
    }

    /** The usual share of everyone, for a cohort signal; while learning, everyone. */
    double share(String signal, Section section, String key) {
        shares.add(signal);
        Share learned = baselines.shares().get(signal);
        if (isLearning) {
            return 1;
        }
        if (learned == null) {
            missing(signal, section, key, section.text(key, ""));
            return 1;
        }
        thin(signal, learned.tried(), section.placeOf(key), section.pathOf(key));
        return learned.value();
    }

    private void missing(String signal, Section section, String key, String text) {
        problems.error(
                PackError.NO_BASELINE,
                section.placeOf(key),
                section.pathOf(key),
                text + " needs a baseline for '" + signal + "', and there is none",
                "Learn it from history: ./forestall baselines LOG --pack " + packPath);
    }

    private void thin(String signal, long n, Place place, String path) {
        if (n < FEW) {
            problems.warning(
                    PackError.THIN_BASELINE,
                    place,
                    path,
                    "the baseline of '" + signal + "' rests on " + n + (n == 1 ? " observation" : " observations"),
                    "Learn it from a longer history, or write the value down");
        }
    }

    /** The signals whose times are learned. */
    SortedSet<String> times() {
        return times;
    }

    /** The cohort signals whose usual share is learned. */
    SortedSet<String> shares() {
        return shares;
    }
}
