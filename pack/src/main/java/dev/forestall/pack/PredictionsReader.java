package dev.forestall.pack;

import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.feature.FeatureRules;
import dev.forestall.loop.feature.Phrase;
import dev.forestall.loop.feature.Resource;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.reason.Phrasebook;
import dev.forestall.loop.reason.ReasonRules;
import dev.forestall.loop.risk.Moments;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.loop.risk.Question;
import dev.forestall.pack.expression.Compiled;
import dev.forestall.pack.expression.Expressions;
import dev.forestall.pack.expression.Money;
import dev.forestall.pack.expression.Site;
import dev.forestall.pack.expression.Type.Sort;
import dev.forestall.pack.grammar.Durations;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Items;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what is to be foretold, what models may know, and what may be said as a reason. */
final class PredictionsReader {

    private static final Site RISK = new Site(Site.Stage.RISK, new BitSet(), false);

    private final TrackingPlan plan;
    private final Expressions expressions;
    private final EventsReader events;
    private final Problems problems;
    /** What labels say, compiled before they are hidden from everything else. */
    private final Map<String, Condition> labelled = new LinkedHashMap<>();

    private final SortedSet<String> labels = new TreeSet<>();
    /** What features and reasons can be about. */
    private final SortedSet<String> known = new TreeSet<>();

    private final List<Prediction> predictions = new ArrayList<>();
    private final SortedMap<String, String> words = new TreeMap<>();
    private final SortedMap<String, Long> relearnMillis = new TreeMap<>();
    private FeatureRules featureRules = FeatureRules.STANDARD;
    private Languages languages = Languages.BUILT_IN;
    private ReasonRules reasonRules = ReasonRules.STANDARD;

    PredictionsReader(TrackingPlan plan, Expressions expressions, EventsReader events, Problems problems) {
        this.plan = plan;
        this.expressions = expressions;
        this.events = events;
        this.problems = problems;
    }

    /** Reads which properties say what became of something later. To be called before any other expression is compiled. */
    void readLabels(Section pack) {
        for (Member member : pack.members("predictions")) {
            member.section(Grammar.PREDICTION)
                    .flatMap(section -> written(section))
                    .filter(question -> question.has("labelled"))
                    .ifPresent(question -> readLabel(member.name(), question));
        }
        labels.forEach(expressions.names()::hideLabel);
    }

    private void readLabel(String prediction, Section question) {
        Site site = Site.anyTime(Site.Stage.PROFILE, plan.types().size());
        question.scalar("labelled")
                .flatMap(text -> expressions.compile(text, question.pathOf("labelled"), site, Sort.TRUTH))
                .ifPresent(compiled -> {
                    labelled.put(prediction, compiled.condition());
                    labels.addAll(compiled.properties());
                });
    }

    private static Optional<Section> written(Section prediction) {
        return prediction.find("when") instanceof Entries entries
                ? Optional.of(new Section(prediction.pathOf("when"), entries, Grammar.QUESTION))
                : Optional.empty();
    }

    /** Reads everything else, when that to which it refers is read. */
    void read(Section pack, TraitsReader traits, JourneysReader journeys, SignalsReader signals) {
        learnGroups(pack, traits, journeys, signals);
        SortedMap<String, SortedSet<Double>> levels = triggers(pack);
        for (Member member : pack.members("predictions")) {
            Declared.checkName(member.key(), member.path(), "a prediction", problems);
            member.section(Grammar.PREDICTION).ifPresent(section -> {
                String name = member.name();
                words.put("risk." + name, section.text("says", name.replace('_', ' ')));
                read(name, section, journeys, signals, levels.getOrDefault(name, new TreeSet<>()));
            });
        }
        pack.section("features")
                .ifPresentOrElse(
                        section -> readFeatures(section, traits),
                        () -> featureRules =
                                rules(FeatureRules.STANDARD.halfLivesMillis(), Set.of(), traits, List.of()));
        pack.section("reasons").ifPresent(this::readReasons);
    }

