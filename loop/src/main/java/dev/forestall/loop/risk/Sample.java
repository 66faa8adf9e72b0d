package dev.forestall.loop.risk;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.expression.Truth;
import org.jspecify.annotations.Nullable;

/** What is gathered from history to learn from: never in a live definition. */
public sealed interface Sample {

    EffectId id();

    String prediction();

    long atMillis();

    /**
     * A moment at which the question is asked, with all that is known then.
     *
     * @param row the features, in the order of those that were asked for; absent ones are NaN
     * @param texts what each source of texts says, null where it says nothing
     * @param label what became of it, when the event says so itself; else unknown
     */
    record Taken(
            EffectId id,
            String prediction,
            long atMillis,
            float[] row,
            @Nullable String[] texts,
            Truth label) implements Sample {}

    /**
     * Something happened that counts towards the outcome.
     *
     * @param amount by how much: 1 where events are counted
     */
    record Came(EffectId id, String prediction, long atMillis, double amount) implements Sample {}
}
