package dev.forestall.loop;

import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Actions;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.alert.Alerts;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.expression.Variable;
import dev.forestall.loop.expression.Vocabulary;
import dev.forestall.loop.feature.FeatureRules;
import dev.forestall.loop.feature.Features;
import dev.forestall.loop.gate.Assignments;
import dev.forestall.loop.gate.ControlGroup;
import dev.forestall.loop.gate.Gate;
import dev.forestall.loop.gate.GateRules;
import dev.forestall.loop.gate.Resource;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.journey.Journeys;
import dev.forestall.loop.profile.Trait;
import dev.forestall.loop.profile.Traits;
import dev.forestall.loop.reason.ReasonRules;
import dev.forestall.loop.reason.Reasons;
import dev.forestall.loop.report.ReportEvents;
import dev.forestall.loop.request.Requests;
import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.Model;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.loop.risk.Risks;
import dev.forestall.loop.roi.OutcomeRule;
import dev.forestall.loop.roi.Outcomes;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.signal.Signals;
import dev.forestall.loop.state.Layout;
import dev.forestall.loop.state.Said;
import dev.forestall.loop.state.Slots;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.loop.trigger.Triggers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a pack declares, ready to run: what may happen, what to look for, what to do. Immutable, and named by its content: every
 * record names the definition that made it.
 */
public final class Definition {

    private final String name;
    private final String hash;
    private final TrackingPlan plan;
    private final ReportEvents reportEvents;
    private final Duration lateness;
    private final Duration tick;
    private final Currency currency;
    private final Traits traits;
    private final Journeys journeys;
    private final Signals signals;
    private final Features features;
    private final Risks risks;
    private final Triggers triggers;
    private final Alerts alerts;
    private final Gate gate;
    private final Assignments assignments;
    private final Actions actions;
    private final Requests requests;
    private final Outcomes outcomes;
    private final List<Variable> variables;
    private final Layout layout;
    private final Said said;
    private final Parts parts;
    private int semantics = Loop.SEMANTICS;

    /**
     * What a definition is made of.
     *
     * @param name of the pack
     * @param hash of the content it was compiled from: lower-case hexadecimal digits, at least 8
     * @param plan what may happen
     * @param lateness how much later than others an event may arrive and still be in time: silence counts only after it
     * @param tick how often, in event time, those who are silent are looked after and subjects hear from each other
     * @param currency in which values and costs are counted
     * @param vocabulary the variables that the conditions below were compiled against
     * @param featureRules what may be known to models
     * @param reasonRules what may be said as a reason
     * @param resources of which there is only so much
     * @param actions all that can be done, in the order of the pack
     * @param contents by declaration, such as {@code signal.late}, what names all that it reads; of one that is not listed, it is the whole
     *     definition
     */
    public record Parts(
            String name,
            String hash,
            TrackingPlan plan,
            Duration lateness,
            Duration tick,
            Currency currency,
            Vocabulary vocabulary,
            List<Trait> traits,
            List<Journey> journeys,
            List<SignalRule<?>> signals,
            FeatureRules featureRules,
            List<Prediction> predictions,
            ReasonRules reasonRules,
            List<AlertRule> alerts,
            GateRules gateRules,
            ControlGroup control,
            List<Resource> resources,
            List<Action> actions,
            List<Policy> policies,
            List<OutcomeRule> outcomes,
            SortedMap<String, String> contents) {}

    /** Without models: predictions are declared, but nothing answers them. */
    public Definition(Parts parts) {
        this(parts, parts.hash(), List.of(), List.of(), null);
    }

    private Definition(
            Parts parts,
            String hash,
            List<Fitted> champions,
            List<Fitted> challengers,
            @Nullable List<String> sampled) {
        if (parts.lateness().isNegative() || !parts.tick().isPositive()) {
            throw new IllegalArgumentException(
                    "lateness " + parts.lateness() + " or tick " + parts.tick() + " is impossible");
        }
        this.parts = parts;
        this.name = parts.name();
        this.hash = hash;
        this.plan = parts.plan();
        this.reportEvents = new ReportEvents(plan);
        this.lateness = parts.lateness();
        this.tick = parts.tick();
        this.currency = parts.currency();
        Slots slots = new Slots();
        this.traits = new Traits(parts.traits(), slots);
        this.journeys = new Journeys(parts.journeys(), slots);
        this.signals = new Signals(plan, journeys, parts.signals(), awaited(parts), slots);
        List<Variable> known = new ArrayList<>(traits.variables());
        known.addAll(signals.variables());
        // Who predicts nothing need not remember for it.
        this.features = new Features(
                plan,
                journeys,
                signals,
                known,
                parts.featureRules(),
                parts.predictions().isEmpty() ? new Slots() : slots);
        this.risks = new Risks(
                parts.predictions(),
                models(champions),
                models(challengers),
                features,
                sampled == null ? null : features.space(sampled),
                currency,
                slots);
        this.triggers = new Triggers(risks);
        this.alerts = new Alerts(parts.alerts(), parts.signals(), slots);
        this.gate = new Gate(parts.gateRules(), slots);
        this.assignments =
                new Assignments(parts.control(), plan, !parts.policies().isEmpty(), slots);
        this.actions = new Actions(currency, parts.policies(), gate, assignments, risks, slots);
        this.requests = new Requests(parts.actions(), signals, gate, assignments, parts.resources(), slots);
        this.outcomes = new Outcomes(parts.outcomes(), slots);
        this.variables = variables(parts.vocabulary());
        this.said = slots.said();
        this.layout = slots.layout(declaration -> parts.contents().getOrDefault(declaration, hash));
    }

