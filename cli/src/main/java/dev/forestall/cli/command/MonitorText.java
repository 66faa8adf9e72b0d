package dev.forestall.cli.command;

import dev.forestall.cli.command.Monitored.Rival;
import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.cli.text.Table;
import dev.forestall.learning.drift.CalibrationDrift;
import dev.forestall.learning.drift.InputDrift;
import dev.forestall.learning.judge.Estimate;
import dev.forestall.views.Units;
import java.util.List;
import java.util.Locale;

/** What was found about champions, for people. */
final class MonitorText {

    private static final int MOST = 8;

    private final Page page;

    MonitorText(Page page) {
        this.page = page;
    }

    void print(Monitored monitored) {
        page.line(
                Paint.BOLD,
                "Prediction " + monitored.champion().prediction() + ": model "
                        + monitored.champion().model());
        page.line(
                Paint.DIM,
                "learned from "
                        + Units.minute(monitored.model().provenance().from().toEpochMilli()) + " to "
                        + Units.minute(monitored.model().provenance().to().toEpochMilli()) + " UTC");
        page.blank();
        List<String> alarms = monitored.alarms();
        if (alarms.isEmpty()) {
            page.line("Calm. " + Units.count(monitored.moments(), "fresh moment") + " of "
                    + Units.count(monitored.customers(), "customer") + ", " + Units.count(monitored.outcomes())
                    + " with the outcome.");
        } else {
            page.line(Paint.BAD, "It has drifted:");
            alarms.forEach(each -> page.line("  " + each));
        }
        if (monitored.isDue()) {
            page.line("It is due to be learned anew, for " + Units.duration(monitored.dueForMillis()) + " now.");
        }
        figures(monitored);
        inputs(monitored);
        bets(monitored.bets());
        rivals(monitored.rivals());
        page.blank();
    }

    private void figures(Monitored monitored) {
        page.heading("How good it is");
        if (monitored.now().isEmpty()) {
            page.line("  Too few customers with the outcome to say.");
            return;
        }
        var then = monitored.model().provenance().metrics();
        Table table = new Table(2).words("").figures("when learned").figures("now");
        table.row(
                "AUC",
                figure(then.get("auc")),
                interval(monitored.now().getFirst().auc()));
        table.row(
                "log loss",
                figure(then.get("log_loss")),
                interval(monitored.now().getFirst().logLoss()));
        page.table(table);
    }

    private static String figure(@org.jspecify.annotations.Nullable Double figure) {
        return figure == null ? Units.NONE : String.format(Locale.ROOT, "%.4f", figure);
    }

    private static String interval(Estimate estimate) {
        return String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", estimate.value(), estimate.low(), estimate.high());
    }

    private void inputs(Monitored monitored) {
        page.heading("Does what it looks at lie as in training?");
        if (!monitored.hasReference()) {
            page.line("  Nobody knows how it lay: the model was kept without. Learn it again.");
            return;
        }
        if (monitored.inputs().isEmpty()) {
            page.line("  No window of time is over yet, or none holds enough customers.");
            return;
        }
        Table table = new Table(2)
                .words("what it looks at")
                .figures("stability index")
                .figures("p")
                .words("in the time from")
                .words("");
        monitored.inputs().stream()
                .limit(MOST)
                .forEach(each -> table.row(
                        each.words(),
                        String.format(Locale.ROOT, "%.3f", each.index()),
                        String.format(Locale.ROOT, "%.2g", each.p()),
                        Units.minute(each.fromMillis()),
                        each.isAlarm() ? "moved" : ""));
        page.table(table);
        page.line(
                Paint.DIM,
                String.format(
                        Locale.ROOT,
                        "  The chance that any of all %d is said to have moved though none has is at most %.0f %%. An index below"
                                + " %.1f is no alarm.",
                        monitored.inputs().size(),
                        InputDrift.FALSE_ALARM * 100,
                        InputDrift.LEAST_INDEX));
    }

    private void bets(CalibrationDrift.Found bets) {
        page.heading("Do its probabilities mean what they say?");
        if (bets.moments() == 0) {
            page.line("  No outcome has come back yet.");
            return;
        }
        page.line("  On " + Units.count(bets.moments(), "moment") + " that do not depend on each other it said "
                + Units.percent(bets.said()) + ", and " + Units.percent(bets.seen()) + " came.");
        page.line(
                Paint.DIM,
                String.format(
                        Locale.ROOT,
                        "  Evidence against it: %.3g. An alarm needs %.0f, which right probabilities ever reach with a chance of at"
                                + " most %.0f %%, however often one looks.",
                        bets.evidence(),
                        1 / CalibrationDrift.FALSE_ALARM,
                        CalibrationDrift.FALSE_ALARM * 100));
    }

    private void rivals(List<Rival> rivals) {
        if (rivals.isEmpty()) {
            return;
        }
        page.heading("Those who wait, on the same moments");
        Table table = new Table(2)
                .words("model")
                .words("")
                .figures("AUC")
                .figures("log loss")
                .figures("log loss above the champion's");
        for (Rival each : rivals) {
            table.row(
                    each.entry().model(),
                    each.entry().stage().name().toLowerCase(Locale.ROOT),
                    figure(each.figures().auc()),
                    figure(each.figures().logLoss()),
                    String.format(
                            Locale.ROOT,
                            "%+.4f [%+.4f, %+.4f]",
                            each.logLossMore().value(),
                            each.logLossMore().low(),
                            each.logLossMore().high()));
        }
        page.table(table);
    }
}
