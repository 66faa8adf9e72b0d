package dev.forestall.views.report;

import dev.forestall.loop.event.EffectId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the report remembers of one subject while it reads on. */
final class Followed {

    /** Where it stands in the sample. */
    final int level;
    /** The numbers of the signals that were ever raised about it. */
    final BitSet signals = new BitSet();
    /** Its open runs, of all journeys. */
    final List<Run> runs = new ArrayList<>(1);
    /** The first decision about it, by the policy's number. */
    private final List<First> firsts = new ArrayList<>(0);

    private record First(int policy, EffectId decision) {}

    Followed(int level) {
        this.level = level;
    }

    @Nullable
    Run run(int journey, String key) {
        for (Run run : runs) {
            if (run.journey == journey && run.key.equals(key)) {
                return run;
            }
        }
        return null;
    }

    /** Takes a decision for the first one of its policy, unless there was one. */
    boolean decided(int policy, EffectId decision) {
        boolean isFirst = firsts.stream().noneMatch(first -> first.policy == policy);
        if (isFirst) {
            firsts.add(new First(policy, decision));
        }
        return isFirst;
    }

    boolean isFirst(EffectId decision) {
        return firsts.stream().anyMatch(first -> first.decision.equals(decision));
    }

    /** One open run of a journey. */
    static final class Run {
        final int journey;
        final String key;
        /** Those it ever was in, one bit each. */
        long steps;

        int step;
        long enteredAtMillis;
        final List<Raised> raised = new ArrayList<>(0);

        Run(int journey, String key, long startedAtMillis) {
            this.journey = journey;
            this.key = key;
            enter(0, startedAtMillis);
        }

        void enter(int next, long atMillis) {
            step = next;
            steps |= 1L << next;
            enteredAtMillis = atMillis;
        }

        boolean has(int signal) {
            return raised.stream().anyMatch(each -> each.signal == signal);
        }
    }

    /** When and in which step a signal was first raised in a run. */
    record Raised(int signal, long atMillis, int step) {}
}