    /** The levels of risks that policies and alerts name. */
    private static SortedMap<String, SortedSet<Double>> triggers(Section pack) {
        SortedMap<String, SortedSet<Double>> levels = new TreeMap<>();
        for (String place : List.of("policies", "alerts")) {
            for (Member member : pack.members(place)) {
                member.section(place.equals("policies") ? Grammar.POLICY : Grammar.ALERT)
                        .ifPresent(section -> section.scalars("on")
                                .forEach(on -> Triggers.risk(on.text())
                                        .ifPresent(risk -> levels.computeIfAbsent(
                                                        risk.prediction(), name -> new TreeSet<>())
                                                .add(risk.level()))));
            }
        }
        return levels;
    }

    private void read(
            String name, Section section, JourneysReader journeys, SignalsReader signals, SortedSet<Double> levels) {
        Optional<Question> question = question(name, section, journeys);
        boolean isLabelled = question.map(Question.Labelled.class::isInstance).orElse(false);
        if (question.isPresent() && !isLabelled && !section.has("within")) {
            problems.error(
                    PackError.MISSING_KEY,
                    section.place(),
                    section.path(),
                    "the key 'within' is missing",
                    "Say within which time it counts, such as within: 14d");
            return;
        }
        if (isLabelled && section.has("within")) {
            problems.error(
                    PackError.UNKNOWN_KEY,
                    section.placeOf("within"),
                    section.pathOf("within"),
                    "what is labelled has no horizon: the event says what became of it",
                    "Leave 'within' out");
        }
        if (section.has("relearn")) {
            relearnMillis.put(name, section.millis("relearn", 0));
        }
        Moments moments = moments(section, journeys, signals, isLabelled);
        Condition population = section.scalar("for")
                .flatMap(text -> expressions.compile(text, section.pathOf("for"), RISK, Sort.TRUTH))
                .map(Compiled::condition)
                .orElse(Condition.ALWAYS);
        section.scalars("levels").forEach(level -> {
            double share =
                    Double.parseDouble(level.text().substring(0, level.text().length() - 1)) / 100;
            if (share > 0 && share < 1) {
                levels.add(share);
            } else {
                problems.error(
                        PackError.OUT_OF_RANGE,
                        level.place(),
                        section.pathOf("levels"),
                        level.text() + " is never crossed",
                        "Expected more than 0% and less than 100%");
            }
        });
        question.ifPresent(asked -> {
            warnOfMomentsBehind(section, asked);
            predictions.add(new Prediction(
                    name,
                    asked,
                    isLabelled ? 0 : section.millis("within", Durations.unit("d")),
                    moments,
                    population,
                    List.copyOf(levels),
                    section.has("value") ? Money.minor(expressions, section, "value", RISK) : null,
                    challengerShare(section),
                    section.text("says", name.replace('_', ' '))));
        });
    }

