package dev.forestall.run;

import dev.forestall.learning.gather.Gatherer;
import dev.forestall.learning.gather.Survey;
import dev.forestall.learning.table.Column;
import dev.forestall.learning.table.Examples;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.feature.Feature;
import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.pack.Pack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a log has to teach about the predictions of a pack. The log is replayed twice: once to see which features say anything, once
 * to take them at every moment.
 */
public final class Lessons {

    /** So many values are held at most, four bytes each; of a longer history, part of the customers is learned from. */
    private static final double MAX_VALUES = 200e6;

    private final List<Lesson> lessons;
    private final HistoryRun run;
    private final double share;

    /**
     * What there is to learn about one prediction.
     *
     * @param examples its moments
     * @param unknown how many more there were of which nobody knows what came of them
     */
    public record Lesson(Prediction prediction, Examples examples, int unknown) {}

    /**
     * What models look at, at each moment of a log.
     *
     * @param lesson the moments of which it is known what came
     * @param all these and the latest, of which it is not known yet; labels say nothing
     * @param run what was gone over
     */
    public record Seen(Lesson lesson, Examples all, HistoryRun run) {}

    private Lessons(List<Lesson> lessons, HistoryRun run, double share) {
        this.lessons = lessons;
        this.run = run;
        this.share = share;
    }

    /**
     * @param pack without models
     * @param asked the predictions to learn
     * @param trainingShare from which texts may be learned
     * @param from what that is a share of
     * @param segment the source of texts by which performance is told apart; empty for the first trait
     * @param also features to take down too, whether they say anything or not
     */
    public static Lessons from(
            Path log,
            Optional<String> mapping,
            Pack pack,
            List<Prediction> asked,
            double trainingShare,
            Survey.From from,
            Optional<String> segment,
            List<String> also,
            Progress progress)
            throws IOException {
        Definition plain = pack.definition();
        Survey survey = new Survey(plain.features());
        HistoryRun.over(
                log,
                mapping,
                pack,
                plain.sampling(Survey.keys(plain.features())),
                effects -> effects.forEach(each -> {
                    if (each instanceof Effect.Sampled sampled) {
                        survey.after(sampled.sample());
                    }
                }),
                "Surveying",
                progress);
        List<String> keys = Stream.concat(survey.chosen(trainingShare, from).stream(), also.stream())
                .distinct()
                .toList();
        double share = Math.min(1, MAX_VALUES / (double) Math.max(1, (long) survey.moments() * keys.size()));
        List<Gatherer> gatherers =
                asked.stream().map(each -> new Gatherer(each, share)).toList();
        HistoryRun run = HistoryRun.over(
                log,
                mapping,
                pack,
                plain.sampling(keys),
                effects -> effects.forEach(each -> {
                    if (each instanceof Effect.Sampled sampled) {
                        gatherers.forEach(gatherer -> gatherer.after(sampled.sample()));
                    }
                }),
                "Learning from",
                progress);
        List<Column> columns = keys.stream()
                .map(key -> plain.features().find(key).orElseThrow())
                .map(Lessons::column)
                .toList();
        int by = segment(plain, segment);
        List<Lesson> lessons = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Examples.Builder table = Examples.of(columns);
            gatherers.get(i).into(table::add, run.lastAtMillis(), by, run.present());
            lessons.add(new Lesson(asked.get(i), table.ready(), gatherers.get(i).unknown()));
        }
        return new Lessons(lessons, run, share);
    }

    /**
     * What models look at, at each moment of a log.
     *
     * @param models of the prediction
     * @throws IllegalArgumentException when one looks at what the pack does not have
     */
    public static Seen of(
            Path log,
            Optional<String> mapping,
            Pack pack,
            Prediction prediction,
            List<Fitted> models,
            Progress progress)
            throws IOException {
        List<String> keys = models.stream()
                .flatMap(model -> model.keys().stream())
                .distinct()
                .toList();
        Gatherer gatherer = new Gatherer(prediction);
        HistoryRun run = HistoryRun.over(
                log,
                mapping,
                pack,
                pack.definition().sampling(keys),
                effects -> effects.forEach(each -> {
                    if (each instanceof Effect.Sampled sampled) {
                        gatherer.after(sampled.sample());
                    }
                }),
                "Judging on",
                progress);
        List<Column> columns = keys.stream()
                .map(key -> pack.definition().features().find(key).orElseThrow())
                .map(Lessons::column)
                .toList();
        Examples.Builder all = Examples.of(columns);
        gatherer.all(all::add, run.present());
        Examples.Builder table = Examples.of(columns);
        gatherer.into(table::add, run.lastAtMillis(), -1, run.present());
        return new Seen(new Lesson(prediction, table.ready(), gatherer.unknown()), all.ready(), run);
    }

    private static Column column(Feature feature) {
        return new Column(feature.key(), feature.group(), feature.words());
    }

    private static int segment(Definition definition, Optional<String> asked) {
        List<String> sources = definition.features().sources();
        if (asked.isPresent()) {
            return sources.indexOf(asked.get());
        }
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).startsWith("trait ")) {
                return i;
            }
        }
        return -1;
    }

    public List<Lesson> all() {
        return lessons;
    }

    /** The share of the customers that was learned from: 1 unless the history is very long. */
    public double share() {
        return share;
    }

    /** What was gone over. */
    public HistoryRun run() {
        return run;
    }
}
