package dev.forestall.loop.action;

import dev.forestall.loop.trigger.TriggerName;

/** What takes a request back, beside a person. */
public sealed interface Withdrawal {

    /** As a pack writes it. */
    String text();

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
            return name.text() + " ends";
        }
    }

    /** Nothing: an apology is due also when all is well again. */
    record Never() implements Withdrawal {
        @Override
        public String text() {
            return "never";
        }
    }

    /** What a pack has that says nothing else. */
    Withdrawal STANDARD = new CauseEnds();
}
