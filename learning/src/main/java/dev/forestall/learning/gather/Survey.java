package dev.forestall.learning.gather;

import dev.forestall.loop.feature.Feature;
import dev.forestall.loop.feature.Features;
import dev.forestall.loop.feature.Levels;
import dev.forestall.loop.risk.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first look at history: which features say anything at all, and which texts are frequent enough to be told apart. Texts are
 * counted in the time to be trained on only, so that nothing of the time to be tested on goes into a model. For one thread.
 */
public final class Survey {

    /** So many levels of one text at most. */
    static final int MAX_LEVELS = 100;

    /** A level must have been seen with so many customers. */
    private static final int MIN_SUBJECTS = 10;

    private final Features features;
    private final List<String> keys;
    private final float[] low;
    private final float[] high;
    /** By column: a mix of all its values in order; equal columns have equal mixes. */
    private final long[] mix;

    private final List<String> sources;
    private final List<Map<String, Integer>> levels = new ArrayList<>();
    private final Map<String, Integer> subjects = new HashMap<>();
    private long[] atMillis = new long[1_024];
    private int[] subjectOf = new int[1_024];
    /** By moment and source: the level, or -1. */
    private int[] levelOf;

    private int moments;

    /** @param features of the definition whose samples are taken, with all features but those of levels */
    public Survey(Features features) {
        this.features = features;
        this.keys = keys(features);
        this.low = new float[keys.size()];
        this.high = new float[keys.size()];
        this.mix = new long[keys.size()];
        Arrays.fill(low, Float.NaN);
        Arrays.fill(high, Float.NaN);
        this.sources = features.sources();
        sources.forEach(each -> levels.add(new LinkedHashMap<>()));
        this.levelOf = new int[1_024 * Math.max(1, sources.size())];
    }

    /** What to sample for a survey. */
    public static List<String> keys(Features features) {
        return features.all(Levels.NONE).stream().map(Feature::key).toList();
    }

    public void after(Sample sample) {
        if (sample instanceof Sample.Taken taken) {
            columns(taken.row());
            texts(taken);
        }
    }

    private void columns(float[] row) {
        for (int i = 0; i < row.length; i++) {
            float value = row[i];
            mix[i] = mix[i] * 0x9E3779B97F4A7C15L + Float.floatToIntBits(value) + 1;
            if (!(value >= low[i])) {
                low[i] = Float.isNaN(value) ? low[i] : Float.isNaN(low[i]) ? value : Math.min(low[i], value);
            }
            if (!(value <= high[i])) {
                high[i] = Float.isNaN(value) ? high[i] : Float.isNaN(high[i]) ? value : Math.max(high[i], value);
            }
        }
    }

    private void texts(Sample.Taken taken) {
        if (moments == atMillis.length) {
            atMillis = Arrays.copyOf(atMillis, moments * 2);
            subjectOf = Arrays.copyOf(subjectOf, moments * 2);
            levelOf = Arrays.copyOf(levelOf, moments * 2 * Math.max(1, sources.size()));
        }
        atMillis[moments] = taken.atMillis();
        subjectOf[moments] = subjects.computeIfAbsent(taken.id().subject().key(), name -> subjects.size());
        for (int i = 0; i < sources.size(); i++) {
            @Nullable String text = taken.texts()[i];
            Map<String, Integer> known = levels.get(i);
            levelOf[moments * sources.size() + i] =
                    text == null ? -1 : known.computeIfAbsent(text, name -> known.size());
        }
        moments++;
    }

    public int moments() {
        return moments;
    }

    /** From which moments levels of texts may be learned. Only names of levels are: no outcome is looked at. */
    public enum From {
        /** The first share of the moments, in the order of time. */
        FIRST_MOMENTS,
        /** Of the share of the subjects who began first, the moments before the first of the others began. */
        FIRST_SUBJECTS
    }

    /** The features worth sampling, by the first moments. */
    public List<String> chosen(double trainingShare) {
        return chosen(trainingShare, From.FIRST_MOMENTS);
    }

    /**
     * The features worth sampling: those that differ between moments, of equal ones the first, and those of frequent levels.
     *
     * @param trainingShare of what there is
     * @param from what that is a share of
     */
    public List<String> chosen(double trainingShare, From from) {
        List<String> chosen = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < keys.size(); i++) {
            boolean differs = low[i] < high[i];
            if (differs && !isPlainer(keys.get(i)) && seen.add(mix[i])) {
                chosen.add(keys.get(i));
            }
        }
        Set<String> plain = new HashSet<>(keys);
        features.all(frequent(until(trainingShare, from))).stream()
                .map(Feature::key)
                .filter(key -> !plain.contains(key))
                .forEach(chosen::add);
        return chosen;
    }

    /**
     * Whether something is said more plainly by another feature: of what happens to nobody twice, the time since it happened is all
     * there is to know; how much of it there was lately is the same in a form that nobody can read.
     */
    private boolean isPlainer(String key) {
        boolean isRecent = key.startsWith("recent(") && key.contains(", ");
        if (!isRecent && !key.startsWith("trend(")) {
            return false;
        }
        int end = isRecent ? key.lastIndexOf(", ") : key.length() - 1;
        int count = keys.indexOf("count(" + key.substring(key.indexOf('(') + 1, end) + ")");
        return count >= 0 && high[count] <= 1;
    }

    /** Before when levels may be learned. Whoever had a moment by then began by then, and so is not among those who began last. */
    private long until(double trainingShare, From from) {
        long[] sorted = switch (from) {
            case FIRST_MOMENTS -> Arrays.copyOf(atMillis, moments);
            case FIRST_SUBJECTS -> starts();
        };
        Arrays.sort(sorted);
        int kept = (int) Math.floor(sorted.length * trainingShare + 1e-9);
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, kept)];
    }

    private long[] starts() {
        long[] starts = new long[subjects.size()];
        Arrays.fill(starts, Long.MAX_VALUE);
        for (int moment = 0; moment < moments; moment++) {
            starts[subjectOf[moment]] = Math.min(starts[subjectOf[moment]], atMillis[moment]);
        }
        return starts;
    }

    private Levels frequent(long until) {
        SortedMap<String, List<String>> frequent = new TreeMap<>();
        int least = Math.max(MIN_SUBJECTS, subjects.size() / 500);
        for (int i = 0; i < sources.size(); i++) {
            int[] counts = counts(i, until);
            Map<String, Integer> known = levels.get(i);
            frequent.put(
                    sources.get(i),
                    known.entrySet().stream()
                            .filter(each -> counts[each.getValue()] >= least)
                            .sorted(Comparator.<Map.Entry<String, Integer>>comparingInt(
                                            each -> -counts[each.getValue()])
                                    .thenComparing(Map.Entry::getKey))
                            .limit(MAX_LEVELS)
                            .map(Map.Entry::getKey)
                            .toList());
        }
        return new Levels(frequent);
    }

    /** By level of a source: with how many customers it was seen before an instant. */
    private int[] counts(int source, long untilMillis) {
        int[] counts = new int[levels.get(source).size()];
        Set<Long> seen = new HashSet<>();
        for (int moment = 0; moment < moments; moment++) {
            int level = levelOf[moment * sources.size() + source];
            if (level >= 0 && atMillis[moment] < untilMillis && seen.add((long) level << 32 | subjectOf[moment])) {
                counts[level]++;
            }
        }
        return counts;
    }
}
