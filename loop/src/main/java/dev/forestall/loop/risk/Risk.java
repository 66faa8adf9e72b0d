package dev.forestall.loop.risk;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import java.util.Optional;

/**
 * A probability has crossed a level at which somebody wants to know.
 *
 * @param id of this effect
 * @param prediction what is predicted
 * @param model which model said so
 * @param change which way
 * @param atMillis when it was so, in event time
 * @param probability of the outcome within the horizon; when it is over, the latest that was known
 * @param level the level that was crossed; when several are crossed at once, each is told
 * @param trigger how policies and alerts call the level: {@code risk.cancels > 0.35}
 * @param value what is at stake if the outcome comes; empty when the prediction does not say
 * @param since the effect that told of the rise which ends now; the id itself for a rise
 * @param sinceMillis when that was
 */
public record Risk(
        EffectId id,
        String prediction,
        String model,
        Change change,
        long atMillis,
        Probability probability,
        Probability level,
        String trigger,
        Optional<Money> value,
        EffectId since,
        long sinceMillis) {

    /** Which way a level was crossed. */
    public enum Change {
        ROSE,
        FELL,
        /** The question is no longer asked: the journey has ended, or they are not one of those it is about. */
        OVER
    }
}
