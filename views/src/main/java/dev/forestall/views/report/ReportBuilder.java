package dev.forestall.views.report;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.loop.roi.OutcomeRule;
import dev.forestall.loop.signal.Signal;
import dev.forestall.views.report.Report.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the effects of a run, those of each subject in their order, and makes the report. Memory is bounded: figures that need to know
 * each customer are taken from a {@link Sample} when there are very many. For one thread.
 */
public final class ReportBuilder {

    private final List<JourneyTally> journeys = new ArrayList<>();
    private final List<SignalTally> signals = new ArrayList<>();
    private final List<RiskTally> risks = new ArrayList<>();
    private final List<AlertTally> alerts = new ArrayList<>();
    private final List<PolicyTally> policies = new ArrayList<>();
    private final List<OutcomeTally> outcomes = new ArrayList<>();
    private final List<String> journeyNames;
    private final List<String> signalNames;
    private final List<String> alertNames;
    private final List<String> policyNames;
    private final Crowd crowd;
    private final EffectNames names;
    private final Example example = new Example();

    /** @param names of effects: the report names one to look at */
    public ReportBuilder(Definition definition, EffectNames names) {
        this(definition, names, Crowd.USUAL_LIMIT);
    }

    /** @param limit so many subjects at most are followed one by one */
    ReportBuilder(Definition definition, EffectNames names, int limit) {
        this.names = names;
        this.crowd = new Crowd(limit);
        definition.journeys().all().forEach(each -> journeys.add(new JourneyTally(each, journeys.size())));
        definition.signals().all().forEach(each -> signals.add(new SignalTally(each, signals.size())));
        definition.risks().all().stream()
                .filter(each -> definition.risks().isAnswered(each.name()))
                .forEach(each -> IntStream.range(0, each.levels().size())
                        .forEach(level -> risks.add(new RiskTally(each, level))));
        definition.alerts().all().forEach(each -> alerts.add(new AlertTally(each)));
        for (Policy policy : definition.actions().all()) {
            policies.add(new PolicyTally(policy, policies.size(), definition.currency()));
            for (OutcomeRule rule : definition.outcomes().all()) {
                outcomes.add(new OutcomeTally(rule.name(), policy.name()));
            }
        }
        journeyNames = journeys.stream().map(each -> each.journey().name()).toList();
        signalNames =
                definition.signals().all().stream().map(each -> each.name()).toList();
        alertNames = definition.alerts().all().stream().map(AlertRule::name).toList();
        policyNames = definition.actions().all().stream().map(Policy::name).toList();
    }

    public void accept(Effect effect) {
        switch (effect) {
            case Effect.Transitioned transitioned -> pass(transitioned.transition());
            case Effect.SignalChanged changed -> signal(changed.signal());
            case Effect.AlertChanged changed -> alert(changed.alert());
            case Effect.Decided decided -> decide(decided.decision());
            case Effect.OutcomeObserved observed -> conclude(observed.outcome());
            case Effect.Assigned assigned -> {}
            case Effect.ActionRequested requested -> {}
            case Effect.Permitted permitted -> {}
            case Effect.RequestChanged changed -> {}
            case Effect.ContextChanged changed -> {}
            case Effect.RiskChanged changed ->
                risks.stream().filter(each -> each.isOf(changed.risk())).forEach(each -> each.count(changed.risk()));
            case Effect.Explained explained -> {}
            case Effect.Sampled sampled -> {}
            case Effect.SendMessage send -> {}
        }
    }

    private void pass(Transition transition) {
        JourneyTally journey = journeys.get(numberOf(transition.journey(), journeyNames));
        journey.count(transition);
        example.customer(transition.id().subject());
        Followed followed = crowd.follow(transition.id().subject());
        if (followed != null) {
            follow(journey, followed, transition);
        }
    }

    private void follow(JourneyTally journey, Followed followed, Transition transition) {
        if (transition.kind() == Transition.Kind.STARTED) {
            followed.runs.add(new Followed.Run(journey.number(), transition.journeyKey(), transition.atMillis()));
            return;
        }
        Followed.Run run = followed.run(journey.number(), transition.journeyKey());
        if (run == null) {
            return;
        }
        if (!transition.kind().isEnd()) {
            run.enter(journey.step(transition.to()), transition.atMillis());
            return;
        }
        followed.runs.remove(run);
        long steps = journey.ended(followed.level, run, transition.kind());
        for (Followed.Raised raised : run.raised) {
            signals.get(raised.signal()).ended(raised, run.journey, followed.level, steps, transition);
        }
    }

    private void signal(Signal signal) {
        SignalTally tally = signals.get(numberOf(signal.name(), signalNames));
        tally.count(signal, journeys, crowd.follow(signal.id().subject()));
        if (signal instanceof Signal.Raised) {
            example.trace(signal.id(), 1);
        }
    }

    private void alert(Alert alert) {
        alerts.get(numberOf(alert.name(), alertNames)).count(alert);
        example.trace(alert.id(), 2);
    }

    private void decide(Decision decision) {
        policies.get(numberOf(decision.policy(), policyNames))
                .count(decision, crowd.follow(decision.id().subject()));
        example.trace(decision.id(), 3);
    }

    private void conclude(Outcome outcome) {
        Followed followed = crowd.follow(outcome.id().subject());
        for (OutcomeTally tally : outcomes) {
            if (tally.isOf(outcome)) {
                tally.count(outcome, followed);
            }
        }
        boolean teaches = outcome.group() == Decision.Group.TREATMENT && !outcome.success();
        example.trace(outcome.id(), teaches ? 5 : 4);
    }

    private static int numberOf(String name, List<String> names) {
        int number = names.indexOf(name);
        if (number < 0) {
            throw new IllegalStateException("an effect names '" + name + "', but the definition has only " + names);
        }
        return number;
    }

    /** @param facts of the run; what was rejected is counted by kind in {@code rejected} */
    public Report report(Report.Facts facts, List<Report.Rejection> rejected) {
        Sample sample = crowd.sample();
        List<Report.PolicyReport> decided =
                policies.stream().map(each -> each.report(sample)).toList();
        List<Report.OutcomeReport> concluded = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            long decisions =
                    decided.get(i / (outcomes.size() / policies.size())).decisions();
            concluded.add(outcomes.get(i).report(decisions, sample));
        }
        return new Report(
                facts,
                journeys.stream()
                        .map(each -> each.report(crowd, facts.lastAtMillis()))
                        .toList(),
                signals.stream().map(each -> each.report(journeys, sample)).toList(),
                risks.stream().map(RiskTally::report).toList(),
                alerts.stream().map(AlertTally::report).toList(),
                decided,
                concluded,
                rejected,
                example.examples(names),
                sample.oneIn());
    }

    /** Finds ids worth opening: the first effect of the kind from which most can be walked back. */
    private static final class Example {
        private @Nullable EffectId trace;
        private @Nullable SubjectId customer;
        private int worth;

        void trace(EffectId id, int howMuch) {
            if (howMuch > worth) {
                trace = id;
                worth = howMuch;
                customer = id.subject().isCustomer() ? id.subject() : customer;
            }
        }

        void customer(SubjectId id) {
            if (customer == null) {
                customer = id;
            }
        }

        Examples examples(EffectNames names) {
            return new Examples(Optional.ofNullable(trace).map(names::of), Optional.ofNullable(customer));
        }
    }
}