    private Definition(Definition same) {
        this.parts = same.parts;
        this.name = same.name;
        this.hash = same.hash;
        this.plan = same.plan;
        this.lateness = same.lateness;
        this.tick = same.tick;
        this.currency = same.currency;
        this.traits = same.traits;
        this.journeys = same.journeys;
        this.signals = same.signals;
        this.features = same.features;
        this.risks = same.risks;
        this.alerts = same.alerts;
        this.actions = same.actions;
        this.requests = same.requests;
        this.outcomes = same.outcomes;
        this.variables = same.variables;
        this.layout = same.layout;
        this.said = same.said;
        this.reportEvents = same.reportEvents;
        this.triggers = same.triggers;
        this.gate = same.gate;
        this.assignments = same.assignments;
    }

    private static Set<String> awaited(Parts parts) {
        return Stream.of(
                        parts.alerts().stream().flatMap(each -> each.on().stream()),
                        parts.policies().stream().flatMap(each -> each.on().stream()),
                        parts.actions().stream().flatMap(each -> each.withdrawal().triggers().stream()))
                .flatMap(names -> names)
                .flatMap(each ->
                        each instanceof TriggerName.OfContext context ? Stream.of(context.signal()) : Stream.empty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Model> models(List<Fitted> fitted) {
        return fitted.stream().map(each -> new Model(each, features)).toList();
    }

    private List<Variable> variables(Vocabulary vocabulary) {
        List<Variable> all = new ArrayList<>(traits.variables());
        all.addAll(journeys.variables());
        all.addAll(signals.variables());
        all.addAll(risks.variables());
        all.add(new Candidate(Vocabulary.UPLIFT));
        all.add(new Candidate(Vocabulary.COST));
        List<Vocabulary.Term> terms = all.stream()
                .map(each -> new Vocabulary.Term(each.name(), each.isText()))
                .toList();
        if (!terms.equals(vocabulary.terms())) {
            throw new IllegalArgumentException(
                    "the conditions were compiled against " + vocabulary.terms() + ", but the definition has " + terms);
        }
        return List.copyOf(all);
    }

    /** What a policy's formula asks of the candidate that is being weighed. */
    private record Candidate(String name) implements Variable {

        @Override
        public boolean isText() {
            return false;
        }

        @Override
        public double number(Moment moment) {
            return name.equals(Vocabulary.UPLIFT) ? moment.uplift() : moment.costMinor();
        }
    }

    /**
     * The same, answering its predictions.
     *
     * @param newHash of the pack with the models: other models, another definition
     * @param champions at most one for each prediction
     * @param challengers at most one for each prediction that has a champion: it answers a share of the customers
     * @throws IllegalArgumentException when a model looks at something that this definition does not have
     */
    public Definition answering(String newHash, List<Fitted> champions, List<Fitted> challengers) {
        return new Definition(parts, newHash, champions, challengers, null);
    }

    /**
     * The same, telling what is known at each moment instead of answering: to learn from.
     *
     * @param keys of the features to tell, see {@link Features#all}
     * @throws IllegalArgumentException when there is no such feature
     */
    public Definition sampling(List<String> keys) {
        return new Definition(parts, hash, List.of(), List.of(), keys);
    }

    public String name() {
        return name;
    }

    /** Names the content: the same pack with the same baselines has the same hash everywhere. */
    public String hash() {
        return hash;
    }

    /** What of a state was really said and done. */
    public Said said() {
        return said;
    }

    /** Whose the parts of a state are. */
    public Layout layout() {
        return layout;
    }

    /** Of the program that answers under it: that of this one, as long as nothing else is said. */
    public int semantics() {
        return semantics;
    }

    /** The same, known to be answered by the program of some {@link Loop#SEMANTICS}. */
    public Definition answeredBy(int other) {
        if (other == semantics) {
            return this;
        }
        Definition same = new Definition(this);
        same.semantics = other;
        return same;
    }

    public TrackingPlan plan() {
        return plan;
    }

    /** As what its stages see reports. */
    ReportEvents reportEvents() {
        return reportEvents;
    }

    public Duration lateness() {
        return lateness;
    }

    public Duration tick() {
        return tick;
    }

    public Currency currency() {
        return currency;
    }

    public Traits traits() {
        return traits;
    }

    public Journeys journeys() {
        return journeys;
    }

    public Signals signals() {
        return signals;
    }

    public Features features() {
        return features;
    }

    public Risks risks() {
        return risks;
    }

    /** Room to explain in, for one thread. */
    Reasons newReasons() {
        return new Reasons(risks, features, parts.reasonRules(), variables);
    }

    Triggers triggers() {
        return triggers;
    }

    public Alerts alerts() {
        return alerts;
    }

    public Gate gate() {
        return gate;
    }

    public Assignments assignments() {
        return assignments;
    }

    public Actions actions() {
        return actions;
    }

    public Requests requests() {
        return requests;
    }

    public Outcomes outcomes() {
        return outcomes;
    }

    /** By the numbers of the vocabulary. */
    public List<Variable> variables() {
        return variables;
    }

    /** Whether subjects tell each other anything, so that hosts must carry messages. */
    public boolean hasMessages() {
        return signals.all().stream().anyMatch(SignalRule::affectsCustomers)
                || features.haveWorkloads() && !risks.areNone()
                || !risks.external().isEmpty()
                || requests.haveResources();
    }
}
