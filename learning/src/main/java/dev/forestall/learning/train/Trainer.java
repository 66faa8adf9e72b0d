package dev.forestall.learning.train;

import dev.forestall.learning.table.Examples;
import dev.forestall.learning.table.Split;
import dev.forestall.learning.train.Trained.Attempt;
import dev.forestall.loop.risk.Forest;
import dev.forestall.loop.risk.Linear;
import dev.forestall.loop.risk.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Trains a model: gradient boosting and logistic regression, blended in log odds if that wins, calibrated if that helps. Every choice
 * is made on validation rows within the training rows; test rows are never looked at. The same table and seed give the same model.
 */
public final class Trainer {

    /** How trees may be grown: small ones, for most histories are small and noisy. */
    private static final List<Settings> CANDIDATES = List.of(
            new Settings(0, 8, 0.05, 5, 5, 0.8, 0.6),
            new Settings(3, 0, 0.05, 3, 2, 0.8, 0.6),
            new Settings(5, 0, 0.05, 10, 5, 0.8, 0.4));

    private static final double[] COSTS = {0.0003, 0.003, 0.03, 0.3};
    private static final double[] FINER_COSTS = {0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3};
    private static final int MAX_ROUNDS = 600;
    private static final int PATIENCE = 30;

    /** Choices are made on so many rows at most; more would cost time and change none of them. */
    private static final int MAX_CHOOSING_ROWS = 60_000;

    /** More rows than this are not fitted at once: the library needs a dozen bytes for each of their values. */
    private static final int MAX_FITTED_ROWS = 400_000;

    /** Logistic regression needs no more to find its weights. */
    private static final int MAX_LINEAR_ROWS = 40_000;

    private static final int MAX_COLUMNS = 120;
    private static final int SCREENING_ROUNDS = 80;

    /**
     * A history of fewer subjects is small: what does best on its few validation rows is largely luck. All columns are kept there, for
     * which of them a few trees happen to use is chance; the penalty is chosen more finely; and shares stay near equal.
     */
    private static final int SMALL = 1_000;

    private final Examples examples;
    private final long horizonMillis;
    private final boolean isTimeMeaningful;
    private final long seed;

    /**
     * @param horizonMillis of the question, for splits in time
     * @param isTimeMeaningful whether later moments are what a model will meet; else rows are a mere heap
     */
    public Trainer(Examples examples, long horizonMillis, boolean isTimeMeaningful, long seed) {
        this.examples = examples;
        this.horizonMillis = horizonMillis;
        this.isTimeMeaningful = isTimeMeaningful;
        this.seed = seed;
    }

    /**
     * Trains on some rows.
     *
     * @throws IllegalArgumentException when they hold only one kind of outcome, or of too few customers to choose by
     */
    public Trained train(int[] training, Progress progress) {
        List<Split> inner = Inner.of(examples, training, horizonMillis, isTimeMeaningful).stream()
                .map(each -> new Split(
                        some(each.training(), MAX_CHOOSING_ROWS, seed),
                        some(each.test(), MAX_CHOOSING_ROWS, seed + 1),
                        each.leftOut()))
                .toList();
        if (inner.isEmpty()) {
            throw new IllegalArgumentException(
                    "the training rows do not have customers with and without the outcome enough to choose by");
        }
        progress.at("Looking which features help", 0);
        boolean isSmall = examples.subjects(training) < SMALL;
        int[] columns = isSmall
                ? IntStream.range(0, examples.columns().size()).toArray()
                : screened(inner.getFirst().training());
        List<Attempt> tried = new ArrayList<>();
        Out truth = new Out(inner);

        List<Best<Settings>> forests = new ArrayList<>();
        double[] costs = isSmall ? FINER_COSTS : COSTS;
        int steps = CANDIDATES.size() + costs.length + 2;
        int step = 1;
        for (Settings settings : CANDIDATES) {
            progress.at("Growing trees of " + settings, (double) step++ / steps);
            Best<Settings> each = boosted(columns, inner, settings, truth);
            tried.add(new Attempt("trees of " + settings + ", " + each.rounds + " rounds", each.logLoss));
            forests.add(each);
        }
        Best<Settings> trees = best(forests);
        List<Best<Double>> sums = new ArrayList<>();
        List<Logistic> logistics = inner.stream()
                .map(each -> new Logistic(examples, columns, some(each.training(), MAX_LINEAR_ROWS, seed + 2)))
                .toList();
        for (double cost : costs) {
            progress.at("Fitting a weighted sum, C " + cost, (double) step++ / steps);
            Best<Double> each = logistic(columns, inner, logistics, cost, truth);
            tried.add(new Attempt("weighted sum, C " + cost, each.logLoss));
            sums.add(each);
        }
        Best<Double> sum = best(sums);
        double treesShare = blend(trees, sum, truth, isSmall);
        double[] blended = mixed(trees.margins, sum.margins, treesShare);
        tried.add(new Attempt("blend with " + treesShare + " of the trees", truth.logLoss(blended)));
        Platt line = calibration(blended, truth);
        tried.add(new Attempt(
                line == Platt.NONE
                        ? "no calibration needed"
                        : "calibrated by " + line.slope() + " and " + line.offset(),
                truth.logLoss(Arrays.stream(blended).map(line::of).toArray())));

        progress.at("Fitting all training rows", (double) step++ / steps);
        // More rows carry a few more trees than validation could judge.
        int rounds = (int) Math.ceil(trees.rounds * 1.1);
        Forest forest = new Boosting(examples, columns, seed)
                .grow(some(training, MAX_FITTED_ROWS, seed + 5), trees.choice, rounds);
        progress.at("Fitting all training rows", (double) step / steps);
        int[] linearRows = some(training, MAX_LINEAR_ROWS, seed + 2);
        Linear linear = new Logistic(examples, columns, linearRows).fit(sum.choice);
        return trained(columns, forest, linear, treesShare, line, trees.choice, rounds, sum.choice, tried);
    }

