package dev.forestall.embedded;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateView;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Under which names inputs are found again: what the store has, and behind it what was noted since the last commit. */
final class Filing {

    private final StateView store;
    private final Map<SubjectId, Positions> fresh = new LinkedHashMap<>();

    Filing(StateView store) {
        this.store = store;
    }

    /** Notes an input under a name; once, and in the order of the log. */
    void note(SubjectId name, long position) {
        fresh.computeIfAbsent(name, unused -> new Positions()).add(position);
    }

    /** Whether anything is filed under a name. */
    boolean has(SubjectId name) {
        if (fresh.containsKey(name)) {
            return true;
        }
        try (Cursor<Long> stored = store.inputs(Keys.of(name), 0)) {
            return stored.hasNext();
        }
    }

    /** The positions filed under a name, at or behind one, ascending. */
    Cursor<Long> positions(SubjectId name, long from) {
        return new Filed(store.inputs(Keys.of(name), from), fresh.get(name), from);
    }

    /**
     * The positions under several names from one position to before another, ascending, each once. One name is read after the other: there
     * can be thousands, and an open cursor holds memory outside the heap.
     */
    long[] positions(List<SubjectId> names, long from, long before) {
        LongStream.Builder found = LongStream.builder();
        for (SubjectId name : names) {
            try (Cursor<Long> positions = positions(name, from)) {
                for (long next = next(positions); next < before; next = next(positions)) {
                    found.add(next);
                }
            }
        }
        return found.build().sorted().distinct().toArray();
    }

    private static long next(Cursor<Long> positions) {
        return positions.hasNext() ? positions.next() : Long.MAX_VALUE;
    }

    void write(StateStore.Batch batch) {
        fresh.forEach((name, positions) -> batch.inputs(Keys.of(name), positions.all()));
    }

    void committed() {
        fresh.clear();
    }

    private static final class Positions {
        private long[] positions = new long[2];
        private int size;

        void add(long position) {
            if (size > 0 && positions[size - 1] == position) {
                return;
            }
            if (size == positions.length) {
                positions = Arrays.copyOf(positions, size * 2);
            }
            positions[size++] = position;
        }

        /** The index of the first at or behind a position. */
        int place(long position) {
            int found = Arrays.binarySearch(positions, 0, size, position);
            return found >= 0 ? found : -found - 1;
        }

        long[] all() {
            return Arrays.copyOf(positions, size);
        }
    }

    /** First what is stored, then what is not yet. */
    private static final class Filed implements Cursor<Long> {
        private final Cursor<Long> stored;
        private final @Nullable Positions fresh;
        private int next;

        Filed(Cursor<Long> stored, @Nullable Positions fresh, long from) {
            this.stored = stored;
            this.fresh = fresh;
            this.next = fresh == null ? 0 : fresh.place(from);
        }

        @Override
        public boolean hasNext() {
            return stored.hasNext() || fresh != null && next < fresh.size;
        }

        @Override
        public Long next() {
            return stored.hasNext() || fresh == null ? stored.next() : (Long) fresh.positions[next++];
        }

        @Override
        public void close() {
            stored.close();
        }
    }
}
