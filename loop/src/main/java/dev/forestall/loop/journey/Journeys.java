package dev.forestall.loop.journey;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.expression.Variable;
import dev.forestall.loop.journey.Transition.Kind;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The journey stage: knows where each customer is in each journey. Immutable. */
public final class Journeys {

    private final List<Tracked> tracked = new ArrayList<>();
    private final BitSet types = new BitSet();

    public Journeys(List<Journey> journeys, Slots slots) {
        for (Journey journey : journeys) {
            tracked.add(new Tracked(journey, slots.next("journey." + journey.name(), Run.MEMORY)));
            types.or(journey.start().types());
            types.or(journey.goal().types());
            types.or(journey.failed().types());
            types.or(journey.closed().types());
            journey.steps().forEach(step -> types.or(step.enters().types()));
        }
    }

    public List<Journey> all() {
        return tracked.stream().map(Tracked::journey).toList();
    }

    /** Whether a run of a journey has started and not ended. */
    public boolean isOpen(Moment moment, Journey journey, String key) {
        return moment.cells().find(tracked(journey).slot, key) != null;
    }

    /** How many runs of a journey are under way. */
    public int open(Moment moment, Journey journey) {
        return moment.cells().keys(tracked(journey).slot).size();
    }

    /** When the run that the moment is about started; {@link Long#MIN_VALUE} when there is none. */
    public long startedAtMillis(Moment moment, Journey journey) {
        Run run = new Asked(tracked(journey), Asked.What.OPEN).run(moment);
        return run == null ? Long.MIN_VALUE : run.startedAtMillis;
    }

    /** When that run entered the step it is in; {@link Long#MIN_VALUE} when there is none. */
    public long enteredAtMillis(Moment moment, Journey journey) {
        Run run = new Asked(tracked(journey), Asked.What.OPEN).run(moment);
        return run == null ? Long.MIN_VALUE : run.enteredAtMillis;
    }

    /** The place of the step that run is in, from 1; 0 before the first, NaN when there is no run. */
    public double step(Moment moment, Journey journey) {
        Run run = new Asked(tracked(journey), Asked.What.OPEN).run(moment);
        return run == null ? Double.NaN : run.step + 1;
    }

    private Tracked tracked(Journey journey) {
        for (Tracked each : tracked) {
            if (each.journey == journey) {
                return each;
            }
        }
        throw new IllegalArgumentException("journey " + journey.name() + " is not part of this definition");
    }

    /** Moves the customer by the event of the moment, and tells what changed. */
    public void after(Moment moment, Event event, JourneyFindings findings) {
        List<Transition> transitions = findings.transitions();
        for (Tracked each : tracked) {
            if (types.get(event.type().index()) || each.journey.abandonedAfterMillis() > 0) {
                each.after(moment, event, transitions);
            }
        }
    }

    /** Ends what has been abandoned by the moment. */
    public void due(Moment moment, JourneyFindings findings) {
        List<Transition> transitions = findings.transitions();
        for (Tracked each : tracked) {
            String key = moment.cells().firstDue(each.slot, moment.atMillis());
            while (key != null) {
                each.end(moment, key, Kind.ABANDONED, transitions);
                key = moment.cells().firstDue(each.slot, moment.atMillis());
            }
        }
    }

