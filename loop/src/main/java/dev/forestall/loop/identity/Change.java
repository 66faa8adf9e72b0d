package dev.forestall.loop.identity;

import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.state.Said;
import dev.forestall.loop.state.State;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What one input has changed about who is who. The same input always lists it in the same order.
 *
 * @param merges customers that have become one
 * @param splits customers that have fallen apart
 * @param shared identifiers that have just been found shared: they join nobody any more, as if they never had
 * @param altered customers of now whose past is certainly another one than it was: their state is to be folded again
 * @param gone customers that no longer are: what is held of them is to be dropped
 * @param notices what was refused, for people; the input itself is used all the same
 */
public record Change(
        List<Merged> merges,
        List<Split> splits,
        List<Identifier> shared,
        List<SubjectId> altered,
        List<SubjectId> gone,
        List<Rejected> notices) {

    /** Nothing new, as with nearly every event. */
    public static final Change NONE = new Change(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /**
     * Several customers have become one, each as a whole or in part.
     *
     * @param into who they are now
     * @param from who they were, without {@code into} itself
     */
    public record Merged(SubjectId into, List<SubjectId> from) {

        public Merged {
            from = List.copyOf(from);
        }
    }

    /**
     * One customer has turned out to be several.
     *
     * @param before who they were taken for
     * @param into who they are now; {@code before} can be among them
     */
    public record Split(SubjectId before, List<SubjectId> into) {

        public Split {
            into = List.copyOf(into);
        }
    }

    public Change {
        merges = List.copyOf(merges);
        splits = List.copyOf(splits);
        shared = List.copyOf(shared);
        altered = List.copyOf(altered);
        gone = List.copyOf(gone);
        notices = List.copyOf(notices);
    }

    static Change onlyNotice(Rejected notice) {
        return new Change(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(notice));
    }

    /**
     * What was really said to a customer whose past is another one now, and done for them: by whoever of before they were taken for. Who falls
     * apart passes open requests, alerts and decisions on to one part, the one that keeps the name, and contacts to all.
     *
     * @param customer one of now
     * @param before the states before the change, by the names of then; empty for nobody
     * @return a state in which only what was really said and done counts
     */
    public State said(SubjectId customer, Function<SubjectId, State> before, Said said) {
        State real = before.apply(customer);
        for (Merged merged : merges) {
            if (merged.into().equals(customer)) {
                for (SubjectId from : merged.from()) {
                    State other = before.apply(from);
                    real = said.join(real, gone.contains(from) ? other : said.ofEveryPart(other));
                }
            }
        }
        for (Split split : splits) {
            if (split.into().contains(customer) && !split.before().equals(customer)) {
                boolean isHeir = !split.into().contains(split.before())
                        && split.into().getFirst().equals(customer);
                State other = before.apply(split.before());
                real = said.join(real, isHeir ? other : said.ofEveryPart(other));
            }
        }
        return real;
    }

    /**
     * The customers whose state a host has to fold again from the log. Most merges join a customer with an identifier that was never
     * seen alone: then nothing has to be folded.
     *
     * @param isHeld whether the host holds anything about a customer: a state, or inputs that are still to come
     */
    public List<SubjectId> rebuild(Predicate<SubjectId> isHeld) {
        SequencedSet<SubjectId> rebuild = new TreeSet<>(altered);
        for (Merged merged : merges) {
            if (merged.from().stream().anyMatch(isHeld)) {
                rebuild.add(merged.into());
            }
        }
        return List.copyOf(rebuild);
    }
}
