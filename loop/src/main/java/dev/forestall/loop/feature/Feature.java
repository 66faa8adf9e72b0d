package dev.forestall.loop.feature;

import dev.forestall.loop.expression.Moment;

/**
 * One number about a customer at a moment. Immutable.
 *
 * @param key names it for good: a model refers to it by this
 * @param group what it is about, as a reason would name it: {@code event call_missed}, {@code journey application}
 * @param phrase what it is called
 * @param unit what it counts
 * @param reading how it is read
 */
public record Feature(String key, String group, Phrase phrase, Unit unit, Reading reading) {

    /** What begins the group of what is outside of the customer: cohorts that they belong to, entities that they depend on. */
    public static final String OUTSIDE = "outside ";

    /** Reads one number. Pure. NaN when there is none. */
    @FunctionalInterface
    interface Reading {
        double of(Track track, Moment moment);
    }

    /** For people, in English: {@code call missed, lately (half-life 7 days)}. */
    public String words() {
        return phrase.english();
    }

    @Override
    public String toString() {
        return key;
    }
}
