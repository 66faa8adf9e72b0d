package dev.forestall.learning.card;

import dev.forestall.learning.judge.Calibration;
import dev.forestall.learning.judge.Estimate;
import dev.forestall.learning.train.Trained.Attempt;
import java.util.List;

/**
 * Everything that people should know about a model.
 *
 * @param prediction its name
 * @param asked what was predicted, for whom, at which moments, in words
 * @param training what it was learned from
 * @param test what it was judged on
 * @param leftOut moments that are in neither, because their outcome was not known before the test began
 * @param unknown moments whose horizon was not over when history ended
 * @param contenders the model first, then its parts, then the simplest rules
 * @param against by how much the model beats each of the simplest rules
 * @param calibration on the test
 * @param lifts how many times likelier than usual the outcome is among the most endangered
 * @param strongest what moves probabilities most, strongest first
 * @param byTime how it does in equal parts of the test, in the order of time
 * @param byPlace how it does at the first moments of customers, and at later ones: by how many came before
 * @param bySegment how it does by kind of customer
 * @param stability the share of test moments whose first reason is among the first three of a model fitted anew on drawn customers
 * @param deletion by how much the probability falls, on average, when the first reason that raises it is taken away
 * @param chosen how the model came to be, in words
 * @param tried what was tried
 * @param verdict whether it may be used
 */
public record ModelCard(
        String prediction,
        List<String> asked,
        Part training,
        Part test,
        int leftOut,
        int unknown,
        List<Contender> contenders,
        List<Against> against,
        Calibration calibration,
        List<Lift> lifts,
        List<Strength> strongest,
        List<Slice> byTime,
        List<Slice> byPlace,
        List<Slice> bySegment,
        double stability,
        double deletion,
        String chosen,
        List<Attempt> tried,
        Verdict verdict) {

    /**
     * Some rows.
     *
     * @param moments how many
     * @param subjects of how many customers
     * @param outcomes how many of the moments have the outcome
     * @param subjectsWithOutcome how many customers have it at least once
     * @param fromMillis the earliest moment
     * @param toMillis the latest
     */
    public record Part(
            int moments, int subjects, int outcomes, int subjectsWithOutcome, long fromMillis, long toMillis) {

        public double rate() {
            return (double) outcomes / Math.max(1, moments);
        }
    }

    /** One way to predict, and how well it does on the test. */
    public record Contender(String name, Estimate auc, Estimate logLoss, Estimate brier) {}

    /**
     * The model against one of the simplest rules, on the same draws of customers.
     *
     * @param auc by how much its AUC is higher
     * @param logLoss by how much its log loss is higher: below 0 is better
     */
    public record Against(String rule, Estimate auc, Estimate logLoss) {}

    /** Among so large a share of the moments, the outcome is so many times likelier than usual. */
    public record Lift(double share, double times) {}

    /**
     * What a group of features does.
     *
     * @param group its name
     * @param words for people
     * @param logOdds by how much it moves the log odds, on average, without regard to the direction
     */
    public record Strength(String group, String words, double logOdds) {}

    /** A part of the test. AUC is NaN where only one kind of outcome is. */
    public record Slice(String name, int moments, double rate, double said, double auc, double logLoss) {}

    /**
     * Whether the model may be used.
     *
     * @param usable whether it is better than the simplest rules, surely enough
     * @param reasons why, in words
     */
    public record Verdict(boolean usable, List<String> reasons) {
        public Verdict {
            reasons = List.copyOf(reasons);
        }
    }

    public ModelCard {
        asked = List.copyOf(asked);
        contenders = List.copyOf(contenders);
        against = List.copyOf(against);
        lifts = List.copyOf(lifts);
        strongest = List.copyOf(strongest);
        byTime = List.copyOf(byTime);
        byPlace = List.copyOf(byPlace);
        bySegment = List.copyOf(bySegment);
        tried = List.copyOf(tried);
    }
}
