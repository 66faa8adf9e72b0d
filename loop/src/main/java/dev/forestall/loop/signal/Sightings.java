package dev.forestall.loop.signal;

import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.Arrays;

/** The latest few events of a kind: when they happened and where they stand in the log, in the order of time. */
final class Sightings {

    private static final long[] NONE = new long[0];

    private long[] atMillis = NONE;
    private long[] positions = NONE;
    private int size;

    int size() {
        return size;
    }

    long at(int index) {
        return atMillis[index];
    }

    /** Adds one in its place in time, behind those of the same time; of more than {@code limit}, the oldest goes. */
    void add(long at, long position, int limit) {
        int place = size;
        while (place > 0 && atMillis[place - 1] > at) {
            place--;
        }
        if (size == limit) {
            if (place == 0) {
                return;
            }
            place--;
            System.arraycopy(atMillis, 1, atMillis, 0, place);
            System.arraycopy(positions, 1, positions, 0, place);
        } else {
            if (size == atMillis.length) {
                int room = Math.min(limit, size + 4);
                atMillis = Arrays.copyOf(atMillis, room);
                positions = Arrays.copyOf(positions, room);
            }
            System.arraycopy(atMillis, place, atMillis, place + 1, size - place);
            System.arraycopy(positions, place, positions, place + 1, size - place);
            size++;
        }
        atMillis[place] = at;
        positions[place] = position;
    }

    void clear() {
        size = 0;
    }

    /** Forgets those at or before an instant. */
    void forgetUpTo(long at) {
        int gone = 0;
        while (gone < size && atMillis[gone] <= at) {
            gone++;
        }
        if (gone > 0) {
            System.arraycopy(atMillis, gone, atMillis, 0, size - gone);
            System.arraycopy(positions, gone, positions, 0, size - gone);
            size -= gone;
        }
    }

    /** The positions of the latest, as evidence. */
    long[] evidence() {
        return Arrays.copyOfRange(positions, Math.max(0, size - Finding.MAX_EVIDENCE), size);
    }

    void write(Writer to) {
        to.count(size);
        long beforeAt = 0;
        long beforePosition = 0;
        for (int i = 0; i < size; i++) {
            to.whole(atMillis[i] - beforeAt).whole(positions[i] - beforePosition);
            beforeAt = atMillis[i];
            beforePosition = positions[i];
        }
    }

    void read(Reader from) {
        size = from.size();
        if (size > atMillis.length) {
            atMillis = new long[size];
            positions = new long[size];
        }
        long at = 0;
        long position = 0;
        for (int i = 0; i < size; i++) {
            at += from.whole();
            position += from.whole();
            atMillis[i] = at;
            positions[i] = position;
        }
    }
}
