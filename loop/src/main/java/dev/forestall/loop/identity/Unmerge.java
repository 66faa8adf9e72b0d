package dev.forestall.loop.identity;

import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;

/**
 * Somebody knows better: these two identifiers are not one customer. Retracts the edge between the two, and only that one. It stands
 * in the log like any input, so that a replay comes to the same result.
 *
 * <p>The evidence so far does not join the two again; what events say afterwards does, unless it is for good. The latest unmerge of a
 * pair counts: one that is not for good lifts an earlier one that was.
 *
 * @param one either of the two
 * @param other the other one
 * @param forGood whether no later event may join the two
 */
public record Unmerge(Identifier one, Identifier other, boolean forGood) {

    public Unmerge {
        if (one.equals(other)) {
            throw new IllegalArgumentException("a value of " + one.name() + " cannot be parted from itself");
        }
    }

    public void write(Writer to) {
        to.text(one.name())
                .text(one.value())
                .text(other.name())
                .text(other.value())
                .flag(forGood);
    }

    public static Unmerge read(Reader from) {
        return new Unmerge(
                new Identifier(from.text(), from.text()), new Identifier(from.text(), from.text()), from.flag());
    }
}
