package dev.forestall.learning.card;

import dev.forestall.learning.card.ModelCard.Against;
import dev.forestall.learning.card.ModelCard.Contender;
import dev.forestall.learning.card.ModelCard.Lift;
import dev.forestall.learning.card.ModelCard.Part;
import dev.forestall.learning.card.ModelCard.Slice;
import dev.forestall.learning.card.ModelCard.Strength;
import dev.forestall.learning.judge.Calibration;
import dev.forestall.learning.judge.Estimate;
import dev.forestall.learning.train.Trained.Attempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A model card in Markdown that reads well on a terminal too. */
public final class CardText {

    private static final int BAR = 40;

    private final StringBuilder text = new StringBuilder();

    private CardText() {}

    public static String of(ModelCard card) {
        CardText to = new CardText();
        to.write(card);
        return to.text.toString();
    }

    private void write(ModelCard card) {
        line("# " + card.prediction());
        line("");
        card.asked().forEach(each -> line("- " + each));
        line("");
        line(
                card.verdict().usable()
                        ? "**Good enough to be used**: "
                                + card.verdict().reasons().getFirst() + "."
                        : "**Not good enough to be used:**");
        if (!card.verdict().usable()) {
            card.verdict().reasons().forEach(each -> line("- " + each));
        }
        parts(card);
        contenders(card);
        calibration(card.calibration());
        lifts(card.lifts());
        strongest(card);
        slices("Through time", card.byTime());
        slices("By how many moments of theirs came before", card.byPlace());
        slices("By kind of customer", card.bySegment());
        made(card);
    }

    private void parts(ModelCard card) {
        heading("Moments");
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"", "moments", "customers", "with the outcome", "customers with it", "from", "to"});
        rows.add(part("training", card.training()));
        rows.add(part("test", card.test()));
        table(rows);
        line("");
        line(count(card.leftOut())
                + " moments are in neither part: their outcome was not known before the test began, or"
                + " they are of customers in the test. " + count(card.unknown())
                + " more were left out because their time was not over when history ended.");
    }

    private static String[] part(String name, Part part) {
        return new String[] {
            name,
            count(part.moments()),
            count(part.subjects()),
            count(part.outcomes()) + " (" + percent(part.rate()) + ")",
            count(part.subjectsWithOutcome()),
            day(part.fromMillis()),
            day(part.toMillis())
        };
    }

    private void contenders(ModelCard card) {
        heading("On the test, beside the simplest rules");
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"", "AUC", "log loss", "Brier"});
        for (Contender each : card.contenders()) {
            rows.add(
                    new String[] {each.name(), interval(each.auc()), interval(each.logLoss()), interval(each.brier())});
        }
        table(rows);
        line("");
        for (Against each : card.against()) {
            line("- against " + each.rule() + ": AUC " + signed(each.auc()) + ", log loss " + signed(each.logLoss()));
        }
        line("");
        line("In brackets: 95 % intervals, drawn by customer. Log loss and Brier: lower is better.");
    }

    private void calibration(Calibration calibration) {
        heading("Do the probabilities mean what they say?");
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"said", "seen", "moments", "said (o) and seen (x)"});
        double most = calibration.bins().stream()
                .mapToDouble(each -> Math.max(each.said(), each.seen()))
                .max()
                .orElse(1);
        for (Calibration.Bin each : calibration.bins()) {
            rows.add(new String[] {
                percent(each.said()), percent(each.seen()), count(each.n()), picture(each.said(), each.seen(), most)
            });
        }
        table(rows);
        line("");
        line(String.format(
                Locale.ROOT,
                "On average they are %.1f points apart; a perfect model would show up to %.1f by chance, were its moments"
                        + " independent.",
                calibration.error() * 100,
                calibration.perfectError() * 100));
    }

    private static String picture(double said, double seen, double most) {
        char[] bar = ".".repeat(BAR).toCharArray();
        int o = Math.min(BAR - 1, (int) Math.round(said / most * (BAR - 1)));
        int x = Math.min(BAR - 1, (int) Math.round(seen / most * (BAR - 1)));
        bar[o] = 'o';
        bar[x] = o == x ? '*' : 'x';
        return new String(bar);
    }

    private void lifts(List<Lift> lifts) {
        heading("The most endangered");
        for (Lift each : lifts) {
            line(String.format(
                    Locale.ROOT,
                    "- among the highest %.0f %% the outcome is %.1f times as frequent as usual",
                    each.share() * 100,
                    each.times()));
        }
    }

    private void strongest(ModelCard card) {
        heading("What it goes by");
        double most =
                card.strongest().stream().mapToDouble(Strength::logOdds).max().orElse(1);
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"about", "moves the log odds by", ""});
        for (Strength each : card.strongest()) {
            rows.add(new String[] {
                each.words(),
                String.format(Locale.ROOT, "%.2f", each.logOdds()),
                "#".repeat((int) Math.round(each.logOdds() / most * BAR / 2))
            });
        }
        table(rows);
        line("");
        line(String.format(
                Locale.ROOT,
                "%s%s",
                Double.isNaN(card.stability())
                        ? "It was made elsewhere: whether its reasons stay when it is fitted anew, nobody can say here."
                        : String.format(
                                Locale.ROOT,
                                "Fitted anew on other draws of customers, the first reason is among the first three in"
                                        + " %.0f %% of the moments.",
                                card.stability() * 100),
                Double.isNaN(card.deletion())
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " Without what its first reason is about, a probability falls by %.1f points.",
                                card.deletion() * 100)));
    }

    private void slices(String title, List<Slice> slices) {
        if (slices.isEmpty()) {
            return;
        }
        heading(title);
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"", "moments", "seen", "said", "AUC", "log loss"});
        for (Slice each : slices) {
            rows.add(new String[] {
                each.name(),
                count(each.moments()),
                percent(each.rate()),
                percent(each.said()),
                Double.isNaN(each.auc()) ? "-" : String.format(Locale.ROOT, "%.3f", each.auc()),
                String.format(Locale.ROOT, "%.4f", each.logLoss())
            });
        }
        table(rows);
    }

    private void made(ModelCard card) {
        heading("How it came to be");
        line(card.chosen() + ".");
        if (card.tried().isEmpty()) {
            return;
        }
        line("");
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"tried within the training moments", "log loss on validation"});
        for (Attempt each : card.tried()) {
            rows.add(new String[] {each.what(), String.format(Locale.ROOT, "%.5f", each.logLoss())});
        }
        table(rows);
    }

    private void heading(String title) {
        line("");
        line("## " + title);
        line("");
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    /** The first row is the head. */
    private void table(List<String[]> rows) {
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder("|");
            for (int i = 0; i < widths.length; i++) {
                line.append(' ')
                        .append(rows.get(r)[i])
                        .append(" ".repeat(widths[i] - rows.get(r)[i].length()))
                        .append(" |");
            }
            line(line.toString());
            if (r == 0) {
                StringBuilder rule = new StringBuilder("|");
                for (int width : widths) {
                    rule.append("-".repeat(width + 2)).append('|');
                }
                line(rule.toString());
            }
        }
    }

    private static String interval(Estimate estimate) {
        return String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", estimate.value(), estimate.low(), estimate.high());
    }

    private static String signed(Estimate estimate) {
        return String.format(Locale.ROOT, "%+.4f [%+.4f, %+.4f]", estimate.value(), estimate.low(), estimate.high());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String day(long atMillis) {
        return atMillis == Long.MAX_VALUE || atMillis == Long.MIN_VALUE
                ? "-"
                : Instant.ofEpochMilli(atMillis).toString().substring(0, 10);
    }
}
