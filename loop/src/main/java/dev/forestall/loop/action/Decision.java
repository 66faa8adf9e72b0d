package dev.forestall.loop.action;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.trigger.Basis;
import java.util.List;
import java.util.Optional;

/**
 * A choice, with everything that was considered.
 *
 * @param id of this effect
 * @param policy that decided
 * @param journeyKey the run of the journey it is about; empty when it is about the customer
 * @param atMillis when, in event time
 * @param cause the signal or risk on which it was decided; empty when a page or an app has asked for it
 * @param group whether the customer is in treatment or control
 * @param isUniversal whether it is the control group of all policies, and not the holdout of this one alone
 * @param draw the number in 0..1 that put the customer there
 * @param chosen the action; {@code nothing} is one
 * @param wouldChoose what is chosen for those who are treated, if no other policy has priority
 * @param propensity how likely this choice was, given all the same: for those who compare policies later
 * @param valueAtRisk what is at stake
 * @param candidates every candidate with its worth, and why it was not chosen
 * @param basis the risks that were known, and the reasons of the one that triggered
 * @param isTooLate whether the trigger was too old to act on when it came to be known: nothing is done, for nobody, and no outcome is awaited
 */
public record Decision(
        EffectId id,
        String policy,
        String journeyKey,
        long atMillis,
        Optional<EffectId> cause,
        Group group,
        boolean isUniversal,
        double draw,
        String chosen,
        String wouldChoose,
        Probability propensity,
        Optional<Money> valueAtRisk,
        List<Considered> candidates,
        Basis basis,
        boolean isTooLate) {

    /** Which arm of the comparison a customer is in. */
    public enum Group {
        TREATMENT,
        CONTROL
    }

    /**
     * One candidate.
     *
     * @param action its name
     * @param expectedValue what it was expected to bring, net of its cost; absent when it could not be computed
     * @param rejection why it was not chosen, for people; empty for the chosen one
     */
    public record Considered(String action, Optional<Money> expectedValue, String rejection) {}

    public Decision {
        candidates = List.copyOf(candidates);
    }

    /** Whether a page or an app has asked for it, and shows what was chosen: nothing is requested. */
    public boolean isInSession() {
        return cause.isEmpty();
    }
}