    /**
     * The same model anew on other rows, with all choices made: to see what of it stays.
     *
     * @param rows with repeats, if some are to count more
     */
    public Trained again(int[] rows, Trained before) {
        int[] fewer = some(rows, MAX_CHOOSING_ROWS, seed + 3);
        Forest forest =
                new Boosting(examples, before.columns(), seed + 3).grow(fewer, before.settings(), before.rounds());
        int[] linearRows = some(rows, MAX_LINEAR_ROWS, seed + 4);
        Linear linear = new Logistic(examples, before.columns(), linearRows).fit(before.cost());
        Scorer like = before.scorer();
        Scorer scorer = new Scorer(forest, like.forestShare(), linear, like.linearShare(), like.slope(), like.offset());
        return new Trained(
                before.columns(),
                scorer,
                before.columns(),
                scorer,
                scorer,
                before.settings(),
                before.rounds(),
                before.cost(),
                List.of());
    }

    /**
     * The model on other rows with all choices made, to be used: on as many rows as training itself would take.
     *
     * @param rows perhaps with those that the choices were judged on
     */
    public Trained anew(int[] rows, Trained before) {
        Forest forest = new Boosting(examples, before.considered(), seed)
                .grow(some(rows, MAX_FITTED_ROWS, seed + 5), before.settings(), before.rounds());
        Linear linear =
                new Logistic(examples, before.considered(), some(rows, MAX_LINEAR_ROWS, seed + 2)).fit(before.cost());
        Scorer like = before.scorer();
        return trained(
                before.considered(),
                forest,
                linear,
                like.forestShare(),
                new Platt(like.slope(), like.offset()),
                before.settings(),
                before.rounds(),
                before.cost(),
                before.tried());
    }

    /** Something chosen on validation, with what it said of each validation row. */
    private record Best<C>(C choice, double[] margins, double logLoss, int rounds) {}

    /** Of equals the first. */
    private static <C> Best<C> best(List<Best<C>> all) {
        return all.stream().min(Comparator.comparingDouble(Best::logLoss)).orElseThrow();
    }

    /** The validation rows of all inner splits, one after the other. */
    private final class Out {
        final boolean[] labels;
        final int[] subjects;

        Out(List<Split> inner) {
            int[] rows = inner.stream()
                    .flatMapToInt(each -> Arrays.stream(each.test()))
                    .toArray();
            this.labels = new boolean[rows.length];
            this.subjects = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                labels[i] = examples.label(rows[i]);
                subjects[i] = examples.subject(rows[i]);
            }
        }

        double logLoss(double[] logOdds) {
            double loss = 0;
            for (int i = 0; i < labels.length; i++) {
                loss += loss(logOdds[i], labels[i]);
            }
            return loss / labels.length;
        }

