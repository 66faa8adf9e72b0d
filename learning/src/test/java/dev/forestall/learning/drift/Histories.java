package dev.forestall.learning.drift;

import dev.forestall.learning.table.Column;
import dev.forestall.learning.table.Examples;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * Made-up histories in which nothing changes by itself: customers with many moments that resemble each other, to whom something happens
 * now and then, at a rate of their own.
 */
final class Histories {

    static final long DAY = 86_400_000;
    static final long HORIZON = 3 * DAY;
    /** Half of the days is trained on. */
    static final int DAYS = 64;

    static final List<Column> COLUMNS = List.of(
            new Column("rate", "rate", "rate"),
            new Column("steady", "steady", "steady"),
            new Column("noise", "noise", "noise"),
            new Column("level", "level", "level"),
            new Column("absent", "absent", "absent"));

    static final int[] ALL = {0, 1, 2, 3, 4};

    private Histories() {}

    /**
     * One history.
     *
     * @param later what becomes of the column {@code steady} in the second half
     */
    static Examples of(long seed, int customers, DoubleUnaryOperator later) {
        SplittableRandom random = new SplittableRandom(seed);
        Examples.Builder table = Examples.of(COLUMNS);
        for (int c = 0; c < customers; c++) {
            double perDay = Math.exp(random.nextGaussian() * 0.7 - 3);
            double steady = random.nextGaussian();
            double level = random.nextInt(3);
            long[] happens = poisson(random, perDay);
            for (long at = random.nextLong(DAY * 2); at < DAYS * DAY; at += DAY / 2 + random.nextLong(DAY * 2)) {
                double now = steady + 0.2 * random.nextGaussian();
                float[] row = {
                    (float) perDay,
                    (float) (at >= DAYS * DAY / 2 ? later.applyAsDouble(now) : now),
                    (float) random.nextGaussian(),
                    (float) level,
                    random.nextInt(4) == 0 ? Float.NaN : (float) steady
                };
                long moment = at;
                boolean label = Arrays.stream(happens).anyMatch(each -> each > moment && each <= moment + HORIZON);
                table.add("c" + c, at, row, label, "");
            }
        }
        return table.ready();
    }

    private static long[] poisson(SplittableRandom random, double perDay) {
        long[] happens = new long[64];
        int n = 0;
        double at = 0;
        while (n < happens.length) {
            at += -Math.log(1 - random.nextDouble()) / perDay * DAY;
            happens[n++] = (long) at;
        }
        return happens;
    }

    /** What is truly so: what happens at a constant rate does not depend on what happened before. */
    static double probability(float[] row) {
        return 1 - Math.exp(-row[0] * HORIZON / DAY);
    }

    static int[] training(Examples examples) {
        return Arrays.stream(examples.all())
                .filter(row -> examples.atMillis(row) < DAYS * DAY / 2)
                .toArray();
    }

    /** The moments behind training whose outcome is known a number of days after it. */
    static int[] fresh(Examples examples, int days) {
        long to = (DAYS / 2 + days) * DAY;
        return Arrays.stream(examples.all())
                .filter(row -> examples.atMillis(row) >= DAYS * DAY / 2 && examples.atMillis(row) < to)
                .toArray();
    }
}
