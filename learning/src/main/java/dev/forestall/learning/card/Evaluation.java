package dev.forestall.learning.card;

import dev.forestall.learning.card.ModelCard.Against;
import dev.forestall.learning.card.ModelCard.Contender;
import dev.forestall.learning.card.ModelCard.Lift;
import dev.forestall.learning.card.ModelCard.Part;
import dev.forestall.learning.card.ModelCard.Slice;
import dev.forestall.learning.card.ModelCard.Strength;
import dev.forestall.learning.card.ModelCard.Verdict;
import dev.forestall.learning.judge.Calibration;
import dev.forestall.learning.judge.Estimate;
import dev.forestall.learning.judge.Figures;
import dev.forestall.learning.judge.Judged;
import dev.forestall.learning.table.Examples;
import dev.forestall.learning.table.Split;
import dev.forestall.learning.train.Progress;
import dev.forestall.learning.train.SingleColumn;
import dev.forestall.learning.train.Trained;
import dev.forestall.learning.train.Trainer;
import dev.forestall.loop.risk.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Judges a model on the test rows, once: one that was trained here, or one that can only be asked. */
public final class Evaluation {

    private static final int DRAWS = 400;
    private static final int BINS = 10;
    private static final int EXPLAINED = 400;
    private static final int REFITS = 3;
    private static final int TIMES = 5;
    /** Where the parts by place begin. */
    private static final int[] PLACES = {0, 1, 5, 10, 20, 40, 80};

    private static final int MIN_OUTCOMES = 30;
    private static final int MIN_SUBJECTS = 10;

    private final Examples examples;
    private final Split split;
    private final Judgeable model;
    private final Optional<Refitting> refitting;
    private final long seed;
    private final int[] test;

    /** How a model was trained here, and can be again. */
    private record Refitting(Trained trained, Trainer trainer) {}

    /** One that was trained here. */
    public Evaluation(Examples examples, Split split, Trained trained, Trainer trainer, long seed) {
        this(
                examples,
                split,
                Judgeable.of(trained.columns(), trained.scorer()),
                Optional.of(new Refitting(trained, trainer)),
                seed);
    }

    /** One that was made elsewhere: whether it stays when fitted anew nobody can say here. */
    public Evaluation(Examples examples, Split split, Judgeable model, long seed) {
        this(examples, split, model, Optional.empty(), seed);
    }

    private Evaluation(Examples examples, Split split, Judgeable model, Optional<Refitting> refitting, long seed) {
        this.examples = examples;
        this.split = split;
        this.model = model;
        this.refitting = refitting;
        this.seed = seed;
        this.test = split.test();
    }

    /**
     * @param asked what was predicted, in words
     * @param unknown moments without a label
     */
    public ModelCard card(String prediction, List<String> asked, int unknown, Progress progress) {
        progress.at("Judging on the test", 0);
        Judged ours = Judging.of(examples, test, model.columns(), model::probability);
        SingleColumn column = SingleColumn.best(examples, split.training());
        double rate = (double) examples.outcomes(split.training()) / Math.max(1, split.training().length);
        Judged prior = judged(row -> rate);
        Judged single = judged(column::probability);
        String rule =
                "best single column: " + examples.columns().get(column.column()).words();

        List<String> names = new ArrayList<>(List.of("the model"));
        List<Judged> ways = new ArrayList<>(List.of(ours));
        refitting.map(Refitting::trained).ifPresent(trained -> {
            names.addAll(List.of("its kind of trees alone", "logistic regression alone"));
            ways.add(judged(trained.considered(), trained.boosted()));
            ways.add(judged(trained.considered(), trained.logistic()));
        });
        int rules = names.size();
        names.addAll(List.of(rule, "the usual rate"));
        ways.addAll(List.of(single, prior));
        Figures[][] draws = Judged.draws(ways, DRAWS, seed);
        List<Contender> contenders = new ArrayList<>();
        for (int way = 0; way < names.size(); way++) {
            contenders.add(contender(names.get(way), ways.get(way).figures(), draws[way]));
        }
        List<Against> against = new ArrayList<>();
        for (int way = rules; way < names.size(); way++) {
            against.add(new Against(
                    names.get(way),
                    difference(ways.get(0), ways.get(way), draws[0], draws[way], Figures::auc),
                    difference(ways.get(0), ways.get(way), draws[0], draws[way], Figures::logLoss)));
        }

        progress.at("Asking what it goes by", 0.4);
        Explained explained = new Explained(model);
        double stability =
                refitting.map(each -> stability(explained, each, progress)).orElse(Double.NaN);
        Part training = part(split.training());
        Part tested = part(test);
        return new ModelCard(
                prediction,
                asked,
                training,
                tested,
                split.leftOut(),
                unknown,
                contenders,
                against,
                Calibration.of(ours, BINS, seed),
                List.of(
                        new Lift(0.01, ours.lift(0.01)),
                        new Lift(0.05, ours.lift(0.05)),
                        new Lift(0.1, ours.lift(0.1)),
                        new Lift(0.2, ours.lift(0.2))),
                explained.strongest(),
                byTime(ours),
                byPlace(ours),
                bySegment(ours),
                stability,
                explained.deletion(),
                chosen(),
                refitting.map(each -> each.trained().tried()).orElse(List.of()),
                verdict(training, tested, contenders.getFirst(), against));
    }

