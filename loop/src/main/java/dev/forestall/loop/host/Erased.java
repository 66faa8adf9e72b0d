package dev.forestall.loop.host;

/**
 * What was erased.
 *
 * @param names under which the customer was known
 * @param effects of which no more is left than that they were
 * @param messages to others that name nobody any more
 */
public record Erased(int names, long effects, long messages) {

    /** Of nobody. */
    public static final Erased NOTHING = new Erased(0, 0, 0);

    /** Both together. */
    public Erased plus(Erased other) {
        return new Erased(names + other.names, effects + other.effects, messages + other.messages);
    }
}
