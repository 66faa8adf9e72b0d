package dev.forestall.learning.drift;

import dev.forestall.learning.table.Examples;
import dev.forestall.loop.event.Draw;
import dev.forestall.loop.risk.Spread;
import dev.forestall.loop.risk.Spreads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How what a model looks at lay in training. Training is cut into windows; each customer counts in one of them, drawn by their name, with
 * one moment: so customers count independently of each other, and in the same way as in the windows that come later.
 */
public final class Reference {

    private static final int BINS = 10;
    private static final int WINDOWS = 8;
    private static final long LEAST_WINDOW_MILLIS = 3_600_000;

    private Reference() {}

    /**
     * By column of a model.
     *
     * @param rows that were trained on
     */
    public static Spreads of(Examples examples, int[] rows, int[] columns) {
        long from = Arrays.stream(rows).mapToLong(examples::atMillis).min().orElse(0);
        long to = Arrays.stream(rows).mapToLong(examples::atMillis).max().orElse(0) + 1;
        long window = Math.max(LEAST_WINDOW_MILLIS, (to - from) / WINDOWS);
        int[] drawn = IntStream.range(0, WINDOWS)
                .flatMap(each -> Arrays.stream(
                        OnePerCustomer.draw(examples, part(examples, rows, each), from + each * window, window)))
                .toArray();
        List<Spread> all = new ArrayList<>();
        for (int column : columns) {
            all.add(spread(examples, drawn, column));
        }
        return new Spreads(window, all);
    }

    /** The rows of the customers who count in a window. */
    private static int[] part(Examples examples, int[] rows, int window) {
        return Arrays.stream(rows)
                .filter(row ->
                        (int) (Draw.of("reference", examples.subjectName(examples.subject(row))) * WINDOWS) == window)
                .toArray();
    }

    private static Spread spread(Examples examples, int[] rows, int column) {
        float[] values = new float[rows.length];
        int n = 0;
        for (int row : rows) {
            float value = examples.row(row)[column];
            if (!Float.isNaN(value)) {
                values[n++] = value;
            }
        }
        Arrays.sort(values, 0, n);
        List<Double> cuts = new ArrayList<>();
        for (int bin = 1; bin < BINS && n > 0; bin++) {
            double cut = values[(int) ((long) n * bin / BINS)];
            // A cut at the smallest value would leave nothing below it.
            if (cut > values[0] && (cuts.isEmpty() || cut > cuts.getLast())) {
                cuts.add(cut);
            }
        }
        int[] counts = new int[cuts.size() + 2];
        for (int row : rows) {
            counts[Spread.bin(cuts, examples.row(row)[column])]++;
        }
        return new Spread(cuts, Arrays.stream(counts).boxed().toList());
    }
}