    private String chosen() {
        return refitting
                .map(each -> chosen(each.trained()))
                .orElseGet(() -> String.format(
                        java.util.Locale.ROOT,
                        "made elsewhere, and only asked here; looks at %d of %d features",
                        model.columns().length,
                        examples.columns().size()));
    }

    private String chosen(Trained trained) {
        Scorer scorer = trained.scorer();
        return String.format(
                java.util.Locale.ROOT,
                "%.0f %% trees (%d of %s), %.0f %% logistic regression (C %s), %s; looks at %d of %d features",
                scorer.forestShare() * 100,
                trained.rounds(),
                trained.settings(),
                scorer.linearShare() * 100,
                trained.cost(),
                scorer.slope() == 1 && scorer.offset() == 0 ? "no calibration needed" : "calibrated",
                trained.columns().length,
                examples.columns().size());
    }

    /** What a model says of the test rows of a split. */
    public static Judged judged(Examples examples, Split split, Trained trained) {
        return Judging.of(examples, split.test(), trained.columns(), trained.scorer());
    }

    private Judged judged(int[] columns, Scorer scorer) {
        return Judging.of(examples, test, columns, scorer);
    }

    private Judged judged(Judging.OfRow model) {
        return Judging.of(examples, test, model);
    }

    private static Contender contender(String name, Figures figures, Figures[] draws) {
        return new Contender(
                name,
                Judged.estimate(figures.auc(), Arrays.stream(draws).mapToDouble(Figures::auc)),
                Judged.estimate(figures.logLoss(), Arrays.stream(draws).mapToDouble(Figures::logLoss)),
                Judged.estimate(figures.brier(), Arrays.stream(draws).mapToDouble(Figures::brier)));
    }

    private static Estimate difference(
            Judged ours, Judged other, Figures[] ourDraws, Figures[] otherDraws, ToDoubleFunction<Figures> what) {
        return Judged.estimate(
                what.applyAsDouble(ours.figures()) - what.applyAsDouble(other.figures()),
                java.util.stream.IntStream.range(0, ourDraws.length)
                        .mapToDouble(d -> what.applyAsDouble(ourDraws[d]) - what.applyAsDouble(otherDraws[d])));
    }

    private Part part(int[] rows) {
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (int row : rows) {
            from = Math.min(from, examples.atMillis(row));
            to = Math.max(to, examples.atMillis(row));
        }
        return new Part(
                rows.length,
                examples.subjects(rows),
                examples.outcomes(rows),
                examples.subjectsWithOutcome(rows),
                from,
                to);
    }

