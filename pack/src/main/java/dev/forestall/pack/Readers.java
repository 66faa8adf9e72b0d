package dev.forestall.pack;

import dev.forestall.loop.Definition;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.expression.Vocabulary;
import dev.forestall.loop.gate.ControlGroup;
import dev.forestall.loop.gate.GateRules;
import dev.forestall.loop.roi.OutcomeRule;
import dev.forestall.pack.expression.Expressions;
import dev.forestall.pack.expression.Names;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** All parts of a pack, read from left to right, as the loop runs them: each can refer to what was read before it. */
final class Readers {

    private static final Currency STANDARD_CURRENCY = Currency.getInstance("EUR");
    private static final long STANDARD_TICK_MILLIS = 60_000;

    private final Section pack;
    private final Currency currency;
    private final Plan.Read plan;
    private final Vocabulary vocabulary;
    private final TraitsReader traits;
    private final JourneysReader journeys;
    private final SignalsReader signals;
    private final PredictionsReader predictions;
    private final ActionsReader actions;
    private final GateRules gateRules;
    private final ControlGroup control;
    private final PoliciesReader policies;
    private final List<AlertRule> alerts;
    private final List<OutcomeRule> outcomes;
    private final FilesReader files;
    private final SourcesReader sources;

    Readers(Section pack, @Nullable Path folder, Learning learning, Problems problems) {
        this.pack = pack;
        this.currency = Currencies.read(pack, "currency", STANDARD_CURRENCY, problems);
        Subjects subjects = Subjects.read(pack, problems);
        this.plan = Plan.read(pack, subjects, currency, problems);
        Expressions expressions = new Expressions(names(), problems);
        List<String> predicted =
                pack.members("predictions").stream().map(Member::name).toList();
        EventsReader events = new EventsReader(plan.events(), expressions, problems);

        this.predictions = new PredictionsReader(plan.events(), expressions, events, problems);
        predictions.readLabels(pack);
        this.traits = new TraitsReader(subjects, plan.personal(), expressions, events, problems);
        traits.read(pack);
        this.vocabulary = expressions.traitsAreKnown();
        this.journeys = new JourneysReader(plan.events(), expressions, events, problems);
        journeys.read(pack);
        Cohorts cohorts = new Cohorts(plan, expressions, events, traits, journeys, learning, problems);
        Detectors detectors =
                new Detectors(plan.events(), expressions, events, traits, journeys, learning, cohorts, problems);
        this.signals = new SignalsReader(subjects, journeys, detectors, learning, problems);
        signals.read(pack);
        predictions.read(pack, traits, journeys, signals);
        PurposesReader purposes = new PurposesReader(pack, problems);
        this.control = ControlReader.read(pack, purposes, problems);
        this.actions = new ActionsReader(currency, folder, expressions, purposes, problems);
        actions.read(pack, signals, predicted);
        this.gateRules =
                new GateReader(plan.events(), expressions, events, purposes, actions.channels(), problems).read(pack);
        this.policies = new PoliciesReader(expressions, signals, actions, control, predicted, problems);
        policies.read(pack);
        this.alerts = AlertsReader.read(pack, signals, predicted, problems);
        this.outcomes = OutcomesReader.read(pack, events);
        this.files = new FilesReader(plan.events(), problems);
        files.read(pack);
        this.sources = new SourcesReader(plan.events(), problems);
        sources.read(pack);
    }

    /** What expressions can name is known before any of them is compiled, except the types of traits. */
    private Names names() {
        return new Names(
                plan.events(),
                currency,
                pack.members("traits").stream().map(Member::name).toList(),
                pack.members("journeys").stream().map(Member::name).toList(),
                JourneysReader.valued(pack),
                SignalsReader.names(pack),
                SignalsReader.affectingNames(pack),
                pack.members("predictions").stream().map(Member::name).toList());
    }

    /** The definition; only of a pack without errors. */
    Definition definition(String hash, SortedMap<String, String> contents) {
        return new Definition(new Definition.Parts(
                pack.text("pack", ""),
                hash,
                plan.events(),
                Duration.ofMillis(pack.millis("lateness", 0)),
                Duration.ofMillis(pack.millis("tick", STANDARD_TICK_MILLIS)),
                currency,
                vocabulary,
                traits.traits(),
                journeys.journeys(),
                signals.rules(),
                predictions.featureRules(),
                predictions.predictions(),
                predictions.reasonRules(),
                alerts,
                gateRules,
                control,
                actions.resources(),
                actions.all(),
                policies.policies(),
                outcomes,
                contents));
    }

    TraitsReader traits() {
        return traits;
    }

    JourneysReader journeys() {
        return journeys;
    }

    SignalsReader signals() {
        return signals;
    }

    PredictionsReader predictions() {
        return predictions;
    }

    ActionsReader actions() {
        return actions;
    }

    FilesReader files() {
        return files;
    }

    SourcesReader sources() {
        return sources;
    }
}
