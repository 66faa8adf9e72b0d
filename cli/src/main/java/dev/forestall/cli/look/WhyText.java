package dev.forestall.cli.look;

import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.cli.text.Table;
import dev.forestall.cli.text.Units;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.reason.Change;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.reason.Outside;
import dev.forestall.loop.reason.Reason;
import dev.forestall.loop.reason.Wording;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints why a risk is what it is, for people. */
public final class WhyText {

    private final Page page;
    private final Wording wording;
    private final Map<String, String> words;

    /**
     * @param wording puts reasons in words
     * @param words what predictions and signals mean, by name
     */
    public WhyText(Page page, Wording wording, Map<String, String> words) {
        this.page = page;
        this.wording = wording;
        this.words = words;
    }

    public void print(Why why) {
        Explanation explanation = why.explanation();
        page.line(Paint.BOLD, Described.subject(why.subject()));
        page.line(Paint.DIM, "as of " + Units.minute(why.atMillis()) + " UTC; by model " + explanation.model());
        page.blank();
        page.line(Units.percent(explanation.probability().value()) + "  "
                + words.getOrDefault("risk." + explanation.prediction(), explanation.prediction()) + "  "
                + page.paint(
                        Paint.DIM,
                        "(of somebody of whom nothing is known: "
                                + Units.percent(explanation.usual().value()) + ")"));
        page.heading("Because");
        reasons(why);
        if (!explanation.outside().isEmpty()) {
            page.heading("Outside of the customer");
            explanation.outside().forEach(each -> page.line("  " + outside(each)));
        }
        changes(why);
    }

    /** Such as {@code branch_crowd: 32% of what raises it; Applications of this branch fail more often than usual}. */
    private String outside(Outside each) {
        String share = Double.isNaN(each.share())
                ? "the model has not learned from one like it, so its share is not known"
                : Units.percent(each.share()) + " of what raises it";
        return each.signal() + ": " + share + "; " + words.getOrDefault(each.signal(), "off its expectation now");
    }

    private void reasons(Why why) {
        List<Reason> reasons = why.explanation().reasons();
        for (int i = 0; i < reasons.size(); i++) {
            Reason reason = reasons.get(i);
            page.line("  " + (reason.logOdds() > 0 ? "raises it  " : "lowers it  ") + strength(reason.logOdds()) + "  "
                    + wording.of(reason));
            for (Logged.Arrived each : why.evidence().get(i)) {
                page.line(page.paint(
                        Paint.DIM,
                        "                     " + each.event().type().name() + " at "
                                + Units.minute(each.event().atMillis()) + "  "
                                + each.origin().source() + ":" + each.origin().line()));
            }
        }
        double rest = why.explanation().restLogOdds();
        page.line("  " + (rest > 0 ? "raises it  " : "lowers it  ") + strength(rest) + "  everything else together");
    }

    /** In log odds: they add up, percentages do not. */
    private static String strength(double logOdds) {
        return String.format(Locale.ROOT, "%+6.2f", logOdds);
    }

    private void changes(Why why) {
        if (why.changes().isEmpty()) {
            return;
        }
        page.heading("What would have to be different, as the model sees it");
        Table table = new Table(2).words("").figures("then it would be");
        for (Change each : why.changes()) {
            table.row(wording.of(each), Units.percent(each.probability().value()));
        }
        page.table(table);
    }
}