    private static Verdict verdict(Part training, Part test, Contender ours, List<Against> against) {
        List<String> no = new ArrayList<>();
        if (training.outcomes() < MIN_OUTCOMES || training.moments() - training.outcomes() < MIN_OUTCOMES) {
            no.add("too few outcomes to learn from: " + training.outcomes() + " of " + training.moments() + " moments");
        }
        if (test.subjectsWithOutcome() < MIN_SUBJECTS) {
            no.add("too few customers with the outcome to judge by: " + test.subjectsWithOutcome() + " in the test");
        }
        if (!ours.auc().isAbove(0.5)) {
            no.add(
                    ours.auc().high() < 0.5
                            ? "on the test it ranks the wrong way round: what was so in the training period no longer is"
                            : "on the test it does not rank better than chance, surely enough");
        }
        for (Against each : against) {
            // Surely better probabilities; or a surely better order with probabilities that are no worse.
            boolean isBetter = each.logLoss().high() < 0
                    || each.auc().isAbove(0) && each.logLoss().value() < 0;
            if (!isBetter) {
                no.add("it is not surely better than " + each.rule());
            }
        }
        return no.isEmpty()
                ? new Verdict(
                        true,
                        List.of(
                                "better than the usual rate and than any single column, with its interval, on customers and"
                                        + " times it had not seen"))
                : new Verdict(false, no);
    }

    private List<Slice> byTime(Judged ours) {
        Integer[] order = new Integer[test.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingLong(i -> examples.atMillis(test[i])));
        List<Slice> slices = new ArrayList<>();
        for (int part = 0; part < TIMES; part++) {
            int from = (int) ((long) order.length * part / TIMES);
            int to = (int) ((long) order.length * (part + 1) / TIMES);
            if (from < to) {
                int[] rows = Arrays.stream(order, from, to)
                        .mapToInt(Integer::intValue)
                        .toArray();
                slices.add(slice("from " + day(examples.atMillis(test[rows[0]])), rows, ours));
            }
        }
        return slices;
    }

    private static String day(long atMillis) {
        return java.time.Instant.ofEpochMilli(atMillis).toString().substring(0, 10);
    }

