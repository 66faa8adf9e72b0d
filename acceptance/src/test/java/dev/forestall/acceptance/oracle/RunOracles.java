package dev.forestall.acceptance.oracle;

import java.util.List;
import java.util.Set;

/** What signals say about runs of a journey, by brute force over the runs. */
final class RunOracles {

    private RunOracles() {}

    /** What a signal is to say about one run. */
    @FunctionalInterface
    interface OfRun {
        void tell(Run run, Truth truth);
    }

    /** In a step for longer than the time; until they leave it. */
    static OfRun hesitation(int step, long within) {
        return (run, truth) -> {
            for (Run.Stay stay : run.stays()) {
                if (stay.step() == step && stay.to() > stay.from() + within) {
                    truth.stands(stay.from() + within, stay.to());
                }
            }
        };
    }

    /** Back to an earlier step for the n-th time; until the run ends. */
    static OfRun rework(int times) {
        return (run, truth) -> {
            int back = 0;
            for (int i = 1; i < run.stays().size(); i++) {
                boolean isBack =
                        run.stays().get(i).step() < run.stays().get(i - 1).step();
                back += isBack ? 1 : 0;
                if (isBack && back == times) {
                    truth.stands(run.stays().get(i).from(), run.endAt());
                }
            }
        };
    }

    /**
     * A bad end from one of the steps, or silence in one of them.
     *
     * @param steps the places of the steps that count; none for any, the time before the first included
     * @param silence how long; 0 when only ends count
     */
    static OfRun exit(Set<Integer> steps, long silence) {
        return (run, truth) -> {
            boolean silentAtEnd = false;
            List<Run.Stay> stays = run.stays();
            for (int i = 0; i < stays.size() && silence > 0; i++) {
                boolean comes = i == 0 || !counts(steps, stays.get(i - 1).step());
                if (comes && counts(steps, stays.get(i).step())) {
                    silentAtEnd = silences(run, steps, i, silence, truth);
                }
            }
            boolean leaves = run.endedBadly() && counts(steps, stays.getLast().step());
            if (leaves && !silentAtEnd) {
                // What the end itself raises is never said to have ended.
                truth.momentary(run.endAt());
            }
        };
    }

    /** The silences in a stretch of counting steps that begins with a stay. Whether the run ended in one of them. */
    private static boolean silences(Run run, Set<Integer> steps, int first, long silence, Truth truth) {
        int behind = first;
        while (behind < run.stays().size()
                && counts(steps, run.stays().get(behind).step())) {
            behind++;
        }
        boolean lasts = behind == run.stays().size();
        long from = run.stays().get(first).from();
        long to = lasts ? run.endAt() : run.stays().get(behind).from();
        long last = from;
        for (Happening each : run.events()) {
            if (each.at() > from && each.at() <= to) {
                if (each.at() > last + silence) {
                    truth.stands(last + silence, each.at());
                }
                last = each.at();
            }
        }
        if (to > last + silence) {
            truth.stands(last + silence, to);
        }
        return lasts && isSilent(run, from, silence);
    }

    /** Whether the last of the silences still lasted when the run ended. */
    private static boolean isSilent(Run run, long from, long silence) {
        long last = from;
        for (Happening each : run.events()) {
            boolean endsIt = run.endedByEvent() && each == run.events().getLast();
            last = endsIt ? last : Math.max(last, each.at());
        }
        return run.endAt() > last + silence;
    }

    private static boolean counts(Set<Integer> steps, int step) {
        return steps.isEmpty() || steps.contains(step);
    }

    /**
     * A detector that looks at events, inside each run: from its start to its end and no further.
     *
     * @param byEvents whether it becomes true by events rather than by time
     */
    static OfRun inside(Oracle oracle, boolean byEvents) {
        return (run, truth) -> {
            oracle.tell(run.events(), truth.upTo(run.endAt(), byEvents));
            if (byEvents && run.end() != Run.End.NOT) {
                // What was raised at the very instant of the end, but not by the event that ended it, is over as well.
                List<Happening> events = run.events();
                List<Happening> beforeEnd = run.endedByEvent() ? events.subList(0, events.size() - 1) : events;
                oracle.tell(beforeEnd, truth.endingAt(run.endAt()));
            }
        };
    }
}
