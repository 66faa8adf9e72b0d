package dev.forestall.benchmarks.pattern;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.StringJoiner;

/**
 * How many matches of each pattern, and a checksum over (pattern, customer, time) that does not depend on their order. Two
 * engines with equal tallies found the same.
 */
public final class Tally implements MatchSink {

    private static final Pattern[] PATTERNS = Pattern.values();

    private final long[] counts = new long[PATTERNS.length];
    private final long[] checksums = new long[PATTERNS.length];

    @Override
    public void match(Pattern pattern, String customer, long at, int cause) {
        var i = pattern.ordinal();
        counts[i]++;
        checksums[i] += mix(mix(customer.hashCode() * 0x9E3779B97F4A7C15L + at) + i);
    }

    public void add(Tally other) {
        for (var i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
            checksums[i] += other.checksums[i];
        }
    }

    public long count(Pattern pattern) {
        return counts[pattern.ordinal()];
    }

    public long checksum(Pattern pattern) {
        return checksums[pattern.ordinal()];
    }

    /** The patterns of which this tally differs from the other; empty when both found the same. */
    public Set<Pattern> differences(Tally other, Set<Pattern> among) {
        var different = EnumSet.noneOf(Pattern.class);
        for (var pattern : among) {
            if (count(pattern) != other.count(pattern) || checksum(pattern) != other.checksum(pattern)) {
                different.add(pattern);
            }
        }
        return different;
    }

    /** For example {@code 12/9f00aa1122334455,0/0000000000000000,...}, in the order of the patterns. */
    public String format() {
        var text = new StringJoiner(",");
        for (var pattern : PATTERNS) {
            text.add(format(pattern));
        }
        return text.toString();
    }

    /** Count and checksum of one pattern. */
    public String format(Pattern pattern) {
        return "%d/%016x".formatted(count(pattern), checksum(pattern));
    }

    public static Tally parse(String text) {
        var tally = new Tally();
        var parts = text.split(",", -1);
        for (var i = 0; i < PATTERNS.length; i++) {
            var slash = parts[i].indexOf('/');
            tally.counts[i] = Long.parseLong(parts[i].substring(0, slash));
            tally.checksums[i] = Long.parseUnsignedLong(parts[i].substring(slash + 1), 16);
        }
        return tally;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally that
                && Arrays.equals(counts, that.counts)
                && Arrays.equals(checksums, that.checksums);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(checksums);
    }

    @Override
    public String toString() {
        return format();
    }

    private static long mix(long value) {
        var z = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
