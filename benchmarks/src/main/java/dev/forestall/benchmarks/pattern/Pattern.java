package dev.forestall.benchmarks.pattern;

/**
 * The four patterns, all on one customer's activities in event-time order, ties in the order of arrival. None has a rest period:
 * a pattern matches every time its condition is met.
 */
public enum Pattern {
    /** At a {@code login_failed}: it is the third or later one within (t - 10 min, t]. */
    RETRY("P1 retry"),
    /** Thirty minutes after a {@code checkout_step}: no {@code checkout_step} or {@code purchase} came within (t, t + 30 min]. */
    STALL("P2 stall"),
    /** At a {@code contact}: it is the second or later one within (t - 7 d, t]. */
    REPEATED_CONTACT("P3 repeated contact"),
    /**
     * At any activity: in the last 7 UTC days, the current one included as far as it went, there were fewer than 40 % of the
     * activities of the 7 days before, and at least 10 in those.
     */
    DECLINE("P4 decline");

    private final String label;

    Pattern(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
