package dev.forestall.loop.gate;

import dev.forestall.loop.state.Cells;

/** What the gate says about reaching a customer. Immutable. */
public sealed interface GateAnswer {

    /** Nothing stands against it at this moment. */
    record Allowed() implements GateAnswer {}

    /**
     * Not now, perhaps later: it has to be asked again.
     *
     * @param untilMillis when to ask again, in event time; {@link Cells#NEVER} when it waits for an answer and not for a time: a person's, or
     *     that of a scarce resource
     * @param rule which rule it is
     * @param value what the rule looked at, for people: {@code 21:00-08:00 Europe/Berlin}
     */
    record Deferred(long untilMillis, GateRule rule, String value) implements GateAnswer {

        /** Whether it waits for an answer and not for a time. */
        public boolean isUntilTold() {
            return untilMillis == Cells.NEVER;
        }

        /** For people: {@code quiet hours: 21:00-08:00 Europe/Berlin}. */
        public String inWords() {
            return rule.inWords() + ": " + value;
        }
    }

    /**
     * No, and asking again is of no use.
     *
     * @param rule which rule it is
     * @param value what the rule looked at, for people: {@code voice at most 1 in 14 days}
     */
    record Refused(GateRule rule, String value) implements GateAnswer {

        /** For people: {@code capped: voice at most 1 in 14 days}. */
        public String inWords() {
            return rule.inWords() + ": " + value;
        }
    }

    /** Nothing stands against it. */
    GateAnswer ALLOWED = new Allowed();

    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    default boolean isRefused() {
        return this instanceof Refused;
    }
}
