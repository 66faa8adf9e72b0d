package dev.forestall.connectors.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Puts entries in order of their keys; what has the same key stays in the order in which it came. Holds as much as its memory allows,
 * sorts that, writes it to disk, and merges the sorted runs in the end. Small input never touches the disk.
 */
final class TimeSorter implements Closeable {

    /** Keys are times in milliseconds, so this reaches to the year 2109. */
    static final long MAX_KEY = (1L << 42) - 1;

    /** In a run the number of an entry shares one word with its key, so that sorting numbers sorts entries, and stably. */
    private static final int NUMBER_BITS = 21;

    private static final int MAX_NUMBER = (1 << NUMBER_BITS) - 1;
    private static final int MERGED_AT_ONCE = 64;
    private static final int LEAST_READ = 1 << 14;

    private final int memory;
    private final Path directory;
    private @Nullable Spill spill;
    private List<Stretch> runs = new ArrayList<>();

    private byte[] arena = new byte[1 << 16];
    private long[] keys = new long[1 << 10];
    private int[] ends = new int[1 << 10];
    private int used;
    private int held;
    private long count;

    private int current = -1;
    private final PriorityQueue<Run> merging =
            new PriorityQueue<>(Comparator.comparingLong(Run::key).thenComparingInt(Run::index));
    private @Nullable Run top;

    /** A sorted part of the spill. */
    private record Stretch(long start, long end) {}

    TimeSorter(int memory, Path directory) {
        this.memory = memory;
        this.directory = directory;
    }

    /** Adds an entry. */
    void add(long key, byte[] entry) {
        if (key < 0 || key > MAX_KEY) {
            throw new IllegalArgumentException("key " + key + " is outside 0.." + MAX_KEY);
        }
        long needed = (long) used + entry.length + (long) (held + 1) * (Long.BYTES + Integer.BYTES);
        if (held > 0 && (needed > memory || held > MAX_NUMBER)) {
            spillRun();
        }
        makeRoom(entry.length);
        System.arraycopy(entry, 0, arena, used, entry.length);
        used += entry.length;
        keys[held] = key << NUMBER_BITS | held;
        ends[held] = used;
        held++;
        count++;
    }

    private void makeRoom(int length) {
        if (arena.length - used < length) {
            long doubled = Math.min(2L * arena.length, memory);
            arena = Arrays.copyOf(arena, (int) Math.max(doubled, (long) used + length));
        }
        if (held == keys.length) {
            keys = Arrays.copyOf(keys, 2 * held);
            ends = Arrays.copyOf(ends, 2 * held);
        }
    }

    private void spillRun() {
        Spill to = spill == null ? new Spill(directory) : spill;
        spill = to;
        long start = to.size();
        Arrays.sort(keys, 0, held);
        for (int i = 0; i < held; i++) {
            int number = (int) keys[i] & MAX_NUMBER;
            int from = number == 0 ? 0 : ends[number - 1];
            to.whole(keys[i] >>> NUMBER_BITS).count(ends[number] - from).bytes(arena, from, ends[number]);
        }
        runs.add(new Stretch(start, to.size()));
        held = 0;
        used = 0;
    }

    /** Ends the adding; from here on entries can be read. */
    void sort() {
        if (spill == null) {
            Arrays.sort(keys, 0, held);
            return;
        }
        if (held > 0) {
            spillRun();
        }
        arena = new byte[0];
        keys = new long[0];
        ends = new int[0];
        spill.flush();
        while (runs.size() > MERGED_AT_ONCE) {
            runs = mergedOnce(spill);
        }
        startMerging(spill, runs);
    }

    /** Merges neighbouring runs into fewer, longer ones. */
    private List<Stretch> mergedOnce(Spill spilled) {
        List<Stretch> longer = new ArrayList<>();
        for (int first = 0; first < runs.size(); first += MERGED_AT_ONCE) {
            long start = spilled.size();
            startMerging(spilled, runs.subList(first, Math.min(first + MERGED_AT_ONCE, runs.size())));
            while (next()) {
                spilled.whole(key()).count(to() - from()).bytes(bytes(), from(), to());
            }
            longer.add(new Stretch(start, spilled.size()));
        }
        spilled.flush();
        return longer;
    }

    private void startMerging(Spill spilled, List<Stretch> stretches) {
        int each = Math.max(LEAST_READ, Math.min(memory / stretches.size(), 1 << 20));
        merging.clear();
        top = null;
        for (int i = 0; i < stretches.size(); i++) {
            Run run = new Run(
                    spilled, i, stretches.get(i).start(), stretches.get(i).end(), each);
            if (run.next()) {
                merging.add(run);
            }
        }
    }

    /** Moves to the next entry in order; false at the end. */
    boolean next() {
        if (spill == null) {
            return ++current < held;
        }
        if (top != null && top.next()) {
            merging.add(top);
        }
        top = merging.poll();
        return top != null;
    }

    private long key() {
        return top == null ? keys[current] >>> NUMBER_BITS : top.key();
    }

    /** The array that holds the current entry, between {@link #from} and {@link #to}. */
    byte[] bytes() {
        return top == null ? arena : top.bytes();
    }

    int from() {
        if (top != null) {
            return top.from();
        }
        int number = (int) keys[current] & MAX_NUMBER;
        return number == 0 ? 0 : ends[number - 1];
    }

    int to() {
        return top == null ? ends[(int) keys[current] & MAX_NUMBER] : top.to();
    }

    /** How many entries were added. */
    long count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        if (spill != null) {
            spill.close();
        }
    }
}
