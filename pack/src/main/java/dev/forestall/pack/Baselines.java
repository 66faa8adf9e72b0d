package dev.forestall.pack;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is usual, learned from history by replay: for signals whose times are {@code learned(…)} how long things take, for cohorts
 * with {@code expected(…)} the share of everyone. An artifact beside the pack, part of the definition's hash.
 *
 * @param provenance what it was learned from
 * @param times by signal: how long what it waits for takes
 * @param shares by signal: how many of all were hit
 */
public record Baselines(Provenance provenance, SortedMap<String, Times> times, SortedMap<String, Share> shares) {

    /** Learned from nothing. */
    public static final Baselines NONE = new Baselines(
            new Provenance("", "", 0, Instant.EPOCH, Instant.EPOCH, ""), new TreeMap<>(), new TreeMap<>());

    public Baselines {
        times = Collections.unmodifiableSortedMap(new TreeMap<>(times));
        shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
    }

    /**
     * Where baselines come from.
     *
     * @param dataHash names the log they were learned from, such as the SHA-256 of its bytes
     * @param packHash the pack's hash without baselines
     * @param events how many events were replayed
     * @param from time of the first event
     * @param to time of the last event
     * @param productVersion which Forestall learned them
     */
    public record Provenance(
            String dataHash, String packHash, long events, Instant from, Instant to, String productVersion) {}

    /**
     * How long something takes, in milliseconds, as nearest-rank quantiles of what was observed.
     *
     * @param n how many observations
     */
    public record Times(long n, long p50, long p75, long p90, long p95, long p99) {

        /** Of at least one observation, in any order; the array is sorted. */
        public static Times of(long[] millis) {
            if (millis.length == 0) {
                throw new IllegalArgumentException("quantiles of nothing");
            }
            Arrays.sort(millis);
            return new Times(
                    millis.length,
                    rank(millis, 50),
                    rank(millis, 75),
                    rank(millis, 90),
                    rank(millis, 95),
                    rank(millis, 99));
        }

        /** The smallest value that at least so many percent do not exceed. */
        private static long rank(long[] sorted, int percent) {
            int place = (int) (((long) sorted.length * percent + 99) / 100);
            return sorted[place - 1];
        }

        /**
         * By its name in packs.
         *
         * @param name {@code p50}, {@code p75}, {@code p90}, {@code p95} or {@code p99}
         */
        public long quantile(String name) {
            return switch (name) {
                case "p50" -> p50;
                case "p75" -> p75;
                case "p90" -> p90;
                case "p95" -> p95;
                case "p99" -> p99;
                default -> throw new IllegalArgumentException("no quantile is called " + name);
            };
        }
    }

    /**
     * How many of all were hit.
     *
     * @param tried how many could have been, at least 1
     * @param hit how many were
     */
    public record Share(long tried, long hit) {
        public Share {
            if (tried < 1 || hit < 0 || hit > tried) {
                throw new IllegalArgumentException(hit + " of " + tried + " is no share");
            }
        }

        /** 0 to 1. */
        public double value() {
            return (double) hit / tried;
        }
    }
}
