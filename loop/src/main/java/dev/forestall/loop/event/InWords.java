package dev.forestall.loop.event;

/** Says for people what was declared: nothing is rounded, so that it reads like the pack. */
public final class InWords {

    private static final String[] NAMES = {"day", "h", "min", "s", "ms"};
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

    private InWords() {}

    /** A length of time: {@code 14 days}, {@code 1 day 12 h}, {@code 2 h}, {@code 500 ms}. A day has 24 hours. */
    public static String duration(long millis) {
        if (millis <= 0) {
            return millis + " ms";
        }
        StringBuilder words = new StringBuilder();
        long rest = millis;
        for (int i = 0; i < NAMES.length; i++) {
            long count = rest / MILLIS[i];
            if (count > 0) {
                words.append(words.isEmpty() ? "" : " ")
                        .append(count)
                        .append(' ')
                        .append(NAMES[i]);
                words.append(i == 0 && count > 1 ? "s" : "");
                rest %= MILLIS[i];
            }
        }
        return words.toString();
    }
}
