package dev.forestall.embedded;

import dev.forestall.loop.event.SubjectId;
import org.jspecify.annotations.Nullable;

/**
 * Subjects in memory, found by kind and key: a hash table that holds them and nothing else (open addressing, linear probing), because
 * with every event it is the way to memory that is rarely in the cache.
 */
final class HeldSubjects {

    private static final int FIRST_ROOM = 64;

    private @Nullable Held[] places = new @Nullable Held[FIRST_ROOM];
    private int size;

    int size() {
        return size;
    }

    /** @param hash of the subject, as {@link SubjectId#hash} gives it */
    @Nullable
    Held find(int hash, String kind, String key) {
        return places[place(hash, kind, key)];
    }

    /** Adds a subject that is not there yet. */
    void add(Held held) {
        if ((size + 1) * 2 > places.length) {
            grow();
        }
        places[place(held.hash, held.subject.kind(), held.subject.key())] = held;
        size++;
    }

    /** Takes a subject out, if it is there. */
    @Nullable
    Held remove(int hash, String kind, String key) {
        int place = place(hash, kind, key);
        Held removed = places[place];
        if (removed != null) {
            places[place] = null;
            size--;
            closeGap(place);
        }
        return removed;
    }

    /** Where a subject is, or where it would be. */
    private int place(int hash, String kind, String key) {
        int mask = places.length - 1;
        int place = Held.spread(hash) & mask;
        Held there = places[place];
        while (there != null && !(there.hash == hash && there.subject.is(kind, key))) {
            place = place + 1 & mask;
            there = places[place];
        }
        return place;
    }

    /** Whoever was moved on because of the place that is empty now moves back, so that no search ends too early. */
    private void closeGap(int from) {
        int mask = places.length - 1;
        int gap = from;
        int place = from + 1 & mask;
        for (Held held = places[place]; held != null; held = places[place]) {
            int home = Held.spread(held.hash) & mask;
            if ((place - home & mask) >= (place - gap & mask)) {
                places[gap] = held;
                places[place] = null;
                gap = place;
            }
            place = place + 1 & mask;
        }
    }

    private void grow() {
        @Nullable Held[] before = places;
        places = new @Nullable Held[before.length * 2];
        int mask = places.length - 1;
        for (Held held : before) {
            if (held != null) {
                int place = Held.spread(held.hash) & mask;
                while (places[place] != null) {
                    place = place + 1 & mask;
                }
                places[place] = held;
            }
        }
    }
}
