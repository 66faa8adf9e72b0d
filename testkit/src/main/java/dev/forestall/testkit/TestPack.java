package dev.forestall.testkit;

import dev.forestall.loop.Definition;
import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Vocabulary;
import dev.forestall.loop.expression.Words;
import dev.forestall.loop.feature.FeatureRules;
import dev.forestall.loop.gate.Cap;
import dev.forestall.loop.gate.ControlGroup;
import dev.forestall.loop.gate.GateRules;
import dev.forestall.loop.gate.Resource;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.profile.Trait;
import dev.forestall.loop.reason.ReasonRules;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.loop.roi.OutcomeRule;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.Detector;
import dev.forestall.loop.signal.SignalRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A definition written in Java, piece by piece, for tests that need no YAML. Not for reuse after {@link #ready}.
 *
 * <p>Conditions may ask for variables by name before all of them are declared: see {@link #number} and {@link #words}.
 */
public final class TestPack {

    private final TestPlan plan;
    private final List<Trait> traits = new ArrayList<>();
    private final Set<String> changed = new TreeSet<>();
    private String hash = "7e57000000000000";
    private final List<Journey> journeys = new ArrayList<>();
    private final List<SignalRule<?>> signals = new ArrayList<>();
    private final List<Prediction> predictions = new ArrayList<>();
    private FeatureRules featureRules = FeatureRules.STANDARD;
    private final List<AlertRule> alerts = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();
    private final List<Cap> caps = new ArrayList<>();
    private GateRules gateRules = GateRules.NONE;
    private ControlGroup control = ControlGroup.NONE;
    private final List<OutcomeRule> outcomes = new ArrayList<>();
    private Duration lateness = Duration.ZERO;
    private Duration tick = Duration.ofHours(1);
    private @Nullable Vocabulary vocabulary;

    private TestPack(TestPlan plan) {
        this.plan = plan;
    }

    public static TestPack of(TestPlan plan) {
        return new TestPack(plan);
    }

    public TestPack lateness(Duration late) {
        this.lateness = late;
        return this;
    }

    public TestPack tick(Duration every) {
        this.tick = every;
        return this;
    }

    public TestPack trait(Trait trait) {
        traits.add(trait);
        return this;
    }

    public TestPack journey(Journey journey) {
        journeys.add(journey);
        return this;
    }

    /** A signal about customers. */
    public TestPack signal(String name, Detector<?> detector) {
        return signal(SignalRule.ofCustomers(name, detector));
    }

    /** A signal about each run of a journey. */
    public TestPack signal(String name, Journey journey, Detector<?> detector) {
        return signal(SignalRule.ofCustomers(name, detector).within(journey));
    }

    /** A signal about groups. */
    public TestPack cohort(String name, Cohort cohort) {
        return signal(new SignalRule<>(name, cohort, SubjectId.COHORT, null, SignalRule.Fires.ONCE, name, false, 0));
    }

    public TestPack signal(SignalRule<?> rule) {
        signals.add(rule);
        return this;
    }

    public TestPack prediction(Prediction prediction) {
        predictions.add(prediction);
        return this;
    }

    /** What models may know; everything over the usual half-lives when this is not called. */
    public TestPack features(FeatureRules rules) {
        featureRules = rules;
        return this;
    }

    public TestPack alert(AlertRule alert) {
        alerts.add(alert);
        return this;
    }

    public TestPack policy(Policy policy) {
        policies.add(policy);
        return this;
    }

    public TestPack resource(Resource resource) {
        resources.add(resource);
        return this;
    }

    /** An action that no policy chooses. */
    public TestPack action(Action action) {
        actions.add(action);
        return this;
    }

    public TestPack cap(Cap cap) {
        caps.add(cap);
        return this;
    }

    /** What holds for all contacts; caps that were added one by one come on top. */
    public TestPack gate(GateRules rules) {
        gateRules = rules;
        return this;
    }

    /** Whom nobody contacts. */
    public TestPack control(ControlGroup group) {
        control = group;
        return this;
    }

    public TestPack outcome(OutcomeRule outcome) {
        outcomes.add(outcome);
        return this;
    }

    /** The numeric variable of that name, which may be declared later. */
    public Formula number(String variable) {
        return scope -> scope.number(numberOf(variable));
    }

    /** The text variable of that name, which may be declared later. */
    public Words words(String variable) {
        return scope -> scope.text(numberOf(variable));
    }

    /** The number of a variable in conditions. Only after {@link #ready}. */
    public int numberOf(String variable) {
        if (vocabulary == null) {
            throw new IllegalStateException("variables have no numbers before the pack is ready");
        }
        return vocabulary
                .number(variable)
                .orElseThrow(() -> new IllegalArgumentException("no variable '" + variable + "'"));
    }

    /** The number that a variable will have once all traits, journeys and signals declared so far are all there are. */
    public int numberSoFar(String variable) {
        return makeVocabulary()
                .number(variable)
                .orElseThrow(() -> new IllegalArgumentException("no variable '" + variable + "'"));
    }

    /** Names the definition; needed where one is exchanged for another. At least eight hexadecimal digits. */
    public TestPack hash(String digits) {
        this.hash = digits;
        return this;
    }

    /**
     * Says that a declaration, such as {@code signal.late}, reads something else than in another definition. Objects without a text of their
     * own look alike here, so tests have to say so.
     */
    public TestPack changed(String declaration) {
        changed.add(declaration);
        return this;
    }

    public Definition ready() {
        Vocabulary words = makeVocabulary();
        vocabulary = words;
        return new Definition(new Definition.Parts(
                "test",
                hash,
                plan.tracking(),
                lateness,
                tick,
                Currency.getInstance("EUR"),
                words,
                traits,
                journeys,
                signals,
                featureRules,
                predictions,
                ReasonRules.STANDARD,
                alerts,
                gateRules(),
                control,
                resources,
                actions(),
                policies,
                outcomes,
                contents()));
    }

    /** Those that are declared by themselves, and those of policies, each once. */
    private List<Action> actions() {
        SequencedMap<String, Action> all = new LinkedHashMap<>();
        actions.forEach(each -> all.put(each.name(), each));
        policies.stream()
                .flatMap(each -> each.candidates().stream())
                .forEach(each -> all.putIfAbsent(each.action().name(), each.action()));
        return List.copyOf(all.values());
    }

    /** What each declaration says, as far as it says it in a text. */
    private SortedMap<String, String> contents() {
        SortedMap<String, String> contents = new TreeMap<>();
        traits.forEach(each -> contents.put("trait." + each.name(), each.toString()));
        journeys.forEach(each -> contents.put("journey." + each.name(), each.toString()));
        signals.forEach(each -> contents.put("signal." + each.name(), each.toString()));
        predictions.forEach(each -> contents.put("prediction." + each.name(), each.toString()));
        alerts.forEach(each -> contents.put("alert." + each.name(), each.toString()));
        policies.forEach(each -> contents.put("policy." + each.name(), each.toString()));
        outcomes.forEach(each -> contents.put("outcome." + each.name(), each.toString()));
        contents.replaceAll((declaration, text) ->
                text.replaceAll("Lambda/0x[0-9a-f]+|@[0-9a-f]+", "") + (changed.contains(declaration) ? hash : ""));
        return contents;
    }

    private GateRules gateRules() {
        List<Cap> all = new ArrayList<>(gateRules.caps());
        all.addAll(caps);
        return new GateRules(
                gateRules.consents(),
                gateRules.suppressions(),
                all,
                gateRules.quiet(),
                gateRules.calendar(),
                gateRules.zone(),
                gateRules.zoneElse(),
                gateRules.releaseMillis());
    }

    private Vocabulary makeVocabulary() {
        return new Vocabulary(
                traits.stream()
                        .map(trait -> new Vocabulary.Term(trait.name(), trait.isText()))
                        .toList(),
                journeys.stream().map(Journey::name).toList(),
                signals.stream()
                        .filter(rule -> !(rule.detector() instanceof Cohort))
                        .map(SignalRule::name)
                        .toList(),
                signals.stream()
                        .filter(SignalRule::affectsCustomers)
                        .map(SignalRule::name)
                        .toList(),
                predictions.stream().map(Prediction::name).toList());
    }
}
