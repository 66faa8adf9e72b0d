package dev.forestall.loop.host;

/**
 * A place in the record of effects: in front of it are all effects of earlier positions, and so many of this one. Opaque outside of a
 * host: it can be compared, stored and given back as {@link #toString text}, and nothing else.
 *
 * @param position in the log
 * @param index how many effects of that position are in front, in the order of the record
 */
public record EffectOffset(long position, int index) implements Comparable<EffectOffset> {

    /** In front of everything. */
    public static final EffectOffset BEGINNING = new EffectOffset(0, 0);

    public EffectOffset {
        if (position < 0 || index < 0) {
            throw new IllegalArgumentException("position " + position + ", index " + index + " is no offset");
        }
    }

    /** Reads what {@link #toString} wrote. */
    public static EffectOffset parse(String text) {
        int dot = text.indexOf('.');
        try {
            return new EffectOffset(
                    Long.parseUnsignedLong(text.substring(0, Math.max(dot, 0)), 36),
                    Integer.parseUnsignedInt(text.substring(dot + 1), 36));
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("'" + text + "' is no offset of effects", unreadable);
        }
    }

    @Override
    public int compareTo(EffectOffset other) {
        int byPosition = Long.compare(position, other.position);
        return byPosition != 0 ? byPosition : Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(position, 36) + "." + Integer.toUnsignedString(index, 36);
    }
}