    /** What conditions may ask of journeys: {@code open}, {@code step} and {@code value} of each. */
    public List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        for (Tracked each : tracked) {
            variables.add(new Asked(each, Asked.What.OPEN));
            variables.add(new Asked(each, Asked.What.STEP));
            variables.add(new Asked(each, Asked.What.VALUE));
        }
        return variables;
    }

    private record Tracked(Journey journey, Slot<Run> slot) {

        void after(Moment moment, Event event, List<Transition> transitions) {
            String key = journey.key().of(event);
            if (key == null) {
                return;
            }
            Run run = moment.cells().find(slot, key);
            if (run == null) {
                if (journey.start().matches(event, moment)) {
                    start(moment, key, transitions);
                }
                return;
            }
            run.lastAtMillis = Math.max(run.lastAtMillis, moment.atMillis());
            Kind end = endBy(event, moment);
            if (end != null) {
                end(moment, key, end, transitions);
                return;
            }
            int step = stepBy(event, moment);
            // A late event belongs to a step the customer has left since: it does not move them back.
            if (step >= 0 && step != run.step && moment.atMillis() >= run.enteredAtMillis) {
                move(moment, key, run, step, transitions);
            }
            waitForSilence(moment, key, run);
        }

        private void start(Moment moment, String key, List<Transition> transitions) {
            List<String> open = moment.cells().keys(slot);
            if (open.size() >= Journey.MAX_RUNS) {
                end(moment, oldest(moment, open), Kind.DISPLACED, transitions);
            }
            Run run = moment.cells().open(slot, key);
            run.open = true;
            run.startedAtMillis = moment.atMillis();
            run.enteredAtMillis = run.startedAtMillis;
            run.lastAtMillis = run.startedAtMillis;
            if (journey.valueMinor() != null) {
                double value = journey.valueMinor().value(moment);
                run.valueMinor = Money.isAmount(value) ? (long) Math.rint(value) : Long.MIN_VALUE;
            }
            transitions.add(transition(moment, key, run, Kind.STARTED, "", ""));
            Event event = moment.event();
            int step = event == null ? -1 : stepBy(event, moment);
            if (step >= 0) {
                move(moment, key, run, step, transitions);
            }
            waitForSilence(moment, key, run);
        }

        private String oldest(Moment moment, List<String> keys) {
            String oldest = keys.getFirst();
            for (String key : keys) {
                if (started(moment, key) < started(moment, oldest)) {
                    oldest = key;
                }
            }
            return oldest;
        }

        private long started(Moment moment, String key) {
            return moment.cells().open(slot, key).startedAtMillis;
        }

        private void move(Moment moment, String key, Run run, int step, List<Transition> transitions) {
            String from = name(run.step);
            boolean backwards = step < run.step;
            long dwell = moment.atMillis() - run.enteredAtMillis;
            run.step = step;
            run.enteredAtMillis = moment.atMillis();
            transitions.add(new Transition(
                    moment.nextEffect(),
                    journey.name(),
                    key,
                    Kind.MOVED,
                    from,
                    name(step),
                    run.startedAtMillis,
                    moment.atMillis(),
                    dwell,
                    backwards,
                    value(run)));
        }

        void end(Moment moment, String key, Kind kind, List<Transition> transitions) {
            Run run = moment.cells().open(slot, key);
            transitions.add(transition(moment, key, run, kind, name(run.step), ""));
            moment.cells().drop(slot, key);
        }

        private Transition transition(Moment moment, String key, Run run, Kind kind, String from, String to) {
            long dwell = Math.max(0, moment.atMillis() - run.enteredAtMillis);
            return new Transition(
                    moment.nextEffect(),
                    journey.name(),
                    key,
                    kind,
                    from,
                    to,
                    run.startedAtMillis,
                    moment.atMillis(),
                    dwell,
                    false,
                    value(run));
        }

        private Optional<Money> value(Run run) {
            return journey.currency() != null && run.hasValue()
                    ? Optional.of(new Money(run.valueMinor, journey.currency()))
                    : Optional.empty();
        }

        private void waitForSilence(Moment moment, String key, Run run) {
            if (journey.abandonedAfterMillis() > 0) {
                moment.cells().wake(slot, key, run.lastAtMillis + journey.abandonedAfterMillis());
            }
        }

        private @Nullable Kind endBy(Event event, Moment moment) {
            if (journey.goal().matches(event, moment)) {
                return Kind.REACHED_GOAL;
            }
            if (journey.failed().matches(event, moment)) {
                return Kind.FAILED;
            }
            return journey.closed().matches(event, moment) ? Kind.CLOSED : null;
        }

        private int stepBy(Event event, Moment moment) {
            for (int i = 0; i < journey.steps().size(); i++) {
                if (journey.steps().get(i).enters().matches(event, moment)) {
                    return i;
                }
            }
            return -1;
        }

        private String name(int step) {
            return step < 0 ? "" : journey.steps().get(step).name();
        }
    }

    /** One question about one journey. With several runs at once it answers for the one in focus, else the event's. */
    private record Asked(Tracked tracked, What what) implements Variable {

        enum What {
            OPEN,
            STEP,
            VALUE
        }

        @Override
        public String name() {
            return "journey." + tracked.journey.name() + "." + what.name().toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public boolean isText() {
            return what == What.STEP;
        }

        @Override
        public double number(Moment moment) {
            Run run = run(moment);
            if (what == What.OPEN) {
                return run == null ? 0 : 1;
            }
            return run == null || !run.hasValue() ? Double.NaN : run.valueMinor;
        }

        @Override
        public @Nullable String text(Moment moment) {
            Run run = run(moment);
            return run == null ? null : tracked.name(run.step);
        }

        /** When the run is given up, it is no longer open. */
        @Override
        public long changesAtMillis(Moment moment) {
            String key = key(moment);
            return key == null ? Cells.NEVER : moment.cells().wakeOf(tracked.slot, key);
        }

        private @Nullable Run run(Moment moment) {
            String key = key(moment);
            return key == null ? null : moment.cells().find(tracked.slot, key);
        }

        /** The run in focus, else the event's, else the only one; null when that does not say which. */
        private @Nullable String key(Moment moment) {
            String key = moment.journeyKey();
            if (key == null && moment.event() != null) {
                key = tracked.journey.key().of(moment.event());
            }
            if (key != null) {
                return key;
            }
            List<String> open = moment.cells().keys(tracked.slot);
            return open.size() == 1 ? open.getFirst() : null;
        }
    }
}
