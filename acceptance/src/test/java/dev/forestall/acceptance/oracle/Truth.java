package dev.forestall.acceptance.oracle;

import java.util.List;
import java.util.SortedSet;

/** Collects what is to be said about one customer or run, by the intervals in which a signal stands. */
class Truth {

    /** Never, as far as anyone knows. */
    static final long OPEN = Long.MAX_VALUE;

    private final List<Said> said;
    private final String subject;
    private final String key;
    private final long horizon;
    private final long endAt;
    private final boolean raisedByEvents;
    private final boolean ends;

    /**
     * @param said where to put it
     * @param horizon the last instant of which anything can be said
     */
    Truth(List<Said> said, String subject, String key, long horizon) {
        this(said, subject, key, horizon, OPEN, true, true);
    }

    private Truth(
            List<Said> said,
            String subject,
            String key,
            long horizon,
            long endAt,
            boolean raisedByEvents,
            boolean ends) {
        this.said = said;
        this.subject = subject;
        this.key = key;
        this.horizon = horizon;
        this.endAt = endAt;
        this.raisedByEvents = raisedByEvents;
        this.ends = ends;
    }

    /**
     * The same for what lives inside a run: it is over when the run ends.
     *
     * @param raisedByEvents whether it becomes true by events, and so even by the one that ends the run, which is then the last word;
     *     otherwise it becomes true by time, of which the end is ahead
     */
    Truth upTo(long runEndAt, boolean byEvents) {
        return new Truth(said, subject, key, horizon, runEndAt, byEvents, ends);
    }

    /** The same for signals that fire each time and never end. */
    Truth withoutEnds() {
        return new Truth(said, subject, key, horizon, endAt, raisedByEvents, false);
    }

    /** Takes only what is raised at the instant at which a run ends, and says of it that it is over. */
    Truth endingAt(long runEndAt) {
        return new Truth(said, subject, key, horizon, runEndAt, true, ends) {
            @Override
            void stands(long from, long to) {
                if (from == runEndAt && from <= horizon) {
                    said.add(Said.ended(subject, key, from));
                }
            }

            @Override
            void momentary(long at) {}
        };
    }

    /** It stands from an instant up to another, as far as the horizon reaches. */
    void stands(long from, long to) {
        if (!isKnown(from)) {
            return;
        }
        said.add(Said.raised(subject, key, from));
        long over = Math.min(to, endAt);
        if (ends && from < endAt && over != OPEN && over <= horizon) {
            said.add(Said.ended(subject, key, over));
        }
    }

    /** It is over as soon as it is said. */
    void momentary(long at) {
        if (isKnown(at)) {
            said.add(Said.raised(subject, key, at));
        }
    }

    private boolean isKnown(long at) {
        return at <= horizon && (at < endAt || raisedByEvents && at == endAt);
    }

    /** What holds at an instant, all events up to and including it being known. */
    interface Holds {
        boolean at(long instant);
    }

    /** It stands while a condition holds, which can change at some instants only. */
    void standsWhile(SortedSet<Long> instants, Holds condition) {
        long since = OPEN;
        for (long instant : instants) {
            boolean holds = condition.at(instant);
            if (holds && since == OPEN) {
                since = instant;
            } else if (!holds && since != OPEN) {
                stands(since, instant);
                since = OPEN;
            }
        }
        if (since != OPEN) {
            stands(since, OPEN);
        }
    }
}