    /** None of the customers unless the pack says so: who is answered by a challenger is treated by it. */
    private double challengerShare(Section section) {
        double share = section.share("challenger", 0);
        if (share >= 1) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    section.placeOf("challenger"),
                    section.pathOf("challenger"),
                    "a challenger that answers everybody is the champion",
                    "Expected less than 100%; 10% is usual");
            return 0;
        }
        return share;
    }

    private Optional<Question> question(String name, Section section, JourneysReader journeys) {
        Optional<Section> written = written(section);
        if (written.isPresent()) {
            return written(name, written.get(), journeys);
        }
        Scalar when = section.scalar("when").orElse(null);
        if (when == null || when.text().indexOf('(') < 0) {
            return Optional.empty();
        }
        String path = section.pathOf("when");
        String form = when.text().substring(0, when.text().indexOf('('));
        String inside = when.text().substring(form.length() + 1, when.text().length() - 1);
        return switch (form) {
            case "fails" -> fails(inside.strip(), when, path, journeys);
            case "stalls" -> stalls(inside.strip(), when, path, journeys);
            default ->
                named(inside, when, path)
                        .map(pattern -> form.equals("any") ? new Question.Any(pattern) : new Question.None(pattern));
        };
    }

    /** Events by name, or one condition. */
    private Optional<EventPattern> named(String inside, Scalar when, String path) {
        List<dev.forestall.pack.source.Node> names = new ArrayList<>();
        for (String name : inside.split(",", -1)) {
            names.add(new Scalar(when.place(), name.strip(), false));
        }
        return events.read(
                        names.size() == 1 ? names.getFirst() : new Items(when.place(), names), path, Site.Stage.SIGNAL)
                .map(Events::pattern);
    }

    private Optional<Question> written(String name, Section question, JourneysReader journeys) {
        if (question.has("any")) {
            return events.read(question, "any", Site.Stage.SIGNAL).map(each -> new Question.Any(each.pattern()));
        }
        if (question.has("none")) {
            return events.read(question, "none", Site.Stage.SIGNAL).map(each -> new Question.None(each.pattern()));
        }
        if (question.has("count")) {
            return question.section("count")
                    .flatMap(counted -> events.read(counted, "of", Site.Stage.SIGNAL)
                            .map(of -> new Question.Count(of.pattern(), counted.whole("at_least", 1))));
        }
        if (question.has("sum")) {
            return question.section("sum").flatMap(this::sum);
        }
        if (question.has("labelled")) {
            return Optional.ofNullable(labelled.get(name)).map(Question.Labelled::new);
        }
        String key = question.has("fails") ? "fails" : "stalls";
        return question.scalar(key)
                .flatMap(journey -> key.equals("fails")
                        ? fails(journey.text(), journey, question.pathOf(key), journeys)
                        : stalls(journey.text(), journey, question.pathOf(key), journeys));
    }

    private Optional<Question> sum(Section summed) {
        return events.read(summed, "of", Site.Stage.SIGNAL)
                .flatMap(of -> summed.scalar("value")
                        .flatMap(text -> expressions.compile(
                                text,
                                summed.pathOf("value"),
                                Site.at(Site.Stage.SIGNAL, of.types()),
                                Sort.NUMBER,
                                Sort.WHOLE))
                        .map(value -> new Question.Total(
                                of.pattern(), value.number(), Double.parseDouble(summed.text("above", "0")))));
    }

    private Optional<Question> fails(String name, Scalar at, String path, JourneysReader journeys) {
        Optional<Journey> journey = journeys.resolve(name, at.place(), path).map(JourneysReader.Known::journey);
        journey.filter(each -> each.failed().types().isEmpty() && each.abandonedAfterMillis() == 0)
                .ifPresent(never -> problems.error(
                        PackError.NEVER_HAPPENS,
                        at.place(),
                        path,
                        "journey '" + name + "' cannot end badly: it has neither 'failed' nor 'abandoned'",
                        "Say what counts as a bad end of it, or foretell an event with any(..)"));
        return journey.map(Question.Fails::new);
    }

    private Optional<Question> stalls(String name, Scalar at, String path, JourneysReader journeys) {
        return journeys.resolve(name, at.place(), path)
                .map(JourneysReader.Known::journey)
                .map(Question.Stalls::new);
    }

    private Moments moments(Section section, JourneysReader journeys, SignalsReader signals, boolean isLabelled) {
        boolean eachEvent = !section.has("each");
        long every = 0;
        Set<String> steps = new TreeSet<>();
        Set<String> raised = new TreeSet<>();
        String path = section.pathOf("each");
        for (Scalar each : section.scalars("each")) {
            String text = each.text();
            if (text.equals("event")) {
                eachEvent = true;
            } else if (text.startsWith("step(")) {
                String step = text.substring("step(".length(), text.length() - 1);
                int dot = step.indexOf('.');
                if (journeys.hasStep(step.substring(0, dot), step.substring(dot + 1), each.place(), path)) {
                    steps.add(step);
                }
            } else if (text.startsWith("signal.")) {
                raised.addAll(Triggers.signals(text, each, path, signals, problems));
            } else {
                if (every > 0) {
                    problems.error(
                            PackError.DUPLICATE,
                            each.place(),
                            path,
                            "there are two fixed times",
                            "Keep the more frequent one");
                }
                every = text.equals("day") || text.equals("hour")
                        ? Durations.unit(text.substring(0, 1))
                        : Durations.millis(text);
            }
        }
        if (isLabelled && (every > 0 || !steps.isEmpty() || !raised.isEmpty() || !eachEvent)) {
            problems.error(
                    PackError.WRONG_VALUE,
                    section.placeOf("each"),
                    path,
                    "what is labelled is asked at events: only they bear the label",
                    "Write each: event, or leave 'each' out");
        }
        boolean never = !eachEvent && every == 0 && steps.isEmpty() && raised.isEmpty();
        return new Moments(never || eachEvent, every, steps, raised, section.whole("first", 0));
    }

    /** A moment after the outcome learns what is over: a model looks brilliant and foretells nothing. */
    private void warnOfMomentsBehind(Section section, Question question) {
        if (question instanceof Question.Fails fails && !section.has("for")) {
            problems.error(
                    PackError.LEAK,
                    section.place(),
                    section.path(),
                    "it would also be asked when journey '" + fails.journey().name()
                            + "' is over, where the answer is known",
                    "Ask it while the journey is open: for: journey."
                            + fails.journey().name() + ".open");
        }
        if (question instanceof Question.Stalls stalls && !section.has("for")) {
            problems.error(
                    PackError.LEAK,
                    section.place(),
                    section.path(),
                    "it would also be asked when journey '" + stalls.journey().name()
                            + "' is over, and then nothing moves",
                    "Ask it while the journey is open: for: journey."
                            + stalls.journey().name() + ".open");
        }
    }

    private void readFeatures(Section section, TraitsReader traits) {
        List<Long> halfLives = new ArrayList<>();
        for (Scalar each : section.scalars("half_lives")) {
            long millis = Durations.millis(each.text());
            if (!halfLives.isEmpty() && millis <= halfLives.getLast()) {
                problems.error(
                        PackError.OUT_OF_RANGE,
                        each.place(),
                        section.pathOf("half_lives"),
                        each.text() + " is not longer than the one before",
                        "Write them from the shortest to the longest");
                return;
            }
            halfLives.add(millis);
        }
        Set<String> without = groups(section, "without");
        featureRules = rules(
                halfLives.isEmpty() ? FeatureRules.STANDARD.halfLivesMillis() : halfLives,
                without,
                traits,
                resources(section));
    }

    private List<Resource> resources(Section features) {
        List<Resource> resources = new ArrayList<>();
        for (Member member : features.members("resources")) {
            Declared.checkName(member.key(), member.path(), "a resource", problems);
            member.section(Grammar.RESOURCE).ifPresent(section -> {
                String property = section.text("by", "");
                if (isResource(property, section)) {
                    resources.add(new Resource(member.name(), property, section.millis("each", Durations.unit("d"))));
                }
            });
        }
        return resources;
    }

    /** Which resource it is, a text must say; and one that names a customer would tell one customer of another. */
    private boolean isResource(String property, Section section) {
        List<Property> all = plan.types().stream()
                .flatMap(type -> type.properties().stream())
                .filter(each -> each.type().isText())
                .toList();
        List<Property> meant =
                all.stream().filter(each -> each.name().equals(property)).toList();
        if (meant.isEmpty()) {
            problems.unknown(
                    PackError.UNKNOWN_NAME,
                    section.placeOf("by"),
                    section.pathOf("by"),
                    "text property",
                    property,
                    all.stream().map(Property::name).toList());
            return false;
        }
        if (meant.stream().anyMatch(Property::personal)) {
            problems.error(
                    PackError.PERSONAL_GROUP,
                    section.placeOf("by"),
                    section.pathOf("by"),
                    "'" + property + "' is declared as personal data",
                    "Count the work of what many share, such as a team, a branch or a machine");
            return false;
        }
        return true;
    }

    /** What is made of personal data is not known to models; of personal texts only how many there were. */
    private FeatureRules rules(
            List<Long> halfLives, Set<String> without, TraitsReader traits, List<Resource> resources) {
        Set<String> all = new TreeSet<>(without);
        traits.personal().forEach(trait -> all.add("trait " + trait));
        return new FeatureRules(halfLives, all, labels, resources);
    }

    private void readReasons(Section section) {
        reasonRules = new ReasonRules(groups(section, "never"), section.whole("most", ReasonRules.STANDARD.most()));
        Scalar standard = section.scalar("language").orElse(null);
        String language = standard == null ? Phrasebook.ENGLISH.language() : standard.text();
        SortedMap<String, Phrasebook> books = new TreeMap<>(Languages.BUILT_IN.books());
        SortedMap<String, SortedMap<String, String>> names = new TreeMap<>();
        names.put(language, new TreeMap<>(names(section)));
        for (Member member : section.members("languages")) {
            member.section(Grammar.LANGUAGE).ifPresent(own -> {
                String tag = member.name();
                books.put(
                        tag, books.getOrDefault(tag, Phrasebook.ENGLISH.as(tag)).with(phrases(own)));
                names.computeIfAbsent(tag, each -> new TreeMap<>()).putAll(names(own));
            });
        }
        if (standard != null && !books.containsKey(language)) {
            problems.unknown(
                    PackError.UNKNOWN_NAME,
                    standard.place(),
                    section.pathOf("language"),
                    "language",
                    language,
                    books.keySet());
            return;
        }
        languages = new Languages(language, books, names);
    }

    private SortedMap<String, String> names(Section section) {
        SortedMap<String, String> names = new TreeMap<>();
        section.members("words").forEach(member -> {
            checkGroup(member.name(), member.key(), section.pathOf("words"));
            if (member.node() instanceof Scalar scalar) {
                names.put(member.name(), scalar.text());
            }
        });
        return names;
    }

    /** A phrase that is never said, or that drops what stands in a place, would go unnoticed until somebody reads nonsense. */
    private SortedMap<String, String> phrases(Section section) {
        SortedMap<String, String> phrases = new TreeMap<>();
        section.members("phrases").forEach(member -> {
            String english = member.name();
            if (!Languages.BUILT_IN.forms().contains(english)) {
                problems.unknown(
                        PackError.UNKNOWN_NAME,
                        member.key().place(),
                        section.pathOf("phrases"),
                        "phrase",
                        english,
                        Languages.BUILT_IN.forms());
            } else if (member.node() instanceof Scalar scalar) {
                List<String> expected = Phrase.places(english).stream().sorted().toList();
                if (Phrase.places(scalar.text()).stream().sorted().toList().equals(expected)) {
                    phrases.put(english, scalar.text());
                } else {
                    problems.error(
                            PackError.WRONG_VALUE,
                            scalar.place(),
                            section.pathOf("phrases"),
                            "'" + scalar.text() + "' has not the places of '" + english + "'",
                            "Use each of the places of the English phrase once, in any order: "
                                    + String.join(
                                            ", ",
                                            expected.stream()
                                                    .map(place -> '{' + place + '}')
                                                    .toList()));
                }
            }
        });
        return phrases;
    }

    /** What features and reasons can be about, by full or bare name; what does not exist is reported. */
    private Set<String> groups(Section section, String key) {
        Set<String> groups = new TreeSet<>();
        for (Scalar each : section.scalars(key)) {
            checkGroup(each.text(), each, section.pathOf(key));
            groups.add(each.text());
        }
        return groups;
    }

    /** A name that means nothing would keep nothing from models, and nobody would notice. */
    private void checkGroup(String name, Scalar at, String path) {
        if (!known.contains(name)) {
            problems.unknown(
                    PackError.UNKNOWN_NAME,
                    at.place(),
                    path,
                    "event, property, trait, journey, signal or resource",
                    name,
                    known);
        }
    }

    private void learnGroups(Section pack, TraitsReader traits, JourneysReader journeys, SignalsReader signals) {
        known.addAll(List.of("pace", "hour", "weekday"));
        plan.types().forEach(type -> {
            learnGroup("event", type.name());
            type.properties().forEach(property -> learnGroup("property", property.name()));
        });
        traits.traits().forEach(trait -> learnGroup("trait", trait.name()));
        journeys.journeys().forEach(journey -> learnGroup("journey", journey.name()));
        signals.names()
                .forEach(signal ->
                        learnGroup(signals.kindOf(signal).equals(SubjectId.COHORT) ? "outside" : "signal", signal));
        pack.section("features")
                .ifPresent(features ->
                        features.members("resources").forEach(resource -> learnGroup("resource", resource.name())));
    }

    private void learnGroup(String kind, String name) {
        known.add(name);
        known.add(kind + " " + name);
    }

    /** By prediction, after how much time it is to be learned anew. */
    SortedMap<String, Long> relearnMillis() {
        return relearnMillis;
    }

    /** In the order of their names. */
    List<Prediction> predictions() {
        return predictions;
    }

    FeatureRules featureRules() {
        return featureRules;
    }

    ReasonRules reasonRules() {
        return reasonRules;
    }

    Languages languages() {
        return languages;
    }

    /** What predictions mean, for people. */
    SortedMap<String, String> words() {
        return words;
    }
}
