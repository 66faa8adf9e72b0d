package dev.forestall.loop.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The cells of a state as they are written, for whoever puts together a state of parts of others. */
final class StoredCells {

    /** In the order in which a state has them. */
    private static final Comparator<Cell> IN_ORDER =
            Comparator.comparingInt(Cell::slot).thenComparing(Cell::key);

    private final List<Cell> cells = new ArrayList<>();
    private long clock = Long.MIN_VALUE;

    /**
     * One cell as it is written.
     *
     * @param wake in stored form
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Cell(int slot, String key, long wake, byte[] content) {}

    /** None yet. */
    StoredCells() {}

    /** @throws IllegalStateException when the state is of another layout */
    StoredCells(State state, int fingerprint) {
        if (state.isEmpty()) {
            return;
        }
        Reader reader = new Reader(state.bytes());
        int schema = reader.size();
        int layout = reader.size();
        if (schema != Cells.SCHEMA || layout != fingerprint) {
            throw new IllegalStateException("state of schema " + schema + " and layout " + layout
                    + " cannot be carried as schema " + Cells.SCHEMA + " and layout " + fingerprint);
        }
        clock = reader.whole();
        int slot = 0;
        while (reader.hasMore()) {
            slot += reader.size();
            cells.add(new Cell(slot, reader.text(), reader.count(), reader.raw(reader.size())));
        }
    }

    long clock() {
        return clock;
    }

    void reach(long atMillis) {
        clock = Math.max(clock, atMillis);
    }

    List<Cell> all() {
        return cells;
    }

    List<Cell> of(int slot) {
        return cells.stream().filter(each -> each.slot == slot).toList();
    }

    void add(Cell cell) {
        cells.add(cell);
    }

    State write(int fingerprint) {
        if (cells.isEmpty() && clock == Long.MIN_VALUE) {
            return State.EMPTY;
        }
        Writer out = new Writer();
        out.count(Cells.SCHEMA).count(fingerprint).whole(clock);
        cells.sort(IN_ORDER);
        int slot = 0;
        for (Cell each : cells) {
            // What fell due meanwhile falls due now: no cell asks for an instant before the subject's own clock.
            long wake = each.wake == 0 ? 0 : Cells.stored(Math.max(Cells.wake(each.wake), clock));
            out.count(each.slot - slot).text(each.key).count(wake).count(each.content.length);
            out.raw(each.content, 0, each.content.length);
            slot = each.slot;
        }
        return State.of(out.toBytes());
    }
}
