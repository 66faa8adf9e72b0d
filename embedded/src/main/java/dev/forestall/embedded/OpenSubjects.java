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
    private static final int PLACES = 1024;

    private final Loop loop;
    private final LongConsumer grown;
    private final @Nullable Open[] places = new @Nullable Open[PLACES];
    /** The hash of who is at a place: most who are not there are told by this alone. */
    private final int[] hashes = new int[PLACES];
    /** For each two places, 0 or 1 for the one that was used last. */
    private final byte[] lastUsed = new byte[PLACES / 2];

    /** An open subject. */
    static final class Open {
        final Cells cells;
        Held held;
        /** Whether it has stepped since its state was written. */
        boolean isAhead;

        Open(Cells cells, Held held) {
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

    /** A subject that is open, or null when it is not. */
    @Nullable
    Held find(int hash, String kind, String key) {
        int first = firstPlace(hash);
        Held held = at(first, hash, kind, key);
        return held != null ? held : at(first ^ 1, hash, kind, key);
    }

    private @Nullable Held at(int place, int hash, String kind, String key) {
        Open open = hashes[place] == hash ? places[place] : null;
        return open != null && open.held.subject.is(kind, key) ? open.held : null;
    }

    /** Brings near what opening a subject will look at: its own state, and that of who will probably have to make room. */
    int glance(Held held) {
        int first = firstPlace(held.hash);
        if (hashes[first] == held.hash || hashes[first ^ 1] == held.hash) {
            return 0;
        }
        Open leaving = places[longestUnused(first)];
        return held.glance() + (leaving == null ? 0 : leaving.held.glance());
    }

    private int longestUnused(int first) {
        return first & ~1 | lastUsed[first >> 1] ^ 1;
    }

    /** Opens a subject, unless it is open. */
    Open open(Held held) {
        int first = firstPlace(held.hash);
        Open open = at(first, held);
        if (open != null) {
            lastUsed[first >> 1] = (byte) (first & 1);
            return open;
        }
        open = at(first ^ 1, held);
        if (open != null) {
            lastUsed[first >> 1] = (byte) (first & 1 ^ 1);
            return open;
        }
        int place = longestUnused(first);
        lastUsed[first >> 1] ^= 1;
        return open(held, place);
    }

    private @Nullable Open at(int place, Held held) {
        Open open = hashes[place] == held.hash ? places[place] : null;
        return open != null && open.held == held ? open : null;
    }

    private Open open(Held held, int place) {
        Open open = places[place];
        if (open == null) {
            open = new Open(loop.newCells(), held);
            places[place] = open;
        } else {
            write(open);
            open.held = held;
        }
        hashes[place] = held.hash;
        open.cells.load(held);
        return open;
    }

    /** Makes sure that what is held of a subject is its state as it stands. It may stay open. */
    void write(Held held) {
        int first = firstPlace(held.hash);
        Open open = at(first, held);
        if (open == null) {
            open = at(first ^ 1, held);
        }
        if (open != null) {
            write(open);
        }
    }

    /** Writes a subject and closes it, because its state is to be another one. */
    void close(Held held) {
        write(held);
        int first = firstPlace(held.hash);
        if (at(first, held) != null) {
            places[first] = null;
        } else if (at(first ^ 1, held) != null) {
            places[first ^ 1] = null;
        }
    }

    /** Writes all and closes them: whoever is held may now be forgotten. */
    void closeAll() {
        for (int i = 0; i < PLACES; i++) {
            Open open = places[i];
            if (open != null) {
                write(open);
                places[i] = null;
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
