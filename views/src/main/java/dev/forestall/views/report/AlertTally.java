package dev.forestall.views.report;

import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.views.report.Report.AlertReport;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/** Counts one declared alert. */
final class AlertTally {

    private final AlertRule rule;
    private final long[] resolved = new long[Alert.Why.values().length];
    private final Spread openFor = new Spread();
    private long raised;
    private long merged;
    private long escalated;
    private long suppressed;

    AlertTally(AlertRule rule) {
        this.rule = rule;
    }

    void count(Alert alert) {
        switch (alert) {
            case Alert.Raised one -> raised++;
            case Alert.Merged one -> merged++;
            case Alert.Escalated one -> escalated++;
            case Alert.Suppressed one -> suppressed++;
            case Alert.Resolved one -> {
                resolved[one.why().ordinal()]++;
                openFor.add(one.atMillis() - one.raisedAtMillis());
            }
        }
    }

    AlertReport report() {
        SequencedMap<String, Long> byWhy = new LinkedHashMap<>();
        long over = 0;
        for (Alert.Why why : Alert.Why.values()) {
            byWhy.put(why.name().toLowerCase(Locale.ROOT), resolved[why.ordinal()]);
            over += resolved[why.ordinal()];
        }
        return new AlertReport(
                rule.name(),
                rule.owner(),
                raised,
                merged,
                escalated,
                suppressed,
                byWhy,
                raised - over,
                openFor.quantiles());
    }
}
