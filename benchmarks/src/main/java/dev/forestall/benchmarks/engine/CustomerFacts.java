package dev.forestall.benchmarks.engine;

import dev.forestall.benchmarks.pattern.MatchSink;
import dev.forestall.benchmarks.pattern.Pattern;
import dev.forestall.benchmarks.stream.Activity;

/**
 * All that must be remembered of a customer to find the four patterns, with constant work per activity. The hand-written engine
 * and Flink's keyed function share it: between them, only what surrounds it differs. Its fields are public and it has an empty
 * constructor, because Flink then stores it without reflection on each access.
 */
public final class CustomerFacts {

    /** A stall is pending, and matches this long after its checkout step. */
    public static final long STALL_MILLIS = 30 * 60_000L;

    /** No stall is pending; later than any time. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long RETRY_MILLIS = 10 * 60_000L;
    private static final long REPEAT_MILLIS = 7 * 86_400_000L;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final long LONG_AGO = Long.MIN_VALUE / 2;
    private static final int HALF = 7;
    private static final int BOTH = 14;

    public long olderFailure = LONG_AGO;
    public long newerFailure = LONG_AGO;
    public long lastContact = LONG_AGO;
    public long stallsAt = NEVER;

    /** The last day that was counted, in days since 1970, and the two sums as of that day. */
    public int day;

    public int recent;
    public int baseline;

    /** Activities of each of the last 14 days; day d is at d modulo 14. */
    public int[] days = new int[BOTH];

    public CustomerFacts() {}

    /** Takes in one activity; those of one customer come in event-time order. */
    public void after(Activity activity, boolean watchesDecline, MatchSink matches) {
        var at = activity.at();
        stallBefore(at, activity.customer(), matches);
        switch (activity.type()) {
            case "login_failed" -> afterFailedLogin(activity, matches);
            case "contact" -> afterContact(activity, matches);
            case "checkout_step" -> stallsAt = at + STALL_MILLIS;
            case "purchase" -> stallsAt = NEVER;
            default -> {}
        }
        if (watchesDecline) {
            countDay(activity, matches);
        }
    }

    /** Reports the pending stall when its time is over before the given one. */
    public void stallBefore(long time, String customer, MatchSink matches) {
        if (stallsAt < time) {
            matches.match(Pattern.STALL, customer, stallsAt, MatchSink.TIME);
            stallsAt = NEVER;
        }
    }

    private void afterFailedLogin(Activity activity, MatchSink matches) {
        if (olderFailure > activity.at() - RETRY_MILLIS) {
            matches.match(Pattern.RETRY, activity.customer(), activity.at(), activity.sequence());
        }
        olderFailure = newerFailure;
        newerFailure = activity.at();
    }

    private void afterContact(Activity activity, MatchSink matches) {
        if (lastContact > activity.at() - REPEAT_MILLIS) {
            matches.match(Pattern.REPEATED_CONTACT, activity.customer(), activity.at(), activity.sequence());
        }
        lastContact = activity.at();
    }

    private void countDay(Activity activity, MatchSink matches) {
        var today = (int) Math.floorDiv(activity.at(), DAY_MILLIS);
        if (today != day) {
            turnTo(today);
        }
        days[Math.floorMod(today, BOTH)]++;
        recent++;
        if (baseline >= 10 && recent * 5L < baseline * 2L) {
            matches.match(Pattern.DECLINE, activity.customer(), activity.at(), activity.sequence());
        }
    }

    private void turnTo(int today) {
        if (today - day >= BOTH) {
            java.util.Arrays.fill(days, 0);
            recent = 0;
            baseline = 0;
        } else {
            for (var next = day + 1; next <= today; next++) {
                var leavesBaseline = Math.floorMod(next, BOTH);
                var leavesRecent = Math.floorMod(next - HALF, BOTH);
                baseline += days[leavesRecent] - days[leavesBaseline];
                recent -= days[leavesRecent];
                days[leavesBaseline] = 0;
            }
        }
        day = today;
    }
}
