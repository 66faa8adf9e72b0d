package dev.forestall.cli.report;

import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.cli.text.Table;
import dev.forestall.cli.text.Table.Cell;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.views.Units;
import dev.forestall.views.report.Difference;
import dev.forestall.views.report.Quantiles;
import dev.forestall.views.report.Report;
import dev.forestall.views.report.Report.AlertReport;
import dev.forestall.views.report.Report.CandidateReport;
import dev.forestall.views.report.Report.Endings;
import dev.forestall.views.report.Report.JourneyReport;
import dev.forestall.views.report.Report.OutcomeReport;
import dev.forestall.views.report.Report.PolicyReport;
import dev.forestall.views.report.Report.Rejection;
import dev.forestall.views.report.Report.RiskReport;
import dev.forestall.views.report.Report.SignalReport;
import dev.forestall.views.report.Report.StepReport;
import dev.forestall.views.report.RiskRatio;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prints a report for people. */
public final class ReportText {

    /** Beyond so many standard errors a split between treatment and control is not chance: one in a thousand. */
    private static final double IMPOSSIBLE = 3.29;

    /** Of a definition's hash, enough to tell definitions apart by eye. */
    private static final int SHORT_HASH = 12;

    private final Page page;
    private final String program;
    private final String dataOption;

    /**
     * @param page where to print
     * @param program how the user calls us
     * @param dataOption what must follow our commands for them to find the data of this run; empty for nothing
     */
    public ReportText(Page page, String program, String dataOption) {
        this.page = page;
        this.program = program;
        this.dataOption = dataOption;
    }

    public void print(Report report) {
        facts(report);
        report.journeys().forEach(this::journey);
        signals(report.signals());
        levels(report.risks());
        alerts(report.alerts());
        report.policies().forEach(this::policy);
        outcomes(report.outcomes());
        rejected(report.rejected());
        further(report);
    }

    private void facts(Report report) {
        Report.Facts facts = report.facts();
        page.line(Paint.BOLD, facts.source() + " through pack " + facts.pack());
        page.line(
                        Paint.DIM,
                        "definition "
                                + facts.definition()
                                        .substring(
                                                0,
                                                Math.min(
                                                        SHORT_HASH,
                                                        facts.definition().length())) + "; all times are UTC")
                .blank();
        Table table = new Table(2).words("").figures("").words("");
        boolean any = facts.firstAtMillis() <= facts.lastAtMillis();
        table.row(
                "events",
                Units.count(facts.events()),
                any ? Units.minute(facts.firstAtMillis()) + " to " + Units.minute(facts.lastAtMillis()) : "");
        facts.subjects().forEach((kind, number) -> table.row(Units.plural(kind), Units.count(number)));
        if (facts.late() > 0) {
            table.row("late", Units.count(facts.late()), "events older than something their subject had seen");
        }
        table.row("rejected", Units.count(facts.rejected()), facts.rejected() > 0 ? "see below" : "");
        String rate = Units.rate(facts.fresh(), facts.elapsedMillis(), "events");
        boolean wentOn = facts.fresh() != facts.events();
        table.row(
                "took",
                Units.duration(facts.elapsedMillis()),
                wentOn ? rate + "; " + Units.count(facts.fresh(), "event") + " more than before" : rate);
        page.table(table);
        if (report.oneIn() > 1) {
            page.blank()
                    .line(
                            "  There are very many customers: figures about customers, runs and what signals are associated with come");
            page.line("  from one customer in " + Units.count(report.oneIn()) + ", drawn by id.");
        }
    }

