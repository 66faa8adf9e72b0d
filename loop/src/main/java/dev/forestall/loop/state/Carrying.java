package dev.forestall.loop.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Puts together the state of a subject under a definition that takes another one's place: cells that are carried from the state under
 * the old one, and cells of the new one that were filled beside.
 */
public final class Carrying {

    private final Layout to;
    /** By the new number, the old number of what is carried; -1 for what is filled. */
    private final int[] carried;

    private final int from;

    /**
     * @param carried the names of the slots whose cells are carried; both layouts have them
     */
    public Carrying(Layout from, Layout to, Set<String> carried) {
        this.from = from.fingerprint();
        this.to = to;
        this.carried = new int[to.owners().size()];
        for (int i = 0; i < this.carried.length; i++) {
            String name = to.owners().get(i).name();
            this.carried[i] = carried.contains(name) ? from.number(name) : -1;
        }
    }

    /**
     * @param old of the layout that is left; may be empty
     * @param filled of the new layout; may be empty
     */
    public State put(State old, State filled) {
        if (old.isEmpty() && filled.isEmpty()) {
            return State.EMPTY;
        }
        Parsed before = new Parsed(old, from);
        Parsed beside = new Parsed(filled, to.fingerprint());
        Writer out = new Writer();
        out.count(Cells.SCHEMA).count(to.fingerprint()).whole(Math.max(before.clock, beside.clock));
        int slot = 0;
        for (int i = 0; i < carried.length; i++) {
            Parsed source = carried[i] < 0 ? beside : before;
            for (Cell each : source.of(carried[i] < 0 ? i : carried[i])) {
                out.count(i - slot).text(each.key).count(each.wake).count(each.content.length);
                out.raw(each.content, 0, each.content.length);
                slot = i;
            }
        }
        return State.of(out.toBytes());
    }

    /** One cell as it is written. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Cell(int slot, String key, long wake, byte[] content) {}

    private static final class Parsed {
        private final List<Cell> cells = new ArrayList<>();
        private long clock = Long.MIN_VALUE;

        Parsed(State state, int fingerprint) {
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

        /** The cells of a slot. */
        List<Cell> of(int slot) {
            return cells.stream().filter(each -> each.slot == slot).toList();
        }
    }
}