        /** Whether the loss is higher by more than one standard error; rows of one subject hang together, so subjects are counted. */
        boolean isSurelyWorse(double[] logOdds, double[] than) {
            double[] more = new double[examples.subjects()];
            double sum = 0;
            for (int i = 0; i < labels.length; i++) {
                double each = loss(logOdds[i], labels[i]) - loss(than[i], labels[i]);
                more[subjects[i]] += each;
                sum += each;
            }
            int[] seen = Arrays.stream(subjects).distinct().toArray();
            double mean = sum / seen.length;
            double squares = 0;
            for (int subject : seen) {
                squares += (more[subject] - mean) * (more[subject] - mean);
            }
            return sum > Math.sqrt(squares);
        }
    }

    /** -ln of the probability of what came, without losing digits at the ends. */
    private static double loss(double logOdds, boolean label) {
        double towards = label ? -logOdds : logOdds;
        return Math.max(0, towards) + Math.log1p(Math.exp(-Math.abs(towards)));
    }

    private int[] screened(int[] rows) {
        int[] all = IntStream.range(0, examples.columns().size()).toArray();
        Settings quick = new Settings(4, 0, 0.15, 5, 5, 0.8, 0.5);
        Forest forest = new Boosting(examples, all, seed)
                .grow(some(rows, MAX_CHOOSING_ROWS / 2, seed), quick, SCREENING_ROUNDS);
        int[] uses = forest.uses(all.length);
        int[] kept = Arrays.stream(all)
                .filter(column -> uses[column] > 0)
                .boxed()
                .sorted(Comparator.comparingInt(column -> -uses[column]))
                .limit(MAX_COLUMNS)
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray();
        return kept.length == 0 ? all : kept;
    }

    private Best<Settings> boosted(int[] columns, List<Split> inner, Settings settings, Out truth) {
        List<Boosting.Grown> grown = inner.stream()
                .map(split -> new Boosting(examples, columns, seed)
                        .growUntilBest(split.training(), split.test(), settings, MAX_ROUNDS, PATIENCE))
                .toList();
        int rounds = rounds(grown, inner);
        List<double[]> parts = new ArrayList<>();
        for (int i = 0; i < grown.size(); i++) {
            Forest forest = grown.get(i).first(rounds);
            parts.add(margins(columns, inner.get(i).test(), forest::margin));
        }
        double[] margins = joined(parts);
        return new Best<>(settings, margins, truth.logLoss(margins), rounds);
    }

    /** How many rounds do best over all parts together: a round of its own for each would flatter the trees. */
    private static int rounds(List<Boosting.Grown> grown, List<Split> inner) {
        int longest =
                grown.stream().mapToInt(each -> each.losses().length).max().orElse(1);
        int best = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int rounds = 1; rounds <= longest; rounds++) {
            double loss = 0;
            for (int i = 0; i < grown.size(); i++) {
                loss += grown.get(i).loss(rounds) * inner.get(i).test().length;
            }
            if (loss < least) {
                least = loss;
                best = rounds;
            }
        }
        return best;
    }

    private Best<Double> logistic(int[] columns, List<Split> inner, List<Logistic> logistics, double cost, Out truth) {
        List<double[]> parts = new ArrayList<>();
        for (int i = 0; i < inner.size(); i++) {
            Linear linear = logistics.get(i).fit(cost);
            parts.add(margins(columns, inner.get(i).test(), linear::value));
        }
        double[] margins = joined(parts);
        return new Best<>(cost, margins, truth.logLoss(margins), 0);
    }

    @FunctionalInterface
    private interface OfRow {
        double margin(float[] row);
    }

    private double[] margins(int[] columns, int[] rows, OfRow model) {
        float[] picked = new float[columns.length];
        double[] margins = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            pick(examples.row(rows[i]), columns, picked);
            margins[i] = model.margin(picked);
        }
        return margins;
    }

    /** Copies what a model looks at out of a row of the table. */
    public static void pick(float[] row, int[] columns, float[] into) {
        for (int c = 0; c < columns.length; c++) {
            into[c] = row[columns[c]];
        }
    }

    private static double[] joined(List<double[]> parts) {
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /**
     * The share of the trees, in tenths: the one that does best; of equals the one that needs less. Of a small history, the nearest to
     * one half that is not surely worse than the best: equal shares are hard to beat when little is known.
     */
    private static double blend(Best<Settings> trees, Best<Double> sum, Out truth, boolean isSmall) {
        double[][] mixed = new double[11][];
        double[] losses = new double[11];
        int best = 10;
        for (int tenths : new int[] {10, 0, 9, 8, 7, 6, 5, 4, 3, 2, 1}) {
            mixed[tenths] = mixed(trees.margins, sum.margins, tenths / 10.0);
            losses[tenths] = truth.logLoss(mixed[tenths]);
            best = losses[tenths] < losses[best] ? tenths : best;
        }
        if (!isSmall) {
            return best / 10.0;
        }
        double[] least = mixed[best];
        return IntStream.rangeClosed(0, 10)
                        .filter(tenths -> !truth.isSurelyWorse(mixed[tenths], least))
                        .boxed()
                        .min(Comparator.<Integer>comparingInt(tenths -> Math.abs(tenths - 5))
                                .thenComparingDouble(tenths -> losses[tenths]))
                        .orElse(best)
                / 10.0;
    }

    private static double[] mixed(double[] trees, double[] sum, double treesShare) {
        double[] mixed = new double[trees.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = treesShare * trees[i] + (1 - treesShare) * sum[i];
        }
        return mixed;
    }

    /** A line that helps on customers it was not fitted on; none when it does not. */
    private Platt calibration(double[] logOdds, Out truth) {
        double with = 0;
        double without = 0;
        for (int half = 0; half < 2; half++) {
            int fitted = half;
            int[] fit = IntStream.range(0, logOdds.length)
                    .filter(i -> truth.subjects[i] % 2 == fitted)
                    .toArray();
            int[] check = IntStream.range(0, logOdds.length)
                    .filter(i -> truth.subjects[i] % 2 != fitted)
                    .toArray();
            Platt line = line(logOdds, truth, fit);
            for (int i : check) {
                with += loss(line.of(logOdds[i]), truth.labels[i]);
                without += loss(logOdds[i], truth.labels[i]);
            }
        }
        return with < without
                ? line(logOdds, truth, IntStream.range(0, logOdds.length).toArray())
                : Platt.NONE;
    }

    private static Platt line(double[] logOdds, Out truth, int[] rows) {
        double[] odds = new double[rows.length];
        boolean[] labels = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            odds[i] = logOdds[rows[i]];
            labels[i] = truth.labels[rows[i]];
        }
        return Platt.fit(odds, labels);
    }

    /** The model with only those columns that it really looks at. */
    private static Trained trained(
            int[] columns,
            Forest forest,
            Linear linear,
            double treesShare,
            Platt line,
            Settings settings,
            int rounds,
            double cost,
            List<Attempt> tried) {
        int[] uses = forest.uses(columns.length);
        int[] kept = IntStream.range(0, columns.length)
                .filter(c -> uses[c] > 0 && treesShare > 0 || linear.weights()[c] != 0 && treesShare < 1)
                .toArray();
        int[] numbers = new int[columns.length];
        for (int i = 0; i < kept.length; i++) {
            numbers[kept[i]] = i;
        }
        Forest smaller = treesShare > 0 ? forest.renumbered(numbers) : Forest.EMPTY;
        Linear less = new Linear(
                linear.intercept(),
                Arrays.stream(kept).mapToDouble(c -> linear.weights()[c]).toArray(),
                Arrays.stream(kept).mapToDouble(c -> linear.means()[c]).toArray(),
                Arrays.stream(kept).mapToDouble(c -> linear.scales()[c]).toArray());
        Linear none = new Linear(0, new double[0], new double[0], new double[0]);
        Scorer scorer = new Scorer(
                smaller, treesShare, treesShare < 1 ? less : none, 1 - treesShare, line.slope(), line.offset());
        return new Trained(
                Arrays.stream(kept).map(c -> columns[c]).toArray(),
                scorer,
                columns,
                new Scorer(forest, 1, none, 0, 1, 0),
                new Scorer(Forest.EMPTY, 0, linear, 1, 1, 0),
                settings,
                rounds,
                cost,
                tried);
    }

    /** So many of some rows at most, drawn once and for all, in their order. */
    private static int[] some(int[] rows, int most, long seed) {
        if (rows.length <= most) {
            return rows;
        }
        int[] drawn = rows.clone();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < most; i++) {
            int other = i + random.nextInt(drawn.length - i);
            int moved = drawn[i];
            drawn[i] = drawn[other];
            drawn[other] = moved;
        }
        int[] some = Arrays.copyOf(drawn, most);
        Arrays.sort(some);
        return some;
    }
}
