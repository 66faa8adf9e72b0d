package dev.forestall.benchmarks.score;

import dev.forestall.benchmarks.score.Way.Answer;
import dev.forestall.loop.reason.Contributions;
import dev.forestall.loop.risk.Forest;
import dev.forestall.loop.risk.Linear;
import dev.forestall.loop.risk.Scorer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** All ways to score and to explain a row, for the same trees. */
public final class Ways implements AutoCloseable {

    /** The largest difference of a probability from the library's that counts as equal: it computes in single precision. */
    private static final double PROBABILITY_MARGIN = 1e-6;

    private static final double CONTRIBUTION_MARGIN = 1e-5;

    private static final int TRAINING_ROWS = 20_000;
    private static final int ROWS = 100_000;
    private static final int EXPLAINED_ROWS = 500;
    private static final int BATCH = 500;
    private static final int THREADS = 2;

    private final Rows rows = new Rows(ROWS, 2);
    private final Library library = Library.trainedOn(new Rows(TRAINING_ROWS, 1));
    private final Forest forest = library.forest();
    private final Scorer scorer =
            new Scorer(forest, 1, new Linear(0, new double[0], new double[0], new double[0]), 0, 1, 0);
    private final NodeObjects objects = new NodeObjects(forest);

    /** What is measured: for example {@code 100 trees, 10,412 nodes, 30 features}. */
    public String what() {
        int nodes = 0;
        for (int t = 0; t < forest.trees(); t++) {
            nodes += forest.tree(t).size();
        }
        return String.format(Locale.ROOT, "%d trees, %,d nodes, %d features", forest.trees(), nodes, Rows.FEATURES);
    }

    /**
     * Compares our answers with the library's.
     *
     * @return how far they lie apart at most, in words
     * @throws IllegalStateException when they differ by more than the library's single precision explains
     */
    public String compared() {
        double furthest = 0;
        var theirs = library.probabilities(rows, 0, ROWS);
        var inPlace = library.probabilitiesInPlace(rows, 0, ROWS);
        for (int i = 0; i < ROWS; i++) {
            double ours = scorer.probability(rows.row(i));
            furthest = Math.max(furthest, difference("probability", i, ours, theirs[i][0], PROBABILITY_MARGIN));
            difference("probability in place", i, ours, inPlace[i][0], PROBABILITY_MARGIN);
            if (objects.margin(rows.row(i)) != forest.margin(rows.row(i))) {
                throw new IllegalStateException("trees of objects differ from the forest in row " + i);
            }
        }
        double furthestPart = 0;
        var contributions = new Contributions(scorer);
        var parts = new double[Rows.FEATURES];
        var theirParts = library.contributions(rows, 0, EXPLAINED_ROWS);
        for (int i = 0; i < EXPLAINED_ROWS; i++) {
            double base = contributions.explain(rows.row(i), parts);
            double apart = difference("base", i, base, theirParts[i][Rows.FEATURES], CONTRIBUTION_MARGIN);
            for (int f = 0; f < Rows.FEATURES; f++) {
                apart = Math.max(apart, difference("feature " + f, i, parts[f], theirParts[i][f], CONTRIBUTION_MARGIN));
            }
            furthestPart = Math.max(furthestPart, apart);
        }
        return String.format(
                Locale.ROOT,
                "equal to the library: %,d probabilities within %.1e, the contributions of %,d rows within %.1e",
                ROWS,
                furthest,
                EXPLAINED_ROWS,
                furthestPart);
    }

    private static double difference(String what, int row, double ours, double theirs, double margin) {
        double difference = Math.abs(ours - theirs);
        if (!(difference <= margin)) {
            throw new IllegalStateException("row " + row + ", " + what + ": we say " + ours + ", the library says "
                    + theirs + "; at most " + margin + " apart counts as equal, so no speed means anything");
        }
        return difference;
    }

    /** In each answer the library row by row comes first, then what else is worth comparing with, then ours. */
    public List<Way> all() {
        return List.of(
                new Way("XGBoost, row by row", Answer.PROBABILITY, 2_000, this::libraryPredicts),
                new Way("XGBoost, row by row, in place", Answer.PROBABILITY, 2_000, this::libraryPredictsInPlace),
                new Way("XGBoost, 500 rows at once", Answer.PROBABILITY, 20_000, this::libraryPredictsBatches),
                new Way("Java, trees of objects", Answer.PROBABILITY, 100_000, count -> walk(count, objects::margin)),
                new Way("Forestall", Answer.PROBABILITY, 100_000, count -> walk(count, forest::margin)),
                new Way("XGBoost, row by row", Answer.REASONS, 500, count -> libraryExplains(count, 1)),
                new Way("XGBoost, 500 rows at once", Answer.REASONS, 500, count -> libraryExplains(count, BATCH)),
                new Way("Forestall", Answer.REASONS, 2_000, count -> explain(0, count)),
                new Way("Forestall, two threads", Answer.REASONS, 4_000, this::explainSideBySide));
    }

    private double libraryPredicts(int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += library.probabilities(rows, i, 1)[0][0];
        }
        return sum;
    }

    private double libraryPredictsInPlace(int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += library.probabilitiesInPlace(rows, i, 1)[0][0];
        }
        return sum;
    }

    private double libraryPredictsBatches(int count) {
        double sum = 0;
        for (int i = 0; i < count; i += BATCH) {
            sum += library.probabilities(rows, i, BATCH)[0][0];
        }
        return sum;
    }

    private double libraryExplains(int count, int atOnce) {
        double sum = 0;
        for (int i = 0; i < count; i += atOnce) {
            sum += library.contributions(rows, i, atOnce)[0][0];
        }
        return sum;
    }

    @FunctionalInterface
    private interface Margin {
        double of(float[] row);
    }

    private double walk(int count, Margin margin) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += margin.of(rows.row(i));
        }
        return sum;
    }

    private double explain(int from, int count) {
        var contributions = new Contributions(scorer);
        var parts = new double[Rows.FEATURES];
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += contributions.explain(rows.row(i), parts) + parts[0];
        }
        return sum;
    }

    private double explainSideBySide(int count) {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            int each = count / THREADS;
            List<Future<Double>> running = IntStream.range(0, THREADS)
                    .mapToObj(thread -> threads.submit(() -> explain(thread * each, each)))
                    .toList();
            double sum = 0;
            for (var one : running) {
                sum += one.get();
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while explaining", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("explaining failed", e);
        }
    }

    @Override
    public void close() {
        library.close();
    }
}
