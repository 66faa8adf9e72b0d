package dev.forestall.testkit.stories;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.ActionRequest.Reach;
import dev.forestall.loop.action.ActionRequest.Schedule;
import dev.forestall.loop.action.ActionRequest.Source;
import dev.forestall.loop.action.ActionRequest.Task;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.action.Parameter;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.EventKey;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Vocabulary;
import dev.forestall.loop.feature.FeatureRules;
import dev.forestall.loop.gate.Cap;
import dev.forestall.loop.gate.ControlGroup;
import dev.forestall.loop.gate.GateRules;
import dev.forestall.loop.gate.Proposal.Use;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.reason.ReasonRules;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.loop.roi.OutcomeRule;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.Finding;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.signal.Stall;
import dev.forestall.loop.trigger.Basis;
import dev.forestall.loop.trigger.TriggerName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * A bank so small that its figures can be checked by head: one journey of two steps, a signal inside it, one about the customer, one
 * about a branch; one alert, one policy with two actions, one outcome.
 */
public final class SmallWorld {

    public static final Currency EUR = Currency.getInstance("EUR");
    public static final long DAY = 86_400_000L;
    public static final long START = 1_700_000_000_000L;

    public static final TrackingPlan PLAN = new TrackingPlan(
            List.of(
                    type("applied", 0),
                    type("offered", 1),
                    type("called", 2),
                    type("checked", 3),
                    type("approved", 4),
                    type("cancelled", 5),
                    type("declined", 6)),
            List.of(new IdentifierType("customerId", SubjectId.CUSTOMER, 0, 1)));

    public static final Journey JOURNEY = new Journey(
            "application",
            EventKey.named(PLAN, "applicationId"),
            of("applied"),
            List.of(new Journey.Step("offer", of("offered")), new Journey.Step("check", of("checked"))),
            of("approved"),
            of("cancelled"),
            of("declined"),
            Duration.ofDays(60).toMillis(),
            scope -> scope.event() == null ? Double.NaN : scope.event().number(2),
            EUR);

    private static EventType type(String name, int index) {
        return new EventType(
                name,
                index,
                List.of(
                        new Property("applicationId", PropertyType.STRING, 0, true, false, ""),
                        new Property("branch", PropertyType.STRING, 1, false, false, ""),
                        new Property("amount", PropertyType.MONEY, 2, false, false, "EUR")));
    }

    public static EventPattern of(String... names) {
        List<EventType> types =
                Arrays.stream(names).map(name -> PLAN.type(name).orElseThrow()).toList();
        return new EventPattern(types, Condition.ALWAYS, String.join(" or ", names));
    }

    public static Definition definition() {
        SignalRule<?> stall = SignalRule.ofCustomers(
                        "offer_stall", new Stall(of("offered"), of("checked", "called"), 5 * DAY))
                .within(JOURNEY);
        SignalRule<?> chasing = SignalRule.ofCustomers("chasing", new Repeat(of("called"), 2, 7 * DAY));
        SignalRule<?> crowd = new SignalRule<>(
                "branch_crowd",
                new Cohort(
                        new Cohort.Counts.Exits("application", ""),
                        scope -> scope.event() == null ? null : scope.event().text(1),
                        DAY,
                        14,
                        5,
                        new Cohort.Above.Share(0.5)),
                SubjectId.COHORT,
                null,
                SignalRule.Fires.ONCE,
                "a branch loses more applications than usual",
                false,
                0);
        return new Definition(new Definition.Parts(
                "small",
                "0123456789abcdef",
                PLAN,
                Duration.ZERO,
                Duration.ofHours(1),
                EUR,
                new Vocabulary(
                        List.of(),
                        List.of("application"),
                        List.of("offer_stall", "chasing"),
                        List.of("branch_crowd"),
                        List.of()),
                List.of(),
                List.of(JOURNEY),
                List.of(stall, chasing, crowd),
                FeatureRules.STANDARD,
                List.of(),
                ReasonRules.STANDARD,
                List.of(new AlertRule(
                        "trouble",
                        TriggerName.signals("offer_stall", "chasing"),
                        "care",
                        AlertRule.GroupBy.SUBJECT,
                        2 * DAY,
                        0,
                        0)),
                new GateRules(
                        List.of(),
                        List.of(),
                        List.of(Cap.ofChannel("voice", 1, 14 * DAY)),
                        null,
                        null,
                        null,
                        ZoneId.of("UTC"),
                        0),
                ControlGroup.NONE,
                List.of(),
                List.of(),
                List.of(policy()),
                List.of(new OutcomeRule("saved", of("approved"), 30 * DAY, true)),
                new java.util.TreeMap<>()));
    }

    private static Policy policy() {
        Action call = new Action("call_back", "workflow", "", "voice", new Money(420, EUR));
        Action nudge = new Action("nudge", "message", "", "email", new Money(1, EUR));
        return new Policy(
                "save",
                TriggerName.signals("offer_stall", "chasing"),
                Condition.ALWAYS,
                List.of(
                        new Policy.Candidate(call, scope -> 0.08, Condition.ALWAYS, ""),
                        new Policy.Candidate(nudge, scope -> 0.02, Condition.ALWAYS, "")),
                null,
                scope -> 5_000,
                new Probability(0.5),
                0);
    }

    private SmallWorld() {}

    /** Writes the effects of some stories, one after the other, the way the loop would. */
    public static final class Teller {
        private final List<Effect> effects = new ArrayList<>();
        private long position;
        private int index;

        public List<Effect> effects() {
            return List.copyOf(effects);
        }

