package dev.forestall.pack;

import dev.forestall.loop.Definition;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.Model;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.pack.grammar.Inspection;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.model.Models;
import dev.forestall.pack.model.SavedModel;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compiles one pack: inspects its shape, then reads its parts from left to right, as the loop runs them. */
final class Compiler {

    private final Source source;
    private final String path;
    private final boolean isLearning;
    private final Optional<Models> models;
    private final Problems problems;

    /**
     * @param source what the files say
     * @param path as the user called the pack
     * @param isLearning whether it is compiled to learn its baselines
     * @param models that were learned for it; empty when they are not to answer
     */
    Compiler(Source source, String path, boolean isLearning, Optional<Models> models, Problems problems) {
        this.source = source;
        this.path = path;
        this.isLearning = isLearning;
        this.models = models;
        this.problems = problems;
    }

    /** The pack, or nothing when it has errors. */
    Optional<Pack> compile() {
        new Inspection(problems).inspect(source.content(), PackGrammar.PACK, "");
        Section pack = new Section("", source.content(), PackGrammar.PACK);
        // Where live events come from changes nothing of what is made of them: a new source is no new definition.
        String hash = ContentHash.of(source.content().without("sources"), PackGrammar.PACK);
        Baselines baselines = isLearning ? Baselines.NONE : baselines(hash);

        Learning learning = new Learning(baselines, isLearning, path, problems);
        Readers readers = new Readers(pack, source.folder(), learning, problems);
        if (problems.hasErrors()) {
            return Optional.empty();
        }
        Definition definition = answering(
                readers.definition(ContentHash.of(hash, baselines), DeclarationHashes.of(source.content(), baselines)));
        if (problems.hasErrors()) {
            return Optional.empty();
        }
        return Optional.of(new Pack(
                definition,
                readers.files().mappings(),
                readers.sources().mappings(),
                words(definition, readers),
                readers.predictions().languages(),
                hash,
                baselines,
                learning.times(),
                learning.shares(),
                readers.predictions().retrainMillis(),
                cost(definition, readers),
                problems.sorted()));
    }

    /** The definition with the champion of each prediction, if there are any. */
    private Definition answering(Definition definition) {
        List<Fitted> champions = new ArrayList<>();
        for (Prediction prediction : definition.risks().all()) {
            model(prediction.name(), Models.Stage.CHAMPION, definition).ifPresent(champions::add);
        }
        if (champions.isEmpty()) {
            return definition;
        }
        List<Fitted> challengers = new ArrayList<>();
        for (Prediction prediction : definition.risks().all()) {
            boolean isAnswered =
                    champions.stream().anyMatch(each -> each.prediction().equals(prediction.name()));
            if (isAnswered && prediction.challengerShare() > 0) {
                model(prediction.name(), Models.Stage.CHALLENGER, definition).ifPresent(challengers::add);
            }
        }
        List<Fitted> all = new ArrayList<>(champions);
        all.addAll(challengers);
        return definition.answering(ContentHash.of(definition.hash(), all), champions, challengers);
    }

    private Optional<Fitted> model(String prediction, Models.Stage stage, Definition definition) {
        if (models.isEmpty()) {
            return Optional.empty();
        }
        String learn = "Learn it again: ./forestall learn LOG --pack " + path + " --prediction " + prediction;
        try {
            Models.Entry entry = models.get().latest(prediction, stage).orElse(null);
            if (entry == null) {
                return Optional.empty();
            }
            SavedModel model = models.get().read(entry);
            List<String> missing = Model.missing(model.fitted(), definition.features());
            if (!missing.isEmpty()) {
                problems.error(
                        PackError.BAD_MODEL,
                        Place.of(models.get().file(entry.model()).getFileName().toString()),
                        "predictions." + prediction,
                        "the model looks at what the pack does not have: " + String.join(", ", missing),
                        learn);
                return Optional.empty();
            }
            if (!model.provenance().packHash().equals(definition.hash())) {
                problems.warning(
                        PackError.OLD_MODEL,
                        Place.of(models.get().file(entry.model()).getFileName().toString()),
                        "predictions." + prediction,
                        "the pack has changed since the model was learned",
                        learn);
            }
            return Optional.of(model.fitted());
        } catch (IOException wrong) {
            problems.error(
                    PackError.BAD_MODEL,
                    Place.of(String.valueOf(models.get().folder().getFileName())),
                    "predictions." + prediction,
                    "the model cannot be read: " + firstLine(wrong),
                    learn);
            return Optional.empty();
        }
    }

    private static SortedMap<String, String> words(Definition definition, Readers readers) {
        SortedMap<String, String> words = new TreeMap<>(readers.actions().words());
        definition.signals().all().forEach(rule -> words.put(rule.name(), rule.description()));
        words.putAll(readers.predictions().words());
        return words;
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
                    "the baselines cannot be read: " + firstLine(wrong),
                    "Learn them again: ./forestall baselines LOG --pack " + path);
            return Baselines.NONE;
        }
    }

    private static String firstLine(IOException wrong) {
        return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
    }

    private static PackCost cost(Definition definition, Readers readers) {
        TraitsReader traits = readers.traits();
        JourneysReader journeys = readers.journeys();
        SignalsReader signals = readers.signals();
        Costs costs = new Costs(definition.plan());
        traits.traits().forEach(costs::add);
        for (Journey journey : definition.journeys().all()) {
            costs.add(journey, typesOf(journey.name(), journeys));
        }
        for (SignalRule<?> rule : definition.signals().all()) {
            costs.add(rule, typesOf(journeyOf(rule), journeys));
        }
        if (!definition.risks().areNone()) {
            costs.add(readers.predictions().featureRules());
            definition.risks().all().forEach(costs::add);
        }
        for (AlertRule alert : definition.alerts().all()) {
            costs.add(alert, subjectOf(alert, signals));
        }
        definition.actions().all().forEach(costs::add);
        definition.gate().rules().caps().forEach(costs::add);
        definition.outcomes().all().forEach(costs::add);
        return costs.total();
    }

    /** Of an alert on signals of several kinds of subjects, the customers bear it. */
    private static String subjectOf(AlertRule alert, SignalsReader signals) {
        List<String> kinds = alert.on().stream()
                .map(each -> each instanceof TriggerName.OfSignal signal
                        ? signals.kindOf(signal.signal())
                        : SubjectId.CUSTOMER)
                .distinct()
                .toList();
        return kinds.size() == 1 ? kinds.getFirst() : SubjectId.CUSTOMER;
    }

    private static @Nullable String journeyOf(SignalRule<?> rule) {
        if (rule.detector() instanceof Cohort cohort && cohort.counts() instanceof Cohort.Counts.Exits exits) {
            return exits.journey();
        }
        return rule.journey() == null ? null : rule.journey().name();
    }

    private static BitSet typesOf(@Nullable String journey, JourneysReader journeys) {
        return journey == null
                ? new BitSet()
                : journeys.find(journey).map(JourneysReader.Known::types).orElseGet(BitSet::new);
    }
}