    private void journey(JourneyReport journey) {
        page.heading("Journey " + journey.name() + ": " + Units.count(journey.started()) + " started")
                .blank();
        Endings ended = journey.endings();
        Table table = new Table(2).words("").figures("").figures("").words("").words("");
        table.row(ending("completed", Paint.GOOD, ended.goal(), journey, journey.toGoal(), journey.goalValue()));
        table.row(ending("failed", Paint.BAD, ended.bad(), journey, journey.toBadEnd(), journey.badValue()));
        if (journey.abandoned() > 0) {
            table.row("  of these, abandoned", Units.count(journey.abandoned()));
        }
        table.row(share("closed", ended.closed(), journey));
        if (journey.displaced() > 0) {
            table.row(share("given up: too many at once", journey.displaced(), journey));
        }
        table.row(share("still open", journey.open(), journey));
        page.table(table).blank();
        steps(journey.steps());
    }

    private Cell[] ending(
            String what,
            Paint paint,
            long number,
            JourneyReport journey,
            Quantiles took,
            java.util.Optional<Money> value) {
        return new Cell[] {
            new Cell(what, paint),
            Cell.of(Units.count(number)),
            Cell.of(Units.percent(number, journey.started())),
            Cell.of(took.isEmpty() ? "" : "half within " + Units.duration(took.p50Millis())),
            Cell.of(value.filter(money -> money.minor() != 0)
                    .map(money -> "value at risk " + Units.money(money))
                    .orElse(""))
        };
    }

    private static String[] share(String what, long number, JourneyReport journey) {
        return new String[] {what, Units.count(number), Units.percent(number, journey.started())};
    }

    private void steps(List<StepReport> steps) {
        Table table = new Table(2)
                .words("step")
                .figures("runs")
                .figures("entries")
                .figures("stay p50")
                .figures("stay p90")
                .figures("there now")
                .figures("for p50")
                .figures("drop-off")
                .figures("failure rate");
        for (StepReport step : steps) {
            table.row(
                    step.name().isEmpty() ? "(before the first step)" : step.name(),
                    Units.count(step.runs()),
                    Units.count(step.entered()),
                    p50(step.stay()),
                    step.stay().isEmpty()
                            ? Units.NONE
                            : Units.duration(step.stay().p90Millis()),
                    Units.count(step.open()),
                    p50(step.openFor()),
                    Units.count(step.droppedHere()),
                    Units.percent(step.endings().bad(), step.endings().decided()));
        }
        page.table(table);
        note("drop-off: failed out of this step. failure rate: of the runs that were ever in this step and");
        note("completed or failed. p50, p90: half and nine tenths did not stay longer.");
    }

    private static String p50(Quantiles quantiles) {
        return quantiles.isEmpty() ? Units.NONE : Units.duration(quantiles.p50Millis());
    }

    private void signals(List<SignalReport> signals) {
        if (signals.isEmpty()) {
            return;
        }
        page.heading("Signals").blank();
        Table fired = new Table(2)
                .words("signal")
                .words("about")
                .figures("raised")
                .figures("on")
                .figures("runs")
                .figures("ended")
                .figures("withdrawn")
                .figures("lead time (median)");
        for (SignalReport signal : signals) {
            fired.row(
                    signal.name(),
                    signal.about(),
                    Units.count(signal.raised()),
                    Units.count(signal.subjects()),
                    signal.runs() == 0 ? Units.NONE : Units.count(signal.runs()),
                    signal.momentary() ? Units.NONE : Units.count(signal.ended()),
                    Units.count(signal.withdrawn()),
                    p50(signal.early()));
        }
        page.table(fired);
        note(
                "on, runs: so many different subjects and runs. lead time: half of the runs that failed had it at least so");
        note("long before the end. ended: what it says was over; a signal without this figure is about an instant.");
        risks(signals);
    }

