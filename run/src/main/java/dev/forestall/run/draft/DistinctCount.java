package dev.forestall.run.draft;

import java.util.TreeSet;

/**
 * Estimates how many different texts there were, in little memory: of the smallest hashes, by how densely they lie (Bar-Yossef et al.,
 * "Counting distinct elements in a data stream", 2002). Off by about 3 %; exact while there are few.
 */
final class DistinctCount {

    private static final int KEPT = 1_024;

    /** Unsigned hashes, shifted to be compared as signed ones. */
    private final TreeSet<Long> smallest = new TreeSet<>();

    void add(String text) {
        long hash = hash(text) ^ Long.MIN_VALUE;
        if (smallest.size() < KEPT) {
            smallest.add(hash);
        } else if (hash < smallest.last() && smallest.add(hash)) {
            smallest.pollLast();
        }
    }

    long estimate() {
        if (smallest.size() < KEPT) {
            return smallest.size();
        }
        double share = ((double) smallest.last() - Long.MIN_VALUE) / 0x1p64;
        return Math.round((KEPT - 1) / share);
    }

    /** FNV-1a, then mixed as in SplitMix64, so that like texts lie far apart. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return hash ^ hash >>> 31;
    }
}
