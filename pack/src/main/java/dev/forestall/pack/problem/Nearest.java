package dev.forestall.pack.problem;

import java.util.Collection;
import java.util.Locale;

/** Finds the valid name that a mistyped one was probably meant to be. */
public final class Nearest {

    /** Longer lists of valid names are cut. */
    private static final int MAX_LISTED = 12;

    private Nearest() {}

    /** The nearest of some names, or an empty text when none is near enough: at most a third of the letters may differ. */
    public static String to(String name, Collection<String> valid) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, Math.max(name.length(), 3) / 3);
        String nearest = "";
        int smallest = limit + 1;
        for (String each : valid) {
            int distance = distance(wanted, each.toLowerCase(Locale.ROOT), smallest);
            if (distance < smallest) {
                smallest = distance;
                nearest = each;
            }
        }
        return nearest;
    }

    /** The names in one line, cut when there are many. */
    public static String list(Collection<String> names) {
        String listed = String.join(", ", names.stream().limit(MAX_LISTED).toList());
        return names.size() > MAX_LISTED ? listed + " and " + (names.size() - MAX_LISTED) + " more" : listed;
    }

    /** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment); {@code limit} when more. */
    private static int distance(String from, String to, int limit) {
        if (Math.abs(from.length() - to.length()) >= limit || from.length() > 100 || to.length() > 100) {
            return limit;
        }
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return Math.min(limit, cost[from.length()][to.length()]);
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, 1 + cost[i - 2][j - 2]) : least;
    }
}
