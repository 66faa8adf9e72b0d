package dev.forestall.loop.host;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.loop.report.Report;
import java.util.List;

/** One record of the log of inputs. */
public sealed interface Logged {

    /** An event arrived. */
    record Arrived(Origin origin, Event event) implements Logged {}

    /**
     * Something arrived that could not be used. It stands in the log so that it is counted exactly once.
     *
     * @param raw as it arrived, as far as it is kept; it may hold personal data
     */
    record Rejection(Origin origin, Rejected rejected, String raw) implements Logged {}

    /**
     * Time passed for everyone: no event before {@code atMillis} is expected any more. Those who are silent are looked after, and
     * subjects hear what others told them.
     *
     * @param receipt when the host let it pass, or that it passed in history
     */
    record Ticked(long atMillis, Receipt receipt) implements Logged {

        /** In history. */
        public Ticked(long atMillis) {
            this(atMillis, Receipt.HISTORY);
        }
    }

    /**
     * Somebody said that two identifiers are not one customer. From here on the events before it do not join the two.
     *
     * @param origin {@link Origin#BY_HAND} when a person said so here
     */
    record Unmerged(Origin origin, Unmerge unmerge) implements Logged {}

    /** People, a channel or a workflow reported. */
    record Reported(Origin origin, Report report) implements Logged {}

    /**
     * A customer was erased: from here on nothing is known of the subjects that bore these numbers. What they had told others stays counted
     * there.
     *
     * @param subjects the numbers, ascending
     * @param atMillis when, by the clock of the host
     * @param because why, in words that name nobody
     */
    record Erased(Origin origin, List<Long> subjects, long atMillis, String because) implements Logged {
        public Erased {
            subjects = List.copyOf(subjects);
        }
    }

    /**
     * What is left of a record about somebody who was erased. That there was something is known, so that a source is not read again, and
     * counts stay what they were; what it was is known to nobody.
     *
     * @param kind what it was
     * @param atMillis when it was so, in milliseconds since 1970 UTC; 0 of an unmerge
     */
    record Unreadable(Origin origin, Kind kind, long atMillis) implements Logged {

        /** What there was before. */
        public enum Kind {
            EVENT,
            REPORT,
            UNMERGE
        }
    }

    /**
     * A customer's past had turned out to be another one, and so long that to work it out at once would have held up everybody. It was put
     * off, worked out beside, and here it takes effect.
     *
     * @param position at which it was put off; of {@link Stage#NOTED}, that of the record by which the past took effect
     * @param index which one of those that were put off there, from 0
     */
    record Folded(long position, int index, Stage stage) implements Logged {

        /** What takes effect. */
        public enum Stage {
            /** From here on the customer's state is what follows from all that is theirs. */
            STATE,
            /** From here on the record holds what that past would have said, in hindsight. */
            NOTED,
            /** The past is longer than any that is worked out. The customer goes on with what was known under the present name. */
            GIVEN_UP
        }
    }

    /**
     * From here on another definition is in force, or the same one is answered by another version of the program.
     *
     * @param definition its hash
     * @param semantics of the program, as {@code Loop.SEMANTICS} says
     * @param replaced the hash of the definition that was in force until here
     */
    record Activated(String definition, int semantics, String replaced) implements Logged {}
}
