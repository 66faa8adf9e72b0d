package dev.forestall.loop.alert;

import dev.forestall.loop.trigger.TriggerName;
import java.util.Set;

/**
 * The declaration of an alert. Immutable.
 *
 * @param name as the pack calls it
 * @param on what raises it: signals, and levels of risks
 * @param owner who owns it
 * @param groupBy what is merged into one open alert: all signals about the subject, or those about one run of a journey
 * @param escalateAfterMillis an alert open for so long is escalated; 0 for never
 * @param cooldownMillis for so long after an alert was resolved, the same is not raised again; 0 for no cooldown
 * @param autoResolveAfterMillis an alert to which nothing was added for so long resolves by itself; 0 for never
 */
public record AlertRule(
        String name,
        Set<TriggerName> on,
        String owner,
        GroupBy groupBy,
        long escalateAfterMillis,
        long cooldownMillis,
        long autoResolveAfterMillis) {

    /** What counts as the same alert. */
    public enum GroupBy {
        SUBJECT,
        RUN
    }

    public AlertRule {
        on = TriggerName.ordered(on);
        if (escalateAfterMillis < 0 || cooldownMillis < 0 || autoResolveAfterMillis < 0) {
            throw new IllegalArgumentException("alert " + name + ": a time is negative");
        }
    }

    boolean isOn(String signal) {
        return on.contains(new TriggerName.OfSignal(signal));
    }

    String groupKey(String signalKey) {
        return groupBy == GroupBy.RUN ? signalKey : "";
    }
}
