package dev.forestall.cli.look;

import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.cli.text.Table;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.reason.Change;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.reason.Outside;
import dev.forestall.loop.reason.Reason;
import dev.forestall.loop.reason.Wording;
import dev.forestall.views.Units;
import dev.forestall.views.look.Described;
import dev.forestall.views.look.Why;
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
        page.line(
                Paint.DIM,
                say("as of {time} UTC; by model {model}", Units.minute(why.atMillis()), explanation.model()));
        page.blank();
        page.line(percent(explanation.probability().value()) + "  "
                + words.getOrDefault("risk." + explanation.prediction(), explanation.prediction()) + "  "
                + page.paint(
                        Paint.DIM,
                        say(
                                "(baseline, for a customer without data: {share})",
                                percent(explanation.usual().value()))));
        page.heading(say("Because"));
        reasons(why);
        if (!explanation.outside().isEmpty()) {
            page.heading(say("Outside of the customer"));
            explanation.outside().forEach(each -> page.line("  " + outside(each)));
        }
        changes(why);
    }

    /** Such as {@code branch_crowd: 32% of what raises it; Applications of this branch fail more often than usual}. */
    private String outside(Outside each) {
        String share = Double.isNaN(each.share())
                ? say("the model has not learned from one like it, so its share is not known")
                : say("{share} of what raises it", percent(each.share()));
        return each.signal() + ": " + share + "; " + words.getOrDefault(each.signal(), say("off its expectation now"));
    }

    private void reasons(Why why) {
        List<Reason> reasons = why.explanation().reasons();
        for (int i = 0; i < reasons.size(); i++) {
            Reason reason = reasons.get(i);
            page.line("  " + (reason.logOdds() > 0 ? say("raises it") : say("lowers it")) + "  "
                    + strength(reason.logOdds()) + "  " + wording.of(reason));
            for (Logged.Arrived each : why.evidence().get(i)) {
                page.line(page.paint(
                        Paint.DIM,
                        "                     "
                                + say(
                                        "{event} at {time}",
                                        each.event().type().name(),
                                        Units.minute(each.event().atMillis()))
                                + "  "
                                + each.origin().source() + ":" + each.origin().line()));
            }
        }
        double rest = why.explanation().restLogOdds();
        page.line("  " + (rest > 0 ? say("raises it") : say("lowers it")) + "  " + strength(rest) + "  "
                + say("everything else together"));
    }

    /** In log odds: they add up, percentages do not. */
    private String strength(double logOdds) {
        return wording.book().figure(String.format(Locale.ROOT, "%+6.2f", logOdds));
    }

    private String percent(double share) {
        return wording.book().figure(Units.percent(share));
    }

    private String say(String english, String... texts) {
        return wording.book().say(english, texts);
    }

    private void changes(Why why) {
        if (why.changes().isEmpty()) {
            return;
        }
        page.heading(say("What would have to be different, as the model sees it"));
        Table table = new Table(2).words("").figures(say("then it would be"));
        for (Change each : why.changes()) {
            table.row(wording.of(each), percent(each.probability().value()));
        }
        page.table(table);
    }
}