        /** The next input; what follows are its effects. */
        public Teller input() {
            position++;
            index = 0;
            return this;
        }

        private EffectId next(SubjectId subject) {
            return new EffectId(subject, position, index++);
        }

        public EffectId pass(
                String customer, Transition.Kind kind, String from, String to, int startDay, int day, int dwellDays) {
            EffectId id = next(SubjectId.customer(customer));
            boolean back = from.equals("check") && to.equals("offer");
            Optional<Money> value = Optional.of(new Money(100_00, EUR));
            effects.add(new Effect.Transitioned(new Transition(
                    id, "application", "a1", kind, from, to, at(startDay), at(day), dwellDays * DAY, back, value)));
            return id;
        }

        public EffectId raise(SubjectId subject, String signal, String key, int day, Finding finding) {
            EffectId id = next(subject);
            effects.add(new Effect.SignalChanged(new Signal.Raised(id, signal, key, at(day), finding)));
            return id;
        }

        public EffectId end(EffectId raised, String signal, String key, int raisedDay, int day) {
            EffectId id = next(raised.subject());
            effects.add(new Effect.SignalChanged(new Signal.Ended(id, signal, key, at(day), raised, at(raisedDay))));
            return id;
        }

        public EffectId withdraw(EffectId raised, String signal, String key, int raisedDay, int day) {
            EffectId id = next(raised.subject());
            effects.add(new Effect.SignalChanged(
                    new Signal.Withdrawn(id, signal, key, at(day), raised, at(raisedDay), true)));
            return id;
        }

        public EffectId alert(EffectId cause, int day) {
            EffectId id = next(cause.subject());
            effects.add(
                    new Effect.AlertChanged(new Alert.Raised(id, "trouble", "", at(day), cause, "care", Basis.NONE)));
            return id;
        }

        public EffectId merge(EffectId alert, EffectId cause, int day) {
            EffectId id = next(cause.subject());
            effects.add(
                    new Effect.AlertChanged(new Alert.Merged(id, "trouble", "", at(day), cause, alert, 2, Basis.NONE)));
            return id;
        }

        public EffectId page(EffectId alert, int day) {
            EffectId id = next(alert.subject());
            effects.add(new Effect.AlertChanged(new Alert.Escalated(id, "trouble", "", at(day), alert, alert)));
            return id;
        }

        public EffectId close(EffectId alert, EffectId cause, int raisedDay, int day) {
            EffectId id = next(alert.subject());
            effects.add(new Effect.AlertChanged(
                    new Alert.Resolved(id, "trouble", "", at(day), cause, alert, Alert.Why.ENDED, at(raisedDay))));
            return id;
        }

        public EffectId quiet(EffectId cause, int day) {
            EffectId id = next(cause.subject());
            effects.add(new Effect.AlertChanged(new Alert.Suppressed(
                    id, "trouble", "", at(day), cause, "already raised within the rest of 1 day", Basis.NONE)));
            return id;
        }

        /** Treated customers get the call. */
        public EffectId decide(EffectId cause, String key, int day, boolean treatment) {
            EffectId id = next(cause.subject());
            String elseWhy = treatment ? "call_back is worth more" : "in control";
            effects.add(new Effect.Decided(new Decision(
                    id,
                    "save",
                    key,
                    at(day),
                    Optional.of(cause),
                    treatment ? Decision.Group.TREATMENT : Decision.Group.CONTROL,
                    false,
                    treatment ? 0.75 : 0.25,
                    treatment ? "call_back" : "nothing",
                    "call_back",
                    new Probability(0.5),
                    Optional.of(new Money(100_00, EUR)),
                    List.of(
                            new Decision.Considered(
                                    "call_back", Optional.of(new Money(380, EUR)), treatment ? "" : "in control"),
                            new Decision.Considered("nudge", Optional.of(new Money(199, EUR)), elseWhy),
                            new Decision.Considered(
                                    "nothing",
                                    Optional.of(new Money(0, EUR)),
                                    treatment ? "call_back is worth more" : "")),
                    Basis.NONE,
                    false)));
            if (treatment) {
                effects.add(new Effect.ActionRequested(request(id, cause, key, day)));
            }
            return id;
        }

        private ActionRequest request(EffectId decision, EffectId cause, String key, int day) {
            return new ActionRequest(
                    next(cause.subject()),
                    new Source.OfPolicy(decision, "save", "signal.offer_stall", cause),
                    new Task(
                            "call_back",
                            "workflow",
                            "call-back.bpmn",
                            List.of(new Parameter("amount", new Parameter.Value.Amount(new Money(100_00, EUR)))),
                            new Money(420, EUR),
                            List.of(new Use("agent_minutes", 6))),
                    new Reach("service", 50, List.of("voice", "email"), "Europe/Berlin", "de"),
                    key,
                    Optional.of(new Money(380, EUR)),
                    new Schedule(at(day), at(day) + DAY / 4, at(day) + DAY, "cause ends"),
                    true);
        }

        public EffectId conclude(EffectId decision, boolean treatment, boolean success, int decidedDay, int day) {
            EffectId id = next(decision.subject());
            Decision.Group group = treatment ? Decision.Group.TREATMENT : Decision.Group.CONTROL;
            effects.add(new Effect.OutcomeObserved(
                    new Outcome(id, "saved", decision, "save", "a1", group, success, at(day), at(decidedDay))));
            return id;
        }
    }

    /** Noon of a day, counted from the start of the world. */
    public static long at(int day) {
        return START + day * DAY;
    }
}
