package dev.forestall.embedded;

import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.host.ExternalModel;
import dev.forestall.loop.host.HostClock;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a host works; results do not depend on it.
 *
 * @param partitions how many writers share the subjects, at least 1
 * @param chunk how many log records are made durable and worked in at once, at most; up to eight chunks share a commit
 * @param cacheBytes how much memory states lately used may take over all partitions, roughly
 * @param external by their names, the models that the loop cannot compute and the host has to ask
 * @param clock by which consumers that failed are tried again
 * @param definitions finds those that the log names beside the one that is given
 * @param names under which those outside know effects; a directory of data has its own
 * @param longPast a past of more inputs than this is worked out beside when what happens is live, so that nobody has to wait for it. The
 *     exception: on when such a past takes effect, results do depend
 * @param longestPast a past of more inputs than this is not worked out any more, and that is noticed
 */
public record HostOptions(
        int partitions,
        int chunk,
        long cacheBytes,
        SortedMap<String, ExternalModel> external,
        HostClock clock,
        Definitions definitions,
        EffectNames names,
        int longPast,
        int longestPast) {

    private static final int LONG_PAST = 1_000;
    private static final int LONGEST_PAST = 5_000_000;

    public HostOptions {
        if (longPast < 0 || partitions < 1 || partitions > 1024 || chunk < 1 || cacheBytes < 0) {
            throw new IllegalArgumentException(partitions + " partitions, chunks of " + chunk + ", cache of "
                    + cacheBytes + " bytes, long pasts from " + longPast + " is impossible");
        }
        external = Collections.unmodifiableSortedMap(new TreeMap<>(external));
    }

    /** Where no external model is asked. */
    public HostOptions(int partitions, int chunk, long cacheBytes) {
        this(
                partitions,
                chunk,
                cacheBytes,
                new TreeMap<>(),
                new SystemClock(),
                Definitions.NONE,
                EffectNames.PUBLISHED,
                LONG_PAST,
                LONGEST_PAST);
    }

    public static HostOptions defaults() {
        return new HostOptions(1, 16_384, 64L << 20);
    }

    public HostOptions withPartitions(int number) {
        return new HostOptions(number, chunk, cacheBytes, external, clock, definitions, names, longPast, longestPast);
    }

    public HostOptions withChunk(int records) {
        return new HostOptions(
                partitions, records, cacheBytes, external, clock, definitions, names, longPast, longestPast);
    }

    public HostOptions withExternal(SortedMap<String, ExternalModel> models) {
        return new HostOptions(partitions, chunk, cacheBytes, models, clock, definitions, names, longPast, longestPast);
    }

    public HostOptions withClock(HostClock other) {
        return new HostOptions(
                partitions, chunk, cacheBytes, external, other, definitions, names, longPast, longestPast);
    }

    public HostOptions withDefinitions(Definitions others) {
        return new HostOptions(partitions, chunk, cacheBytes, external, clock, others, names, longPast, longestPast);
    }

    public HostOptions withNames(EffectNames others) {
        return new HostOptions(
                partitions, chunk, cacheBytes, external, clock, definitions, others, longPast, longestPast);
    }

    public HostOptions withLongestPast(int inputs) {
        return new HostOptions(partitions, chunk, cacheBytes, external, clock, definitions, names, longPast, inputs);
    }

    public HostOptions withLongPast(int inputs) {
        return new HostOptions(partitions, chunk, cacheBytes, external, clock, definitions, names, inputs, longestPast);
    }
}
