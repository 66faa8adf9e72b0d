package dev.forestall.pack;

import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.feature.FeatureRules;
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
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what is to be predicted, what models may know, and what may be said as a reason. */
final class PredictionsReader {

    private static final Site RISK = new Site(Site.Stage.RISK, new BitSet(), false);

    private final TrackingPlan plan;
    private final Expressions expressions;
    private final Problems problems;
    private final QuestionsReader questions;
    private final Groups groups;
    private final ReasonsReader reasons;

    private final List<Prediction> predictions = new ArrayList<>();
    private final SortedMap<String, String> words = new TreeMap<>();
    private final SortedMap<String, Long> retrainMillis = new TreeMap<>();
    private FeatureRules featureRules = FeatureRules.STANDARD;

    PredictionsReader(TrackingPlan plan, Expressions expressions, EventsReader events, Problems problems) {
        this.plan = plan;
        this.expressions = expressions;
        this.problems = problems;
        this.questions = new QuestionsReader(plan, expressions, events, problems);
        this.groups = new Groups(problems);
        this.reasons = new ReasonsReader(groups, problems);
    }

    /** Reads which properties say what became of something later. To be called before any other expression is compiled. */
    void readLabels(Section pack) {
        questions.readLabels(pack);
    }

    /** Reads everything else, when that to which it refers is read. */
    void read(Section pack, TraitsReader traits, JourneysReader journeys, SignalsReader signals) {
        groups.learn(pack, plan, traits, journeys, signals);
        SortedMap<String, SortedSet<Double>> levels = triggers(pack);
        for (Member member : pack.members("predictions")) {
            Declared.checkName(member.key(), member.path(), "a prediction", problems);
            member.section(Grammar.PREDICTION).ifPresent(section -> {
                String name = member.name();
                words.put("risk." + name, section.text("description", name.replace('_', ' ')));
                read(name, section, journeys, signals, levels.getOrDefault(name, new TreeSet<>()));
            });
        }
        FeaturesReader features = new FeaturesReader(plan, traits.personal(), questions.labels(), groups, problems);
        featureRules = pack.section("features").map(features::read).orElseGet(features::standard);
        pack.section("reasons").ifPresent(reasons::read);
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
        Optional<Question> question = questions.question(name, section, journeys);
        boolean isLabelled = question.map(Question.Labelled.class::isInstance).orElse(false);
        if (question.isPresent() && !isLabelled && !section.has("horizon")) {
            problems.error(
                    PackError.MISSING_KEY,
                    section.place(),
                    section.path(),
                    "the key 'horizon' is missing",
                    "Say how far ahead it counts, such as horizon: 14d");
            return;
        }
        if (isLabelled && section.has("horizon")) {
            problems.error(
                    PackError.UNKNOWN_KEY,
                    section.placeOf("horizon"),
                    section.pathOf("horizon"),
                    "what is labelled has no horizon: the event says what became of it",
                    "Leave 'horizon' out");
        }
        if (section.has("retrain")) {
            retrainMillis.put(name, section.millis("retrain", 0));
        }
        Moments moments = moments(section, journeys, signals, isLabelled);
        Condition population = section.scalar("population")
                .flatMap(text -> expressions.compile(text, section.pathOf("population"), RISK, Sort.TRUTH))
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
                    isLabelled ? 0 : section.millis("horizon", Durations.unit("d")),
                    moments,
                    population,
                    List.copyOf(levels),
                    section.has("value") ? Money.minor(expressions, section, "value", RISK) : null,
                    challengerShare(section),
                    section.text("description", name.replace('_', ' '))));
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

    private Moments moments(Section section, JourneysReader journeys, SignalsReader signals, boolean isLabelled) {
        boolean eachEvent = !section.has("score_at");
        long every = 0;
        Set<String> steps = new TreeSet<>();
        Set<String> raised = new TreeSet<>();
        String path = section.pathOf("score_at");
        for (Scalar each : section.scalars("score_at")) {
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
                    section.placeOf("score_at"),
                    path,
                    "a labelled target is scored at events: only they have the label",
                    "Write score_at: event, or leave 'score_at' out");
        }
        boolean never = !eachEvent && every == 0 && steps.isEmpty() && raised.isEmpty();
        return new Moments(never || eachEvent, every, steps, raised, section.whole("first", 0));
    }

    /** A moment after the outcome learns what is over: a model looks brilliant and predicts nothing. */
    private void warnOfMomentsBehind(Section section, Question question) {
        if (question instanceof Question.Fails fails && !section.has("population")) {
            problems.error(
                    PackError.LEAK,
                    section.place(),
                    section.path(),
                    "customers would also be scored when journey '"
                            + fails.journey().name() + "' is over, where the answer is known",
                    "Score while the journey is open: population: journey."
                            + fails.journey().name() + ".open");
        }
        if (question instanceof Question.Stalls stalls && !section.has("population")) {
            problems.error(
                    PackError.LEAK,
                    section.place(),
                    section.path(),
                    "customers would also be scored when journey '"
                            + stalls.journey().name() + "' is over, and then nothing moves",
                    "Score while the journey is open: population: journey."
                            + stalls.journey().name() + ".open");
        }
    }

    /** By prediction, after how much time it is to be learned anew. */
    SortedMap<String, Long> retrainMillis() {
        return retrainMillis;
    }

    /** In the order of their names. */
    List<Prediction> predictions() {
        return predictions;
    }

    FeatureRules featureRules() {
        return featureRules;
    }

    ReasonRules reasonRules() {
        return reasons.rules();
    }

    Languages languages() {
        return reasons.languages();
    }

    /** What predictions mean, for people. */
    SortedMap<String, String> words() {
        return words;
    }
}
