package dev.forestall.loop.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, typed by the tracking plan. Immutable.
 *
 * <p>Times are milliseconds since 1970 UTC: what comes finer is cut. Numbers of all types travel in one 64-bit word each, so
 * that an event is three small arrays and reading a property costs one look.
 */
public final class Event {

    private static final long[] NO_WORDS = {};
    private static final @Nullable String[] NO_TEXTS = {};

    private final String id;
    private final EventType type;
    private final long atMillis;
    private final @Nullable String[] identifiers;
    private final long present;
    private final long[] words;
    private final @Nullable String[] texts;
    private final List<Undeclared> undeclared;

    /**
     * Something that the sender said and the tracking plan does not declare. It is kept for the day on which it is declared.
     *
     * @param name as the sender calls it
     * @param value as text, in the notation that a declared property would be read in
     */
    public record Undeclared(String name, String value) {}

    private Event(Builder from) {
        this.id = from.id;
        this.type = from.type;
        this.atMillis = from.atMillis;
        this.identifiers = from.identifiers;
        this.present = from.present;
        this.words = from.words;
        this.texts = from.texts;
        this.undeclared = from.undeclared;
    }

    public static Builder of(TrackingPlan plan, EventType type, String id, long atMillis) {
        return new Builder(plan, type, id, atMillis);
    }

    /** What the sender called it; the same id is the same event, sent again. Empty when the sender gave none. */
    public String id() {
        return id;
    }

    public EventType type() {
        return type;
    }

    public Instant at() {
        return Instant.ofEpochMilli(atMillis);
    }

    public long atMillis() {
        return atMillis;
    }

    /** The value of an identifier by its place in the tracking plan, or null when the event does not carry it. */
    public @Nullable String identifier(int index) {
        return identifiers[index];
    }

    public boolean has(int slot) {
        return (present & 1L << slot) != 0;
    }

    /** The words of a {@link PropertyType#STRING} property, or null when absent. */
    public @Nullable String text(int slot) {
        return texts[slot];
    }

    /** The whole number in a property: minor units, milliseconds, 0 or 1 for a boolean. Only after {@link #has}. */
    public long whole(int slot) {
        return type.properties().get(slot).type() == PropertyType.NUMBER
                ? (long) Double.longBitsToDouble(words[slot])
                : words[slot];
    }

    /** Any numeric property as a decimal number; NaN when absent. */
    public double number(int slot) {
        if (!has(slot)) {
            return Double.NaN;
        }
        return type.properties().get(slot).type() == PropertyType.NUMBER
                ? Double.longBitsToDouble(words[slot])
                : (double) words[slot];
    }

    /** The stored 64-bit word of a numeric property: the bits of a NUMBER, else the whole number itself. */
    public long word(int slot) {
        return words[slot];
    }

    /** What the sender said beyond the tracking plan, in the sender's order. Nothing in a step reads it. */
    public List<Undeclared> undeclared() {
        return undeclared;
    }

    /** How much memory it takes, roughly: for those who let events wait. */
    public int roughBytes() {
        int bytes = 2 * id.length() + Long.BYTES * words.length;
        for (String each : identifiers) {
            bytes += each == null ? 0 : 2 * each.length();
        }
        for (String each : texts) {
            bytes += each == null ? 0 : 2 * each.length();
        }
        for (Undeclared each : undeclared) {
            bytes += 2 * (each.name().length() + each.value().length());
        }
        return bytes;
    }

    @Override
    public String toString() {
        return type.name() + " at " + at();
    }

    /** Fills an event. One event per builder. */
    public static final class Builder {
        private final EventType type;
        private final String id;
        private final long atMillis;
        private final @Nullable String[] identifiers;
        private final long[] words;
        private final @Nullable String[] texts;
        private long present;
        private List<Undeclared> undeclared = List.of();

        private Builder(TrackingPlan plan, EventType type, String id, long atMillis) {
            this.type = type;
            this.id = id;
            this.atMillis = atMillis;
            this.identifiers = new String[plan.identifiers().size()];
            int slots = type.properties().size();
            this.words = slots == 0 ? NO_WORDS : new long[slots];
            this.texts = slots == 0 ? NO_TEXTS : new @Nullable String[slots];
        }

        public Builder identifier(int index, String value) {
            identifiers[index] = value;
            return this;
        }

        public Builder text(int slot, String value) {
            texts[slot] = value;
            present |= 1L << slot;
            return this;
        }

        /** A whole number: minor units of money, milliseconds of time or duration, 0 or 1 of a boolean. */
        public Builder whole(int slot, long value) {
            words[slot] = type.properties().get(slot).type() == PropertyType.NUMBER
                    ? Double.doubleToRawLongBits((double) value)
                    : value;
            present |= 1L << slot;
            return this;
        }

        /** A decimal number, for {@link PropertyType#NUMBER} only; must be finite. */
        public Builder number(int slot, double value) {
            if (type.properties().get(slot).type() != PropertyType.NUMBER || !Double.isFinite(value)) {
                throw new IllegalArgumentException("property "
                        + type.properties().get(slot).name() + " of " + type.name() + " cannot hold " + value);
            }
            words[slot] = Double.doubleToRawLongBits(value);
            present |= 1L << slot;
            return this;
        }

        /** Adds what the tracking plan does not declare. */
        public Builder undeclared(String name, String value) {
            if (undeclared.isEmpty()) {
                undeclared = new ArrayList<>();
            }
            undeclared.add(new Undeclared(name, value));
            return this;
        }

        public Event build() {
            return new Event(this);
        }
    }
}
