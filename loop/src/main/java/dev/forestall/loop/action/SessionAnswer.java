package dev.forestall.loop.action;

import dev.forestall.loop.action.Decision.Group;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Probability;
import java.util.List;

/** What is known when a page or an app asks what to show to a customer who is there now. */
public sealed interface SessionAnswer {

    /** Nobody has decided, or not lately: the question has to go into the log, and what follows from it is the answer. */
    record Open() implements SessionAnswer {}

    /** What the policy demands does not hold for the customer: there is nothing to decide. */
    record NotMeant() implements SessionAnswer {}

    /**
     * A decision stands.
     *
     * @param decision its effect
     * @param chosen the action; {@code nothing} is one
     * @param channel on which it reaches the customer; empty for nothing
     * @param parameters what the action is filled with by what is known now
     * @param isShown whether it counts as shown: else it is only kept ready
     * @param untilMillis so long it stands, unless something changes
     */
    record Decided(
            EffectId decision,
            String chosen,
            String channel,
            List<Parameter> parameters,
            Group group,
            Probability propensity,
            boolean isShown,
            long untilMillis)
            implements SessionAnswer {

        public Decided {
            parameters = List.copyOf(parameters);
        }
    }
}