    private void risks(List<SignalReport> signals) {
        Table table = new Table(2)
                .words("association with failure")
                .words("in journey")
                .figures("rate with")
                .figures("of runs")
                .figures("rate without")
                .figures("of runs")
                .figures("risk ratio")
                .words("95 % interval");
        for (SignalReport signal : signals) {
            for (Report.Risk risk : signal.risks()) {
                RiskRatio ratio = risk.ratio();
                table.row(
                        signal.name(),
                        risk.journey(),
                        Units.percent(ratio.share()),
                        Units.count(ratio.runs()),
                        Units.percent(ratio.expected()),
                        Units.count(ratio.otherRuns()),
                        Double.isFinite(ratio.value()) ? Units.ratio(ratio.value()) + " x" : Units.NONE,
                        ratio.interval()
                                .map(each -> Units.ratio(each.low()) + " to " + Units.ratio(each.high()))
                                .orElse("too few to tell"));
            }
        }
        if (table.isEmpty()) {
            return;
        }
        page.blank().table(table);
        note("Of the runs that completed or failed: those with the signal before their end, against those that");
        note(
                "were in the same steps and did not have it. This is association, not cause: who shows a signal may differ in");
        note("other ways, and a signal that comes late has had more time to be right.");
    }

    private void levels(List<RiskReport> risks) {
        if (risks.isEmpty()) {
            return;
        }
        page.heading("Risks").blank();
        Table table = new Table(2)
                .words("level")
                .figures("reached")
                .figures("fell below")
                .figures("over")
                .figures("active now")
                .figures("active p50")
                .words("what it is");
        for (RiskReport risk : risks) {
            table.row(
                    risk.trigger(),
                    Units.count(risk.rose()),
                    Units.count(risk.fell()),
                    Units.count(risk.over()),
                    Units.count(risk.standing()),
                    p50(risk.stood()),
                    risk.words());
        }
        page.table(table);
        page.line(Paint.DIM, "  over: the question was no longer asked, such as at the end of the journey.");
    }

    private void alerts(List<AlertReport> alerts) {
        if (alerts.isEmpty()) {
            return;
        }
        page.heading("Alerts").blank();
        Table table = new Table(2)
                .words("alert")
                .words("owner")
                .figures("raised")
                .figures("grouped")
                .figures("escalated")
                .figures("resolved")
                .figures("open now")
                .figures("suppressed")
                .figures("open p50");
        for (AlertReport alert : alerts) {
            table.row(
                    alert.name(),
                    alert.to(),
                    Units.count(alert.raised()),
                    Units.count(alert.merged()),
                    Units.count(alert.escalated()),
                    Units.count(alert.resolvedInAll()),
                    Units.count(alert.open()),
                    Units.count(alert.suppressed()),
                    p50(alert.openFor()));
        }
        page.table(table);
        note(
                "grouped: further signals for an open alert. suppressed: not raised, because the same was raised shortly before.");
    }

    private void policy(PolicyReport policy) {
        page.heading("Policy " + policy.name() + ": " + Units.count(policy.decisions(), "decision"));
        long all = policy.treatmentSubjects() + policy.controlSubjects();
        page.line(
                "  about " + Units.count(all, "customer") + ", of whom " + Units.count(policy.controlSubjects()) + " ("
                        + Units.percent(policy.controlSubjects(), all) + "; declared " + Units.percent(policy.holdout())
                        + ") are in control"
                        + (policy.universalSubjects() == 0
                                ? ""
                                : "; " + Units.count(policy.universalSubjects())
                                        + " more are in the control group of all policies"));
        if (Math.abs(policy.imbalance()) > IMPOSSIBLE) {
            page.line(
                    Paint.BAD,
                    "  This is not the declared share, and not by chance: do not trust comparisons of the groups.");
        }
        page.line("  expected value " + Units.money(policy.treatmentExpectedValue()) + ", after a cost of "
                        + Units.money(policy.treatmentCost()))
                .blank();
        Table table = new Table(2)
                .words("candidate")
                .figures("weighed")
                .figures("chosen")
                .figures("expected value")
                .figures("not chosen")
                .words("because");
        policy.candidates().forEach(each -> candidate(table, each));
        page.table(table);
    }

    private static void candidate(Table table, CandidateReport candidate) {
        List<String> row = new ArrayList<>(List.of(
                candidate.action(),
                Units.count(candidate.considered()),
                Units.count(candidate.chosen()),
                candidate.expectedValue().minor() == 0 ? "" : Units.money(candidate.expectedValue())));
        for (Map.Entry<String, Long> rejection : candidate.rejections().entrySet()) {
            row.addAll(List.of(Units.count(rejection.getValue()), rejection.getKey()));
            table.row(row.toArray(String[]::new));
            row = new ArrayList<>(List.of("", "", "", ""));
        }
        if (candidate.rejections().isEmpty()) {
            table.row(row.toArray(String[]::new));
        }
    }

