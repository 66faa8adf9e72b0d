package dev.forestall.benchmarks.pattern;

import dev.forestall.benchmarks.stream.Activity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The right answer, by brute force: each customer's whole history is laid out, and at every activity it is looked through again.
 * It shares no code with the engines, so that a mistake would have to be made twice.
 */
public final class Reference {

    private final MatchSink matches;

    private Reference(MatchSink matches) {
        this.matches = matches;
    }

    public static Tally tally(Activity[] activities) {
        var tally = new Tally();
        find(Arrays.asList(activities), tally);
        return tally;
    }

    public static void find(List<Activity> activities, MatchSink matches) {
        var histories = new TreeMap<String, List<Activity>>();
        for (var activity : activities) {
            histories
                    .computeIfAbsent(activity.customer(), customer -> new ArrayList<>())
                    .add(activity);
        }
        var reference = new Reference(matches);
        for (var history : histories.values()) {
            history.sort(Comparator.comparingLong(Activity::at).thenComparingInt(Activity::sequence));
            reference.look(history);
        }
    }

    private void look(List<Activity> history) {
        for (var i = 0; i < history.size(); i++) {
            var activity = history.get(i);
            switch (activity.type()) {
                case "login_failed" ->
                    matchWhen(
                            countSince(history, i, "login_failed", Duration.ofMinutes(10)) >= 3,
                            Pattern.RETRY,
                            activity);
                case "contact" ->
                    matchWhen(
                            countSince(history, i, "contact", Duration.ofDays(7)) >= 2,
                            Pattern.REPEATED_CONTACT,
                            activity);
                case "checkout_step" -> lookForStall(history, i);
                default -> {}
            }
            lookForDecline(history, i);
        }
    }

    private void matchWhen(boolean condition, Pattern pattern, Activity activity) {
        if (condition) {
            matches.match(pattern, activity.customer(), activity.at(), activity.sequence());
        }
    }

    /** How many of a type there were in (t - window, t], up to the activity at this index. */
    private static int countSince(List<Activity> history, int index, String type, Duration window) {
        var after = history.get(index).at() - window.toMillis();
        var count = 0;
        for (var i = index; i >= 0 && history.get(i).at() > after; i--) {
            if (history.get(i).type().equals(type)) {
                count++;
            }
        }
        return count;
    }

    private void lookForStall(List<Activity> history, int index) {
        var step = history.get(index);
        var until = step.at() + Duration.ofMinutes(30).toMillis();
        for (var i = index + 1; i < history.size() && history.get(i).at() <= until; i++) {
            var type = history.get(i).type();
            if (type.equals("checkout_step") || type.equals("purchase")) {
                return;
            }
        }
        matches.match(Pattern.STALL, step.customer(), until, MatchSink.TIME);
    }

    private void lookForDecline(List<Activity> history, int index) {
        var activity = history.get(index);
        var today = day(activity);
        var startOfRecent = startOf(today.minusDays(6));
        var startOfBaseline = startOf(today.minusDays(13));
        long recent = 0;
        long baseline = 0;
        for (var i = index; i >= 0 && history.get(i).at() >= startOfBaseline; i--) {
            if (history.get(i).at() >= startOfRecent) {
                recent++;
            } else {
                baseline++;
            }
        }
        matchWhen(baseline >= 10 && 100 * recent < 40 * baseline, Pattern.DECLINE, activity);
    }

    private static LocalDate day(Activity activity) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(activity.at()), ZoneOffset.UTC);
    }

    private static long startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
}
