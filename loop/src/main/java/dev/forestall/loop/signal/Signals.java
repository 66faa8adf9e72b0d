package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Message.Addressed;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.expression.Variable;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.journey.Journeys;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The signal stage: lets every detector see what concerns it. Immutable. */
public final class Signals {

    private final List<Placed<?>> placed = new ArrayList<>();
    private final List<CohortPlaced> cohorts = new ArrayList<>();
    private final List<EntityPlaced> entities = new ArrayList<>();
    /** What customers know of cohorts and entities, in the order of the declarations. */
    private final List<Known> known = new ArrayList<>();

    private final boolean sendsMessages;

    private final List<List<Placed<?>>> byType = new ArrayList<>();
    private final List<Placed<?>> onTransitions = new ArrayList<>();
    private final List<Placed<?>> inJourneys = new ArrayList<>();

    private final Journeys journeys;

    public Signals(TrackingPlan plan, Journeys journeys, List<Watch<?>> watches, Slots slots) {
        this.journeys = journeys;
        plan.types().forEach(type -> byType.add(new ArrayList<>()));
        for (Watch<?> watch : watches) {
            place(watch, slots);
        }
        for (Watch<?> watch : watches) {
            if (watch.isTold()) {
                known.add(new Known(watch.name(), slots.next(Context.MEMORY)));
            }
            if (watch.detector() instanceof Cohort cohort) {
                cohorts.add(new CohortPlaced(watch.name(), cohort));
            } else if (watch.isTold()) {
                Dependants dependants = new Dependants(watch, plan, slots.next(Dependants.Members.MEMORY));
                entities.add(new EntityPlaced(placed(watch), dependants));
            }
        }
        sendsMessages = !cohorts.isEmpty() || !entities.isEmpty();
    }

    private Placed<?> placed(Watch<?> watch) {
        return placed.stream().filter(each -> each.watch == watch).findFirst().orElseThrow();
    }

    private <C> void place(Watch<C> watch, Slots slots) {
        boolean remembers = watch.fires() == Watch.Fires.ONCE;
        Placed<C> place = new Placed<>(watch, slots.next(new Watched.Store<>(watch.detector(), remembers)));
        placed.add(place);
        if (watch.detector() instanceof Cohort) {
            return;
        }
        watch.detector().types().stream().forEach(type -> byType.get(type).add(place));
        if (watch.detector().watchesTransitions()) {
            onTransitions.add(place);
        }
        if (watch.journey() != null) {
            inJourneys.add(place);
        }
    }

    public List<Watch<?>> all() {
        return placed.stream().<Watch<?>>map(Placed::watch).toList();
    }

    public Optional<Watch<?>> named(String name) {
        return all().stream().filter(watch -> watch.name().equals(name)).findFirst();
    }

