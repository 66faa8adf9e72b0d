package dev.forestall.loop.action;

import dev.forestall.loop.event.Probability;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.trigger.TriggerName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of when and how to decide. Immutable.
 *
 * @param name as the pack calls it
 * @param on on what it decides: signals, and levels of risks; empty when it is asked
 * @param when what must hold as well
 * @param candidates the actions to choose from, in the order in which ties are broken; {@code nothing} comes by itself
 * @param valueAtRiskMinor what is at stake, in minor units, for the record; null when not said
 * @param expectedValueMinor what a candidate is worth, in minor units: a formula over the moment, its uplift and cost
 * @param priority of requests to one customer at one instant, the one with the highest goes on; null for that of the action's purpose
 * @param holdout the share of customers who are left alone
 * @param cooldownMillis for so long after a decision on the same run the policy does not decide again; 0 for no cooldown
 * @param maxAgeMillis a trigger that had been true for longer than this when it came to be known is too old to act on; in history nothing is
 * @param inSession how it is asked by a page or an app; null when it decides by itself
 * @param ramp the share of those who are not held out that is treated: a new policy begins with few. Whoever is treated stays so when it grows
 * @param stopAbove when more requests than this are made, it is stopped; null when nobody says
 */
public record Policy(
        String name,
        Set<TriggerName> on,
        Condition when,
        List<Candidate> candidates,
        @Nullable Formula valueAtRiskMinor,
        Formula expectedValueMinor,
        @Nullable Integer priority,
        Probability holdout,
        long cooldownMillis,
        long maxAgeMillis,
        @Nullable InSession inSession,
        Probability ramp,
        @Nullable Rate stopAbove) {

    /** How many requests are too many. @param times more than so many @param withinMillis in so long */
    public record Rate(int times, long withinMillis) {

        public Rate {
            if (times < 1 || withinMillis < 1) {
                throw new IllegalArgumentException(times + " within " + withinMillis + " ms is impossible");
            }
        }
    }

    /** How old a trigger may be by default when it comes to be known: an hour. */
    public static final long STANDARD_MAX_AGE_MILLIS = 3_600_000;

    /**
     * That a page or an app asks for the decision while the customer is there, and shows what was chosen.
     *
     * @param holdMillis for so long an answer stands, unless something about the customer changes
     */
    public record InSession(long holdMillis) {

        /** For how long an answer stands whose pack does not say: half an hour, as a session does. */
        public static final long STANDARD_HOLD_MILLIS = 30 * 60_000;

        public InSession {
            if (holdMillis <= 0) {
                throw new IllegalArgumentException("an answer that stands for " + holdMillis + " ms is none");
            }
        }
    }

    /** One that decides by itself. */
    public Policy(
            String name,
            Set<TriggerName> on,
            Condition when,
            List<Candidate> candidates,
            @Nullable Formula valueAtRiskMinor,
            Formula expectedValueMinor,
            @Nullable Integer priority,
            Probability holdout,
            long cooldownMillis,
            long maxAgeMillis) {
        this(
                name,
                on,
                when,
                candidates,
                valueAtRiskMinor,
                expectedValueMinor,
                priority,
                holdout,
                cooldownMillis,
                maxAgeMillis,
                null,
                new Probability(1),
                null);
    }

    /** The same, for a share of those who are not held out, and stopped when it asks for too much. */
    public Policy ramped(Probability share, @Nullable Rate above) {
        return new Policy(
                name,
                on,
                when,
                candidates,
                valueAtRiskMinor,
                expectedValueMinor,
                priority,
                holdout,
                cooldownMillis,
                maxAgeMillis,
                inSession,
                share,
                above);
    }

    /** The share of customers who are not in treatment, the universal control group aside. */
    double heldOut() {
        return holdout.value() + (1 - holdout.value()) * (1 - ramp.value());
    }

    /** The same, asked in session. */
    public Policy asked(InSession how) {
        return new Policy(
                name,
                Set.of(),
                when,
                candidates,
                valueAtRiskMinor,
                expectedValueMinor,
                priority,
                holdout,
                cooldownMillis,
                maxAgeMillis,
                how,
                ramp,
                stopAbove);
    }

    /** With triggers of the usual age. */
    public Policy(
            String name,
            Set<TriggerName> on,
            Condition when,
            List<Candidate> candidates,
            @Nullable Formula valueAtRiskMinor,
            Formula expectedValueMinor,
            @Nullable Integer priority,
            Probability holdout,
            long cooldownMillis) {
        this(
                name,
                on,
                when,
                candidates,
                valueAtRiskMinor,
                expectedValueMinor,
                priority,
                holdout,
                cooldownMillis,
                STANDARD_MAX_AGE_MILLIS);
    }

    /**
     * One action that may be chosen.
     *
     * @param action what would be done
     * @param uplift by how much it is expected to raise the probability of a good end; null when not said, then it counts as 0
     * @param when what must hold for it to be possible
     * @param whenText the condition as the pack wrote it, for the record
     */
    public record Candidate(Action action, @Nullable Formula uplift, Condition when, String whenText) {}

    public Policy {
        on = TriggerName.ordered(on);
        candidates = List.copyOf(candidates);
        if (cooldownMillis < 0 || maxAgeMillis <= 0) {
            throw new IllegalArgumentException(
                    "policy " + name + ": the cooldown is negative, or the age is not above 0");
        }
    }

    /** With the priority of its actions' purposes. */
    public Policy(
            String name,
            Set<TriggerName> on,
            Condition when,
            List<Candidate> candidates,
            @Nullable Formula valueAtRiskMinor,
            Formula expectedValueMinor,
            Probability holdout,
            long cooldownMillis) {
        this(name, on, when, candidates, valueAtRiskMinor, expectedValueMinor, null, holdout, cooldownMillis);
    }

    /** The same with another priority. */
    public Policy withPriority(int other) {
        return new Policy(
                name,
                on,
                when,
                candidates,
                valueAtRiskMinor,
                expectedValueMinor,
                other,
                holdout,
                cooldownMillis,
                maxAgeMillis,
                inSession,
                ramp,
                stopAbove);
    }

    int priority(Action action) {
        return priority == null ? action.purpose().priority() : priority;
    }
}
