package dev.forestall.loop.alert;

import java.util.Set;
import java.util.TreeSet;

/**
 * The declaration of an alert. Immutable.
 *
 * @param name as the pack calls it
 * @param signals the signals that raise it
 * @param to who owns it
 * @param merge what is merged into one open alert: all signals about the subject, or those about one run of a journey
 * @param pageAfterMillis an alert open for so long is paged; 0 for never
 * @param cooldownMillis for so long after an alert was closed, the same is not raised again; 0 for no cooldown
 * @param closeAfterMillis an alert to which nothing was added for so long closes by itself; 0 for never
 */
public record AlertRule(
        String name,
        Set<String> signals,
        String to,
        Merge merge,
        long pageAfterMillis,
        long cooldownMillis,
        long closeAfterMillis) {

    /** What counts as the same alert. */
    public enum Merge {
        SUBJECT,
        RUN
    }

    public AlertRule {
        signals = java.util.Collections.unmodifiableSet(new TreeSet<>(signals));
        if (pageAfterMillis < 0 || cooldownMillis < 0 || closeAfterMillis < 0) {
            throw new IllegalArgumentException("alert " + name + ": a time is negative");
        }
    }

    String mergeKey(String signalKey) {
        return merge == Merge.RUN ? signalKey : "";
    }
}
