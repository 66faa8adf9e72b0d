package dev.forestall.loop.reason;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Probability;
import java.util.List;

/**
 * Why a risk is what it is.
 *
 * @param id of this effect
 * @param prediction what is predicted
 * @param model which model said so
 * @param risk the effect that is explained
 * @param atMillis when it was so, in event time
 * @param probability of the outcome
 * @param usual the probability of somebody of whom nothing is known
 * @param reasons the strongest first, whether they raise or lower it
 * @param restLogOdds by how much everything else moves the log odds
 * @param outside what is not as it should be now outside of the customer, in the order of the signals' names
 */
public record Explanation(
        EffectId id,
        String prediction,
        String model,
        EffectId risk,
        long atMillis,
        Probability probability,
        Probability usual,
        List<Reason> reasons,
        double restLogOdds,
        List<Outside> outside) {

    public Explanation {
        reasons = List.copyOf(reasons);
        outside = List.copyOf(outside);
    }
}