    /** Moments of a customer resemble each other, and later ones know more: what is good on average may be so at the end only. */
    private List<Slice> byPlace(Judged ours) {
        int[] before = before();
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < PLACES.length; i++) {
            int from = PLACES[i];
            int to = i + 1 < PLACES.length ? PLACES[i + 1] : Integer.MAX_VALUE;
            int[] rows = IntStream.range(0, test.length)
                    .filter(row -> before[row] >= from && before[row] < to)
                    .toArray();
            if (rows.length > 0) {
                slices.add(slice(named(from, to), rows, ours));
            }
        }
        return slices.size() < 2 ? List.of() : slices;
    }

    private static String named(int from, int to) {
        if (to == Integer.MAX_VALUE) {
            return from + " or more";
        }
        return to == from + 1 ? String.valueOf(from) : from + " to " + (to - 1);
    }

    /** By test row, how many moments of its customer came before it in the whole table. */
    private int[] before() {
        Integer[] order = new Integer[examples.size()];
        Arrays.setAll(order, row -> row);
        // Stable: of one instant, the one that stands first in the table comes first.
        Arrays.sort(order, Comparator.comparingLong(examples::atMillis));
        int[] seen = new int[examples.subjects()];
        int[] places = new int[examples.size()];
        for (int row : order) {
            places[row] = seen[examples.subject(row)]++;
        }
        return Arrays.stream(test).map(row -> places[row]).toArray();
    }

    private List<Slice> bySegment(Judged ours) {
        Map<String, List<Integer>> rows = new TreeMap<>();
        for (int i = 0; i < test.length; i++) {
            rows.computeIfAbsent(examples.segment(test[i]), name -> new ArrayList<>())
                    .add(i);
        }
        return rows.size() < 2
                ? List.of()
                : rows.entrySet().stream()
                        .sorted(Comparator.comparingInt(each -> -each.getValue().size()))
                        .limit(10)
                        .map(each -> slice(
                                each.getKey().isEmpty() ? "unknown" : each.getKey(),
                                each.getValue().stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray(),
                                ours))
                        .toList();
    }

    private Slice slice(String name, int[] rows, Judged ours) {
        double[] probabilities =
                Arrays.stream(rows).mapToDouble(ours::probability).toArray();
        boolean[] labels = new boolean[rows.length];
        int[] subjects = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = ours.label(rows[i]);
            subjects[i] = i;
        }
        Judged part = new Judged(probabilities, labels, subjects);
        Figures figures = part.figures();
        double said = Arrays.stream(probabilities).average().orElse(Double.NaN);
        return new Slice(name, rows.length, part.rate(), said, figures.auc(), figures.logLoss());
    }

    /** Some test rows, explained by a model. */
    private final class Explained {
        private final int[] columns;
        private final Judgeable model;
        private final int[] rows;
        /** By row: the groups from the strongest to the weakest, and what they move. */
        private final List<List<Map.Entry<String, Double>>> groups = new ArrayList<>();

        Explained(Judgeable model) {
            this.model = model;
            this.columns = model.columns();
            int step = Math.max(1, test.length / EXPLAINED);
            this.rows = java.util.stream.IntStream.range(0, test.length / step)
                    .map(i -> test[i * step])
                    .toArray();
            float[] picked = new float[columns.length];
            double[] moved = new double[columns.length];
            for (int row : rows) {
                Trainer.pick(examples.row(row), columns, picked);
                model.explain(picked, moved);
                Map<String, Double> byGroup = new TreeMap<>();
                for (int c = 0; c < columns.length; c++) {
                    byGroup.merge(examples.columns().get(columns[c]).group(), moved[c], Double::sum);
                }
                List<Map.Entry<String, Double>> sorted = new ArrayList<>(byGroup.entrySet());
                sorted.sort(Comparator.comparingDouble(each -> -Math.abs(each.getValue())));
                groups.add(sorted);
            }
        }

        List<Strength> strongest() {
            Map<String, Double> sums = new HashMap<>();
            groups.forEach(
                    each -> each.forEach(group -> sums.merge(group.getKey(), Math.abs(group.getValue()), Double::sum)));
            return sums.entrySet().stream()
                    .sorted(Comparator.<Map.Entry<String, Double>>comparingDouble(each -> -each.getValue())
                            .thenComparing(Map.Entry::getKey))
                    .limit(12)
                    .map(each -> new Strength(each.getKey(), each.getKey(), each.getValue() / Math.max(1, rows.length)))
                    .toList();
        }

        /** Whether the first reason of a row is among the first three of another explanation of it. */
        int agreements(Explained other) {
            int agreements = 0;
            for (int i = 0; i < rows.length; i++) {
                String first = groups.get(i).getFirst().getKey();
                agreements += other.groups.get(i).stream()
                                .limit(3)
                                .anyMatch(each -> each.getKey().equals(first))
                        ? 1
                        : 0;
            }
            return agreements;
        }

        double deletion() {
            float[] picked = new float[columns.length];
            double fall = 0;
            int raised = 0;
            for (int i = 0; i < rows.length; i++) {
                String first = groups.get(i).stream()
                        .filter(each -> each.getValue() > 0)
                        .findFirst()
                        .map(Map.Entry::getKey)
                        .orElse(null);
                if (first == null) {
                    continue;
                }
                Trainer.pick(examples.row(rows[i]), columns, picked);
                double before = model.probability(picked);
                for (int c = 0; c < columns.length; c++) {
                    if (examples.columns().get(columns[c]).group().equals(first)) {
                        picked[c] = Float.NaN;
                    }
                }
                fall += before - model.probability(picked);
                raised++;
            }
            return raised == 0 ? Double.NaN : fall / raised;
        }
    }

    private double stability(Explained explained, Refitting how, Progress progress) {
        int agreements = 0;
        for (int refit = 0; refit < REFITS; refit++) {
            progress.at("Asking what stays when fitted anew", 0.6 + 0.4 * refit / REFITS);
            Trained again = how.trainer().again(drawn(seed + refit), how.trained());
            agreements += explained.agreements(new Explained(Judgeable.of(again.columns(), again.scorer())));
        }
        return (double) agreements / Math.max(1, REFITS * explained.rows.length);
    }

    /** The training rows of as many subjects, drawn with repeats. */
    private int[] drawn(long drawSeed) {
        SplittableRandom random = new SplittableRandom(drawSeed);
        int[] times = new int[examples.subjects()];
        int[] there = Arrays.stream(split.training())
                .map(examples::subject)
                .distinct()
                .toArray();
        for (int k = 0; k < there.length; k++) {
            times[there[random.nextInt(there.length)]]++;
        }
        return Arrays.stream(split.training())
                .flatMap(row -> java.util.stream.IntStream.generate(() -> row).limit(times[examples.subject(row)]))
                .toArray();
    }
}