    /** What conditions may ask: whether a signal stands, and whether a cohort the customer belongs to is off. */
    public List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        for (Placed<?> each : placed) {
            if (!(each.watch.detector() instanceof Cohort)) {
                variables.add(new Standing(each));
            }
        }
        variables.addAll(known);
        return variables;
    }

    /** Shows the moment's event and transitions to the detectors. */
    public void after(
            Moment moment,
            @Nullable Event event,
            List<Transition> transitions,
            List<Signal> signals,
            List<Addressed> messages) {
        if (!transitions.isEmpty()) {
            for (Placed<?> each : onTransitions) {
                for (Transition transition : transitions) {
                    each.transitioned(moment, transition, signals);
                }
            }
        }
        if (event != null) {
            List<Placed<?>> concerned = byType.get(event.type().index());
            for (int i = 0; i < concerned.size(); i++) {
                concerned.get(i).after(moment, event, journeys, transitions, signals);
            }
        }
        if (!transitions.isEmpty()) {
            for (Transition transition : transitions) {
                if (transition.kind().isEnd()) {
                    for (Placed<?> each : inJourneys) {
                        each.runEnded(moment, transition, signals);
                    }
                }
            }
        }
        if (sendsMessages) {
            send(moment, event, transitions, messages);
        }
    }

    private void send(Moment moment, @Nullable Event event, List<Transition> transitions, List<Addressed> messages) {
        if (!moment.subject().isCustomer()) {
            sendToDependants(moment, messages);
            return;
        }
        for (CohortPlaced each : cohorts) {
            each.cohort.send(each.signal, moment, event, transitions, messages);
        }
        for (EntityPlaced each : entities) {
            if (event != null) {
                each.dependants.send(moment, event, messages);
            }
        }
    }

    private void sendToDependants(Moment moment, List<Addressed> messages) {
        for (EntityPlaced each : entities) {
            each.dependants.sendToAll(moment, each.stands(moment), messages);
        }
    }

    /** Wakes the detectors that asked to be woken by the moment. */
    public void due(Moment moment, List<Signal> signals, List<Addressed> messages) {
        for (Placed<?> each : placed) {
            each.due(moment, signals, messages);
        }
        sendToDependants(moment, messages);
    }

    /**
     * Takes what another subject has told this one.
     *
     * @param tells what this one answers
     */
    public void received(Moment moment, Message message, List<Addressed> messages) {
        switch (message) {
            case Message.Count count -> {
                for (Placed<?> each : placed) {
                    each.count(moment, count);
                }
            }
            case Message.Notice notice -> {
                for (Known each : known) {
                    each.notice(moment, notice);
                }
            }
            case Message.Dependence dependence -> {
                for (EntityPlaced each : entities) {
                    each.dependants.received(moment, dependence, each.stands(moment), messages);
                }
            }
            case Message.Use use -> {}
            case Message.Load load -> {}
            case Message.Question question -> {}
            case Message.Answer answer -> {}
        }
    }

    /** One declared signal and where it is kept. */
    private record Placed<C>(Watch<C> watch, Slot<Watched<C>> slot) {

        boolean concerns(Moment moment) {
            return watch.subjectKind().equals(moment.subject().kind());
        }

        /** The run that the event is about: open, or ended by this very event; null when there is none. */
        private @Nullable String key(Moment moment, Event event, Journeys journeys, List<Transition> transitions) {
            Journey journey = watch.journey();
            if (journey == null) {
                return "";
            }
            String key = journey.key().of(event);
            if (key == null || journeys.isOpen(moment, journey, key)) {
                return key;
            }
            for (Transition transition : transitions) {
                if (transition.kind().isEnd()
                        && transition.journey().equals(journey.name())
                        && transition.key().equals(key)) {
                    return key;
                }
            }
            return null;
        }

        void after(Moment moment, Event event, Journeys journeys, List<Transition> transitions, List<Signal> signals) {
            if (!concerns(moment)) {
                return;
            }
            String key = key(moment, event, journeys, transitions);
            if (key == null) {
                return;
            }
            Watched<C> watched = moment.cells().open(slot, key);
            Verdict verdict = begin(moment, key, watched, signals);
            watch.detector().after(watched.seen, event, moment, verdict);
            moment.focus(null);
        }

        void transitioned(Moment moment, Transition transition, List<Signal> signals) {
            Journey journey = watch.journey();
            if (journey == null || !journey.name().equals(transition.journey())) {
                return;
            }
            Watched<C> watched = moment.cells().open(slot, transition.key());
            Verdict verdict = begin(moment, transition.key(), watched, signals);
            watch.detector().transitioned(watched.seen, transition, moment, verdict);
            moment.focus(null);
        }

        /** Nothing inside a run outlives it. What the end itself raised stays as it is. */
        void runEnded(Moment moment, Transition transition, List<Signal> signals) {
            Journey journey = watch.journey();
            if (journey == null || !journey.name().equals(transition.journey())) {
                return;
            }
            Watched<C> watched = moment.cells().find(slot, transition.key());
            if (watched == null) {
                return;
            }
            if (watched.raisedPosition != moment.position() || watched.raisedAtMillis != moment.atMillis()) {
                Verdict verdict = begin(moment, transition.key(), watched, signals);
                if (watched.standing) {
                    verdict.refuted(transition.atMillis());
                }
                moment.focus(null);
            }
            moment.cells().drop(slot, transition.key());
        }

        void due(Moment moment, List<Signal> signals, List<Addressed> messages) {
            String key = moment.cells().firstDue(slot, moment.atMillis());
            while (key != null) {
                Watched<C> watched = moment.cells().open(slot, key);
                moment.cells().wake(slot, key, Cells.NEVER);
                Verdict verdict = begin(moment, key, watched, signals);
                watch.detector().due(watched.seen, moment, verdict);
                moment.focus(null);
                if (watch.detector() instanceof Cohort cohort) {
                    cohort.notify(watch.name(), moment, (Cohort.Group) watched.seen, watched.standing, messages);
                }
                key = moment.cells().firstDue(slot, moment.atMillis());
            }
        }

        void count(Moment moment, Message.Count count) {
            if (watch.detector() instanceof Cohort cohort && watch.name().equals(count.signal())) {
                Watched<C> watched = moment.cells().open(slot, "");
                long wake = cohort.add(
                        (Cohort.Group) watched.seen,
                        count,
                        moment.cells().wakeOf(slot, ""),
                        moment.cells().clock());
                moment.cells().wake(slot, "", wake);
            }
        }

        private Verdict begin(Moment moment, String key, Watched<C> watched, List<Signal> signals) {
            moment.focus(watch.journey() == null ? null : key);
            return new Verdict(moment, signals, watch, key, watched, slot);
        }
    }

    /** Whether a signal stands, as conditions ask it. */
    private record Standing(Placed<?> placed) implements Variable {

        @Override
        public String name() {
            return "signal." + placed.watch.name();
        }

        @Override
        public boolean isText() {
            return false;
        }

        @Override
        public double number(Moment moment) {
            String key = placed.watch.journey() == null ? "" : moment.journeyKey();
            if (key == null) {
                for (String each : moment.cells().keys(placed.slot)) {
                    Watched<?> watched = moment.cells().find(placed.slot, each);
                    if (watched != null && watched.standing) {
                        return 1;
                    }
                }
                return 0;
            }
            Watched<?> watched = moment.cells().find(placed.slot, key);
            return watched != null && watched.standing ? 1 : 0;
        }
    }

    /** A cohort signal, as the customers who feed it see it. */
    private record CohortPlaced(String signal, Cohort cohort) {}

    /** A signal of an entity, and who depends on it. */
    private record EntityPlaced(Placed<?> placed, Dependants dependants) {

        boolean stands(Moment moment) {
            Watched<?> watched = placed.concerns(moment) ? moment.cells().find(placed.slot, "") : null;
            return watched != null && watched.standing;
        }
    }

    /** What a customer knows of a signal of others: of a group she is in, or of an entity she depends on. */
    private record Known(String signal, Slot<Context> slot) implements Variable {

        void notice(Moment moment, Message.Notice notice) {
            if (!notice.signal().equals(signal)) {
                return;
            }
            if (notice.off()) {
                moment.cells().open(slot, key(notice)).sinceMillis = notice.atMillis();
            } else {
                moment.cells().drop(slot, key(notice));
            }
        }

        /** What is told to one of her names and taken back from it says nothing about the others. */
        private static String key(Message.Notice notice) {
            String value = notice.value();
            return notice.member().isEmpty() ? value : value.length() + ":" + value + notice.member();
        }

        @Override
        public String name() {
            return "context." + signal;
        }

        @Override
        public boolean isText() {
            return false;
        }

        @Override
        public double number(Moment moment) {
            return moment.cells().keys(slot).isEmpty() ? 0 : 1;
        }
    }
}
