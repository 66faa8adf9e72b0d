package dev.forestall.learning.drift;

import dev.forestall.learning.table.Examples;
import dev.forestall.loop.event.Draw;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Draws moments that do not depend on each other: of each customer their first one at or behind an instant that is drawn by their name within
 * a window of time. Nothing that happens after a moment decides whether it is drawn: who has many moments because nothing happened to
 * them is drawn no less often than who has few because it did.
 */
final class OnePerCustomer {

    private OnePerCustomer() {}

    /**
     * Draws from some rows.
     *
     * @param fromMillis the beginning of the window
     * @param windowMillis its length
     * @return the rows drawn, in the order of time
     */
    static int[] draw(Examples examples, int[] rows, long fromMillis, long windowMillis) {
        long toMillis = fromMillis + windowMillis;
        int[] first = new int[examples.subjects()];
        Arrays.fill(first, -1);
        for (int row : rows) {
            long at = examples.atMillis(row);
            int subject = examples.subject(row);
            if (at < fromMillis || at >= toMillis || at < drawn(examples.subjectName(subject), fromMillis, toMillis)) {
                continue;
            }
            if (first[subject] < 0 || at < examples.atMillis(first[subject])) {
                first[subject] = row;
            }
        }
        return Arrays.stream(first)
                .filter(row -> row >= 0)
                .boxed()
                .sorted(Comparator.comparingLong(examples::atMillis))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static long drawn(String subject, long fromMillis, long toMillis) {
        return fromMillis + (long) (Draw.of("drift", subject, Long.toString(fromMillis)) * (toMillis - fromMillis));
    }
}