    private void outcomes(List<OutcomeReport> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        page.heading("Outcomes: treatment against control").blank();
        Table table = new Table(2)
                .words("outcome")
                .words("policy")
                .figures("treatment")
                .figures("success")
                .figures("control")
                .figures("success")
                .figures("difference")
                .words("95 % interval")
                .figures("waiting");
        for (OutcomeReport outcome : outcomes) {
            Difference by = outcome.difference();
            table.row(
                    outcome.name(),
                    outcome.policy(),
                    Units.count(by.treatment()),
                    Units.percent(by.treatmentSuccesses(), by.treatment()),
                    Units.count(by.control()),
                    Units.percent(by.controlSuccesses(), by.control()),
                    Units.points(by.value()),
                    by.interval()
                            .map(each -> Units.points(each.low()) + " to " + Units.points(each.high()))
                            .orElse("too few to tell"),
                    Units.count(outcome.waiting()));
        }
        page.table(table);
        note(
                "By customers, each by the first decision about them; differences in percentage points. waiting: decisions whose");
        note("outcome is not known yet.");
        chance(outcomes);
    }

    private void chance(List<OutcomeReport> outcomes) {
        List<String> off = outcomes.stream()
                .filter(each -> each.difference()
                        .interval()
                        .filter(interval -> !interval.contains(0))
                        .isPresent())
                .map(each -> each.name() + " of " + each.policy())
                .toList();
        note(
                "This was a replay: nothing was sent to anybody, so nobody was treated differently and every difference should");
        note("be zero within chance. That checks the comparison itself (an A/A check).");
        if (off.isEmpty()) {
            note("Every interval that could be computed contains zero: passed.");
        } else {
            note("Zero is outside the interval for " + String.join(", ", off)
                    + ": chance does that once in twenty checks.");
        }
    }

    private void rejected(List<Rejection> rejected) {
        if (rejected.isEmpty()) {
            return;
        }
        page.heading("Rejected").blank();
        Table table = new Table(2).words("code").figures("lines").words("because");
        rejected.forEach(each -> table.row(
                new Cell(each.code(), Paint.WARN), Cell.of(Units.count(each.count())), Cell.of(each.title())));
        page.table(table);
        rejected.stream()
                .map(Rejection::file)
                .filter(file -> !file.isEmpty())
                .distinct()
                .forEach(file -> note("kept in " + file + ": repair it there, then " + command("rejected replay")));
        if (rejected.stream().anyMatch(each -> each.file().isEmpty())) {
            note("What concerns who is who (IDN) sets no line aside: " + command("identity list")
                    + " shows the latest");
        }
    }

    private void further(Report report) {
        page.heading("To look further").blank();
        Table table = new Table(2).words("").words("");
        report.examples()
                .trace()
                .ifPresent(id -> table.row(command("trace " + id), "from an effect back to the lines of the file"));
        report.examples()
                .customer()
                .ifPresent(id -> table.row(command("customer " + key(id)), "one customer, now or as of any instant"));
        table.row(command("rejected list"), "what could not be used, and why");
        page.table(table);
    }

    /** Quoted where a shell would take it apart. */
    private static String key(SubjectId customer) {
        boolean isPlain =
                customer.key().chars().allMatch(c -> Character.isLetterOrDigit(c) || "@._-+:".indexOf(c) >= 0);
        return isPlain ? customer.key() : "'" + customer.key().replace("'", "'\\''") + "'";
    }

    private String command(String what) {
        return program + " " + what + (dataOption.isEmpty() ? "" : " " + dataOption);
    }

    private void note(String text) {
        page.line(Paint.DIM, "  " + text);
    }
}
