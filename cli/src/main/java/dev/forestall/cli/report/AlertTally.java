package dev.forestall.cli.report;

import dev.forestall.cli.report.Report.AlertReport;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.alert.AlertRule;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/** Counts one declared alert. */
final class AlertTally {

    private final AlertRule rule;
    private final long[] closed = new long[Alert.Why.values().length];
    private final Spread openFor = new Spread();
    private long raised;
    private long merged;
    private long paged;
    private long quiet;

    AlertTally(AlertRule rule) {
        this.rule = rule;
    }

    void count(Alert alert) {
        switch (alert) {
            case Alert.Raised one -> raised++;
            case Alert.Merged one -> merged++;
            case Alert.Paged one -> paged++;
            case Alert.Quiet one -> quiet++;
            case Alert.Closed one -> {
                closed[one.why().ordinal()]++;
                openFor.add(one.atMillis() - one.raisedAtMillis());
            }
        }
    }

    AlertReport report() {
        SequencedMap<String, Long> byWhy = new LinkedHashMap<>();
        long over = 0;
        for (Alert.Why why : Alert.Why.values()) {
            byWhy.put(why.name().toLowerCase(Locale.ROOT), closed[why.ordinal()]);
            over += closed[why.ordinal()];
        }
        return new AlertReport(
                rule.name(), rule.to(), raised, merged, paged, quiet, byWhy, raised - over, openFor.quantiles());
    }
}
