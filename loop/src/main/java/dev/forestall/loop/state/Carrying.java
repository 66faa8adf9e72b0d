package dev.forestall.loop.state;

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
        StoredCells before = new StoredCells(old, from);
        StoredCells beside = new StoredCells(filled, to.fingerprint());
        StoredCells put = new StoredCells();
        put.reach(Math.max(before.clock(), beside.clock()));
        for (int i = 0; i < carried.length; i++) {
            StoredCells source = carried[i] < 0 ? beside : before;
            for (StoredCells.Cell each : source.of(carried[i] < 0 ? i : carried[i])) {
                put.add(new StoredCells.Cell(i, each.key(), each.wake(), each.content()));
            }
        }
        return put.write(to.fingerprint());
    }
}
