package dev.forestall.views.report;

import dev.forestall.loop.risk.Prediction;
import dev.forestall.loop.risk.Risk;
import dev.forestall.views.report.Report.RiskReport;

/** Counts one level of a prediction. */
final class RiskTally {

    private final String prediction;
    private final String words;
    private final double level;
    private final String trigger;
    private final Spread stood = new Spread();
    private long rose;
    private long fell;
    private long over;

    RiskTally(Prediction prediction, int level) {
        this.prediction = prediction.name();
        this.words = prediction.description();
        this.level = prediction.levels().get(level);
        this.trigger = prediction.trigger(level);
    }

    boolean isOf(Risk risk) {
        return risk.trigger().equals(trigger);
    }

    void count(Risk risk) {
        switch (risk.change()) {
            case ROSE -> rose++;
            case FELL -> fell++;
            case OVER -> over++;
        }
        if (risk.change() != Risk.Change.ROSE) {
            stood.add(risk.atMillis() - risk.sinceMillis());
        }
    }

    RiskReport report() {
        return new RiskReport(
                prediction, words, trigger, level, rose, fell, over, rose - fell - over, stood.quantiles());
    }
}
