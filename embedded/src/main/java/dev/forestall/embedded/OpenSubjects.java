package dev.forestall.embedded;

import dev.forestall.loop.Loop;
import dev.forestall.loop.state.Cells;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The subjects lately stepped, with their cells open: events of one customer come in sessions, and reading and writing the state at each
 * of them would take longer than what is done with it. A subject has two places to be at; who comes to where both are taken closes the
 * one who was there first.
 */
final class OpenSubjects {

    /** More than are in the middle of something at the same time, few enough to stay in the cache of the processor. */
    private static final int PLACES = 256;

    static final int CLOSED = -1;

    private final Loop loop;
    private final LongConsumer grown;
    private final @Nullable Open[] places = new @Nullable Open[PLACES];
    /** For each two places, 0 or 1 for the one that was used last. */
    private final byte[] lastUsed = new byte[PLACES / 2];

    /** An open subject. */
    static final class Open {
        final Cells cells;
        Held held;
        /** Whether it has stepped since its state was written. */
        boolean isAhead;

        private Open(Cells cells, Held held) {
            this.cells = cells;
            this.held = held;
        }
    }

    /**
     * @param loop of the definition
     * @param grown hears by how many bytes a state has grown, or shrunk when negative
     */
    OpenSubjects(Loop loop, LongConsumer grown) {
        this.loop = loop;
        this.grown = grown;
    }

    /** The first of the two places of a subject; the second is that place ^ 1. */
    private static int firstPlace(int hash) {
        return Held.spread(hash) & PLACES - 1;
    }

    private int longestUnused(int first) {
        return first & ~1 | lastUsed[first >> 1] ^ 1;
    }

    /** Opens a subject, unless it is open. */
    Open open(Held held) {
        int place = held.openAt;
        Open open = place == CLOSED ? null : places[place];
        if (open == null) {
            place = longestUnused(firstPlace(held.hash));
            open = open(held, place);
        }
        lastUsed[place >> 1] = (byte) (place & 1);
        return open;
    }

    private Open open(Held held, int place) {
        Open open = places[place];
        if (open == null) {
            open = new Open(loop.newCells(), held);
            places[place] = open;
        } else {
            write(open);
            open.held.openAt = CLOSED;
            open.held = held;
        }
        held.openAt = place;
        open.cells.load(held);
        return open;
    }

    /** Makes sure that what is held of a subject is its state as it stands. It may stay open. */
    void write(Held held) {
        Open open = held.openAt == CLOSED ? null : places[held.openAt];
        if (open != null) {
            write(open);
        }
    }

    /** Writes a subject and closes it, because its state is to be another one. */
    void close(Held held) {
        if (held.openAt != CLOSED) {
            write(held);
            places[held.openAt] = null;
            held.openAt = CLOSED;
        }
    }

    /** Writes all and closes them: whoever is held may now be forgotten. */
    void closeAll() {
        for (Open open : places) {
            if (open != null) {
                close(open.held);
            }
        }
    }

    private void write(Open open) {
        if (open.isAhead) {
            int before = open.held.size();
            open.cells.save(open.held);
            open.isAhead = false;
            grown.accept(open.held.size() - before);
        }
    }
}
