package dev.forestall.pack;

import dev.forestall.loop.Definition;
import dev.forestall.loop.action.Cap;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.expression.Vocabulary;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.roi.OutcomeRule;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.Watch;
import dev.forestall.pack.expression.Expressions;
import dev.forestall.pack.expression.Names;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Inspection;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Source;
import java.io.IOException;
import java.util.BitSet;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compiles one pack: inspects its shape, then reads its parts from left to right, as the loop runs them. */
final class Compiler {

    private static final Currency STANDARD_CURRENCY = Currency.getInstance("EUR");

    private final Source source;
    private final String path;
    private final boolean isLearning;
    private final Problems problems;

    /**
     * @param source what the files say
     * @param path as the user called the pack
     * @param isLearning whether it is compiled to learn its baselines
     */
    Compiler(Source source, String path, boolean isLearning, Problems problems) {
        this.source = source;
        this.path = path;
        this.isLearning = isLearning;
        this.problems = problems;
    }

    /** The pack, or nothing when it has errors. */
    Optional<Pack> compile() {
        new Inspection(problems).inspect(source.content(), Grammar.PACK, "");
        Section pack = new Section("", source.content(), Grammar.PACK);
        String hash = ContentHash.of(source.content(), Grammar.PACK);
        Baselines baselines = isLearning ? Baselines.NONE : baselines(hash);

        Currency currency = Currencies.read(pack, "currency", STANDARD_CURRENCY, problems);
        Subjects subjects = Subjects.read(pack, problems);
        Plan.Read plan = Plan.read(pack, subjects, currency, problems);
        Names names = new Names(
                plan.events(),
                currency,
                pack.members("traits").stream().map(Section.Member::name).toList(),
                pack.members("journeys").stream().map(Section.Member::name).toList(),
                JourneysReader.valued(pack),
                SignalsReader.names(pack, false),
                SignalsReader.names(pack, true));
        Expressions expressions = new Expressions(names, problems);
        EventsReader events = new EventsReader(plan.events(), expressions, problems);

        TraitsReader traits = new TraitsReader(subjects, plan.personal(), expressions, events, problems);
        traits.read(pack);
        Vocabulary vocabulary = expressions.traitsAreKnown();
        JourneysReader journeys = new JourneysReader(plan.events(), expressions, events, problems);
        journeys.read(pack);
        Learning learning = new Learning(baselines, isLearning, path, problems);
        Cohorts cohorts =
                new Cohorts(plan.events(), plan.personal(), expressions, events, traits, journeys, learning, problems);
        Detectors detectors =
                new Detectors(plan.events(), expressions, events, traits, journeys, learning, cohorts, problems);
        SignalsReader signals = new SignalsReader(subjects, journeys, detectors, learning, problems);
        signals.read(pack);
        ActionsReader actions = new ActionsReader(currency, problems);
        actions.read(pack);
        List<Cap> caps = actions.caps(pack);
        PoliciesReader policies = new PoliciesReader(expressions, signals, actions, problems);
        policies.read(pack);
        List<AlertRule> alerts = AlertsReader.read(pack, signals, problems);
        List<OutcomeRule> outcomes = OutcomesReader.read(pack, events);
        FilesReader files = new FilesReader(plan.events(), problems);
        files.read(pack);
        if (problems.hasErrors()) {
            return Optional.empty();
        }

        Definition definition = new Definition(new Definition.Parts(
                pack.text("pack", ""),
                ContentHash.of(hash, baselines),
                plan.events(),
                java.time.Duration.ofMillis(pack.millis("lateness", 0)),
                java.time.Duration.ofMillis(pack.millis("tick", 60_000)),
                currency,
                vocabulary,
                traits.traits(),
                journeys.journeys(),
                signals.watches(),
                alerts,
                policies.policies(),
                caps,
                outcomes));
        SortedMap<String, String> words = new TreeMap<>(signals.words());
        words.putAll(actions.words());
        return Optional.of(new Pack(
                definition,
                files.mappings(),
                words,
                hash,
                baselines,
                learning.times(),
                learning.shares(),
                cost(definition, traits, journeys),
                problems.sorted()));
    }

    private Baselines baselines(String packHash) {
        String text = source.baselines();
        if (text == null) {
            return Baselines.NONE;
        }
        Place place = Place.of(Source.BASELINES);
        try {
            Baselines baselines = BaselinesFile.read(text);
            if (!baselines.provenance().packHash().equals(packHash)) {
                problems.warning(
                        PackError.OLD_BASELINES,
                        place,
                        "",
                        "the pack has changed since the baselines were learned",
                        "Learn them again: ./forestall baselines LOG --pack " + path);
            }
            return baselines;
        } catch (IOException wrong) {
            problems.error(
                    PackError.BAD_BASELINES,
                    place,
                    "",
                    "the baselines cannot be read: " + wrong.getMessage(),
                    "Learn them again: ./forestall baselines LOG --pack " + path);
            return Baselines.NONE;
        }
    }

    private static PackCost cost(Definition definition, TraitsReader traits, JourneysReader journeys) {
        Costs costs = new Costs(definition.plan());
        traits.traits().forEach(costs::add);
        for (Journey journey : definition.journeys().all()) {
            costs.add(journey, typesOf(journey.name(), journeys));
        }
        for (Watch<?> watch : definition.signals().all()) {
            costs.add(watch, typesOf(journeyOf(watch), journeys));
        }
        definition.alerts().all().forEach(costs::add);
        definition.actions().all().forEach(costs::add);
        definition.actions().caps().forEach(costs::add);
        definition.outcomes().all().forEach(costs::add);
        return costs.total();
    }

    private static @Nullable String journeyOf(Watch<?> watch) {
        if (watch.detector() instanceof Cohort cohort && cohort.counts() instanceof Cohort.Counts.Exits exits) {
            return exits.journey();
        }
        return watch.journey() == null ? null : watch.journey().name();
    }

    private static BitSet typesOf(@Nullable String journey, JourneysReader journeys) {
        return journey == null
                ? new BitSet()
                : journeys.find(journey).map(JourneysReader.Known::types).orElseGet(BitSet::new);
    }
}
