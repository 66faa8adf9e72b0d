package dev.forestall.loop.action;

import dev.forestall.loop.trigger.TriggerName;
import java.util.List;

/** What takes a request back, beside a person. */
public sealed interface Withdrawal {

    /** As a pack writes it. */
    String text();

    /** What it waits for by name. */
    default List<TriggerName> triggers() {
        return this instanceof Ends ends ? List.of(ends.name()) : List.of();
    }

    /** What it was decided on is over, or never was; or the run of the journey that it is about has ended. */
    record CauseEnds() implements Withdrawal {
        @Override
        public String text() {
            return "cause ends";
        }
    }

    /** Something else is over, or never was. */
    record Ends(TriggerName name) implements Withdrawal {
        @Override
        public String text() {
            return ends(name.text());
        }
    }

    /** Nothing: an apology is due also when all is well again. */
    record Never() implements Withdrawal {
        @Override
        public String text() {
            return "never";
        }
    }

    /** As a pack writes it. @param trigger as a pack writes what is over */
    static String ends(String trigger) {
        return trigger + " ends";
    }

    /** What a pack has that says nothing else. */
    Withdrawal STANDARD = new CauseEnds();

    /** Of what stays due. */
    Withdrawal NEVER = new Never();
}
