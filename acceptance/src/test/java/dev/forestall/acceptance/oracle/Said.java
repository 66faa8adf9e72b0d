package dev.forestall.acceptance.oracle;

import java.util.Comparator;
import java.util.List;

/**
 * Something said about a signal.
 *
 * @param subject about whom
 * @param key about which run; empty for none
 * @param at of which instant
 * @param what whether it began or ended then
 */
record Said(String subject, String key, long at, What what) implements Comparable<Said> {

    enum What {
        RAISED,
        ENDED
    }

    private static final Comparator<Said> ORDER = Comparator.comparing(Said::subject)
            .thenComparing(Said::key)
            .thenComparingLong(Said::at)
            .thenComparing(Said::what);

    static Said raised(String subject, String key, long at) {
        return new Said(subject, key, at, What.RAISED);
    }

    static Said ended(String subject, String key, long at) {
        return new Said(subject, key, at, What.ENDED);
    }

    static List<Said> onlyRaised(List<Said> said) {
        return said.stream().filter(each -> each.what() == What.RAISED).toList();
    }

    @Override
    public int compareTo(Said other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return subject + (key.isEmpty() ? "" : "[" + key + "]") + " " + what + "@" + at;
    }
}
