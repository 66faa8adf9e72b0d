package dev.forestall.loop.signal;

import dev.forestall.loop.event.EffectId;
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
import java.util.Set;
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

    /** @param awaited the signals of others whose coming to affect a customer alerts or policies wait for */
    public Signals(TrackingPlan plan, Journeys journeys, List<SignalRule<?>> rules, Set<String> awaited, Slots slots) {
        this.journeys = journeys;
        plan.types().forEach(type -> byType.add(new ArrayList<>()));
        for (SignalRule<?> rule : rules) {
            place(rule, slots);
        }
        for (SignalRule<?> rule : rules) {
            if (rule.affectsCustomers()) {
                String place = "signal." + rule.name();
                known.add(new Known(
                        rule.name(),
                        slots.next(place + "/context", Context.MEMORY),
                        awaited.contains(rule.name()) ? slots.next(place + "/affected", Affected.MEMORY) : null));
            }
            if (rule.detector() instanceof Cohort cohort) {
                cohorts.add(new CohortPlaced(rule.name(), cohort));
            } else if (rule.affectsCustomers()) {
                Dependants dependants = new Dependants(
                        rule, plan, slots.next("signal." + rule.name() + "/dependants", Dependants.Members.MEMORY));
                entities.add(new EntityPlaced(placed(rule), dependants));
            }
        }
        sendsMessages = !cohorts.isEmpty() || !entities.isEmpty();
    }

    private Placed<?> placed(SignalRule<?> rule) {
        return placed.stream().filter(each -> each.rule == rule).findFirst().orElseThrow();
    }

    private <C> void place(SignalRule<C> rule, Slots slots) {
        boolean remembers = rule.fires() == SignalRule.Fires.ONCE;
        Placed<C> place = new Placed<>(
                rule, slots.next("signal." + rule.name(), new SignalState.Store<>(rule.detector(), remembers)));
        placed.add(place);
        if (rule.detector() instanceof Cohort) {
            return;
        }
        rule.detector().types().stream().forEach(type -> byType.get(type).add(place));
        if (rule.detector().watchesTransitions()) {
            onTransitions.add(place);
        }
        if (rule.journey() != null) {
            inJourneys.add(place);
        }
    }

    public List<SignalRule<?>> all() {
        return placed.stream().<SignalRule<?>>map(Placed::rule).toList();
    }

    /** Whether a trigger is a signal that looks at the runs of a journey. @param trigger as a pack writes it: {@code signal.late} */
    public boolean isWithin(String trigger, String journey) {
        for (SignalRule<?> each : all()) {
            if (trigger.equals("signal." + each.name())) {
                return each.journey() != null && each.journey().name().equals(journey);
            }
        }
        return false;
    }

    public Optional<SignalRule<?>> named(String name) {
        return all().stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    /** What conditions may ask: whether a signal stands, and whether a cohort the customer belongs to is off. */
    public List<Variable> variables() {
        List<Variable> variables = new ArrayList<>();
        for (Placed<?> each : placed) {
            if (!(each.rule.detector() instanceof Cohort)) {
                variables.add(new Standing(each));
            }
        }
        variables.addAll(known);
        return variables;
    }

    /** Shows the moment's event and transitions to the detectors. */
    public void after(Moment moment, @Nullable Event event, SignalFindings findings) {
        List<Transition> transitions = findings.transitions();
        List<Signal> signals = findings.signals();
        List<Addressed> messages = findings.messages();
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
    public void due(Moment moment, SignalFindings findings) {
        for (Placed<?> each : placed) {
            each.due(moment, findings.signals(), findings.messages());
        }
        sendToDependants(moment, findings.messages());
    }

    /** Takes what another subject has told this one, and answers. */
    public void received(Moment moment, Message message, SignalFindings findings) {
        List<Addressed> messages = findings.messages();
        switch (message) {
            case Message.Count count -> {
                for (Placed<?> each : placed) {
                    each.count(moment, count);
                }
            }
            case Message.Notice notice -> {
                if (moment.subject().isMembers()) {
                    for (EntityPlaced each : entities) {
                        each.dependants.received(moment, notice, messages);
                    }
                } else {
                    for (Known each : known) {
                        each.notice(moment, notice, findings.contexts());
                    }
                }
            }
            case Message.Dependence dependence -> {
                for (EntityPlaced each : entities) {
                    each.dependants.received(moment, dependence, each.stands(moment), messages);
                }
            }
            case Message.Use use -> {}
            case Message.WorkloadReport report -> {}
            case Message.Question question -> {}
            case Message.Answer answer -> {}
            case Message.Claim claim -> {}
            case Message.Grant grant -> {}
        }
    }

    /** One declared signal and where it is kept. */
    private record Placed<C>(SignalRule<C> rule, Slot<SignalState<C>> slot) {

        boolean concerns(Moment moment) {
            return rule.subjectKind().equals(moment.subject().kind());
        }

        /** The run that the event is about: open, or ended by this very event; null when there is none. */
        private @Nullable String key(Moment moment, Event event, Journeys journeys, List<Transition> transitions) {
            Journey journey = rule.journey();
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
                        && transition.journeyKey().equals(key)) {
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
            SignalState<C> state = moment.cells().open(slot, key);
            Verdict verdict = begin(moment, key, state, signals);
            rule.detector().after(state.seen, event, moment, verdict);
            moment.focus(null);
        }

        void transitioned(Moment moment, Transition transition, List<Signal> signals) {
            Journey journey = rule.journey();
            if (journey == null || !journey.name().equals(transition.journey())) {
                return;
            }
            SignalState<C> state = moment.cells().open(slot, transition.journeyKey());
            Verdict verdict = begin(moment, transition.journeyKey(), state, signals);
            rule.detector().transitioned(state.seen, transition, moment, verdict);
            moment.focus(null);
        }

        /** Nothing inside a run outlives it. What the end itself raised stays as it is. */
        void runEnded(Moment moment, Transition transition, List<Signal> signals) {
            Journey journey = rule.journey();
            if (journey == null || !journey.name().equals(transition.journey())) {
                return;
            }
            SignalState<C> state = moment.cells().find(slot, transition.journeyKey());
            if (state == null) {
                return;
            }
            if (state.raisedPosition != moment.position() || state.raisedAtMillis != moment.atMillis()) {
                Verdict verdict = begin(moment, transition.journeyKey(), state, signals);
                if (state.active) {
                    verdict.refuted(transition.atMillis());
                }
                moment.focus(null);
            }
            moment.cells().drop(slot, transition.journeyKey());
        }

        void due(Moment moment, List<Signal> signals, List<Addressed> messages) {
            String key = moment.cells().firstDue(slot, moment.atMillis());
            while (key != null) {
                SignalState<C> state = moment.cells().open(slot, key);
                moment.cells().wake(slot, key, Cells.NEVER);
                Verdict verdict = begin(moment, key, state, signals);
                rule.detector().due(state.seen, moment, verdict);
                moment.focus(null);
                if (rule.detector() instanceof Cohort cohort) {
                    cohort.notify(rule.name(), moment, (Cohort.Group) state.seen, state.active, messages);
                }
                key = moment.cells().firstDue(slot, moment.atMillis());
            }
        }

        void count(Moment moment, Message.Count count) {
            if (rule.detector() instanceof Cohort cohort && rule.name().equals(count.signal())) {
                SignalState<C> state = moment.cells().open(slot, "");
                long wake = cohort.add(
                        (Cohort.Group) state.seen,
                        count,
                        moment.cells().wakeOf(slot, ""),
                        moment.cells().clock());
                moment.cells().wake(slot, "", wake);
            }
        }

        private Verdict begin(Moment moment, String key, SignalState<C> state, List<Signal> signals) {
            moment.focus(rule.journey() == null ? null : key);
            return new Verdict(moment, signals, rule, key, state, slot);
        }
    }

    /** Whether a signal stands, as conditions ask it. */
    private record Standing(Placed<?> placed) implements Variable {

        @Override
        public String name() {
            return "signal." + placed.rule.name();
        }

        @Override
        public boolean isText() {
            return false;
        }

        @Override
        public double number(Moment moment) {
            String key = placed.rule.journey() == null ? "" : moment.journeyKey();
            if (key == null) {
                for (String each : moment.cells().keys(placed.slot)) {
                    SignalState<?> state = moment.cells().find(placed.slot, each);
                    if (state != null && state.active) {
                        return 1;
                    }
                }
                return 0;
            }
            SignalState<?> state = moment.cells().find(placed.slot, key);
            return state != null && state.active ? 1 : 0;
        }
    }

    /** A cohort signal, as the customers who feed it see it. */
    private record CohortPlaced(String signal, Cohort cohort) {}

    /** A signal of an entity, and who depends on it. */
    private record EntityPlaced(Placed<?> placed, Dependants dependants) {

        boolean stands(Moment moment) {
            SignalState<?> state = placed.concerns(moment) ? moment.cells().find(placed.slot, "") : null;
            return state != null && state.active;
        }
    }

    /** What a customer knows of a signal of others: of a group they are in, or of an entity they depend on. */
    private record Known(
            String signal, Slot<Context> slot, @Nullable Slot<Affected> affected) implements Variable {

        void notice(Moment moment, Message.Notice notice, List<ContextChange> contexts) {
            if (!notice.signal().equals(signal)) {
                return;
            }
            if (notice.off()) {
                moment.cells().open(slot, key(notice)).sinceMillis = notice.atMillis();
            } else {
                moment.cells().drop(slot, key(notice));
            }
            if (affected != null) {
                change(moment, notice, affected, contexts);
            }
        }

        private void change(
                Moment moment, Message.Notice notice, Slot<Affected> slotOfChange, List<ContextChange> contexts) {
            boolean isActive = number(moment) == 1;
            Affected before = moment.cells().open(slotOfChange, "");
            if (before.active == isActive) {
                return;
            }
            EffectId id = moment.nextEffect();
            if (isActive) {
                before.active = true;
                before.position = id.position();
                before.index = id.index();
                before.atMillis = moment.nowMillis();
            }
            EffectId began = new EffectId(moment.subject(), before.position, before.index);
            contexts.add(new ContextChange(
                    id, signal, notice.value(), isActive, moment.nowMillis(), began, before.atMillis));
            if (!isActive) {
                moment.cells().drop(slotOfChange, "");
            }
        }

        /** What is told to one of their names and taken back from it says nothing about the others. */
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
