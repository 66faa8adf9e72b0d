package dev.forestall.embedded;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.StateStore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Under which names inputs are found again: what was noted since the last commit, and what the store has. */
final class Filing {

    private final StateStore store;
    private final Map<SubjectId, Positions> fresh = new LinkedHashMap<>();

    Filing(StateStore store) {
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

        long[] all() {
            return Arrays.copyOf(positions, size);
        }
    }
}
