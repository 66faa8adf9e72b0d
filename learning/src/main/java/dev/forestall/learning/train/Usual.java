package dev.forestall.learning.train;

import dev.forestall.learning.table.Examples;
import dev.forestall.loop.risk.Fitted.FittedInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What values are usual: between the lowest and the highest tenth of the training rows. */
public final class Usual {

    private Usual() {}

    /** By column of a model: its key, and what is usual. */
    public static List<FittedInput> of(Examples examples, int[] rows, int[] columns) {
        List<FittedInput> inputs = new ArrayList<>();
        float[] values = new float[rows.length];
        for (int column : columns) {
            int n = 0;
            for (int row : rows) {
                float x = examples.row(row)[column];
                if (!Float.isNaN(x)) {
                    values[n++] = x;
                }
            }
            Arrays.sort(values, 0, n);
            double low = n == 0 ? Double.NaN : values[(int) (n * 0.1)];
            double high = n == 0 ? Double.NaN : values[Math.min(n - 1, (int) (n * 0.9))];
            inputs.add(new FittedInput(examples.columns().get(column).key(), low, high));
        }
        return inputs;
    }
}
