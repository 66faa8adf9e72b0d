package dev.forestall.pack;

import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.risk.Question;
import dev.forestall.pack.expression.Expressions;
import dev.forestall.pack.expression.Site;
import dev.forestall.pack.expression.Type.Sort;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Items;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads what is asked of the future: in a few words, or written out. */
final class QuestionsReader {

    private final TrackingPlan plan;
    private final Expressions expressions;
    private final EventsReader events;
    private final Problems problems;
    /** What labels say, compiled before they are hidden from everything else. */
    private final Map<String, Condition> labelled = new LinkedHashMap<>();

    private final SortedSet<String> labels = new TreeSet<>();

    QuestionsReader(TrackingPlan plan, Expressions expressions, EventsReader events, Problems problems) {
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

    /** The properties that labels look at. */
    SortedSet<String> labels() {
        return labels;
    }

    private static Optional<Section> written(Section prediction) {
        return prediction.find("target") instanceof Entries entries
                ? Optional.of(new Section(prediction.pathOf("target"), entries, Grammar.QUESTION))
                : Optional.empty();
    }

    /** What a prediction asks; empty when that is missing or wrong, which is reported. */
    Optional<Question> question(String name, Section section, JourneysReader journeys) {
        Optional<Section> written = written(section);
        if (written.isPresent()) {
            return written(name, written.get(), journeys);
        }
        Scalar target = section.scalar("target").orElse(null);
        if (target == null || target.text().indexOf('(') < 0) {
            return Optional.empty();
        }
        String path = section.pathOf("target");
        String form = target.text().substring(0, target.text().indexOf('('));
        String inside = target.text().substring(form.length() + 1, target.text().length() - 1);
        return switch (form) {
            case "fails" -> fails(inside.strip(), target, path, journeys);
            case "stalls" -> stalls(inside.strip(), target, path, journeys);
            default ->
                named(inside, target, path)
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
                        "journey '" + name + "' cannot fail: it has neither 'failed' nor 'abandoned'",
                        "Say when it has failed, or predict an event with any(..)"));
        return journey.map(Question.Fails::new);
    }

    private Optional<Question> stalls(String name, Scalar at, String path, JourneysReader journeys) {
        return journeys.resolve(name, at.place(), path)
                .map(JourneysReader.Known::journey)
                .map(Question.Stalls::new);
    }
}
