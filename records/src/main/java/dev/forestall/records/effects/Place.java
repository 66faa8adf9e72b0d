package dev.forestall.records.effects;

import java.util.Optional;

/**
 * Where a list of effects goes on. Those outside get it as a text and hand it back.
 *
 * @param id of the effect; it orders effects on different subjects that one input had
 */
record Place(long position, int index, String id) implements Comparable<Place> {

    static final Place BEGINNING = new Place(0, 0, "");

    static final Place END = new Place(Long.MAX_VALUE, Integer.MAX_VALUE, "");

    private static final int RADIX = 36;

    /** @throws IllegalArgumentException when the text is none that was given out */
    static Place read(Optional<String> cursor) {
        if (cursor.isEmpty()) {
            return END;
        }
        String[] parts = cursor.get().split("\\.", -1);
        try {
            if (parts.length == 3) {
                return new Place(Long.parseLong(parts[0], RADIX), Integer.parseInt(parts[1], RADIX), parts[2]);
            }
        } catch (NumberFormatException notOurs) {
            // said below
        }
        throw new IllegalArgumentException("'" + cursor.get() + "' is no cursor of this list");
    }

    @Override
    public int compareTo(Place other) {
        int byPosition = Long.compare(position, other.position);
        int byIndex = byPosition != 0 ? byPosition : Integer.compare(index, other.index);
        return byIndex != 0 ? byIndex : id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return Long.toString(position, RADIX) + "." + Integer.toString(index, RADIX) + "." + id;
    }
}
