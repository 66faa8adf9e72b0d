package dev.forestall.views.report;

import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.SubjectId;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a run showed. All of it follows from the committed effects, so the same input gives the same report; only {@link Facts} tells of
 * the machine.
 *
 * @param facts what was read, and how long it took
 * @param journeys in the order of the pack, as all lists here
 * @param rejected what could not be used, by kind, the most frequent first; then what was refused when it was settled who is who, and
 *     questions that external models could not answer, both of which are in no file
 * @param examples ids of this very run, to look further
 * @param oneIn figures that need a memory per customer come from one customer in so many, drawn by id; 1 for all
 */
public record Report(
        Facts facts,
        List<JourneyReport> journeys,
        List<SignalReport> signals,
        List<RiskReport> risks,
        List<AlertReport> alerts,
        List<PolicyReport> policies,
        List<OutcomeReport> outcomes,
        List<Rejection> rejected,
        Examples examples,
        long oneIn) {

    /**
     * What was read.
     *
     * @param source the file, as it was given
     * @param pack name of the pack
     * @param definition hash of the definition
     * @param events that went through the loop
     * @param fresh of the events, those of this run; the others were known from before it
     * @param subjects with a state, by kind, in the order of the kinds' names
     * @param late of the events, those older than something their subject had already seen
     * @param rejected lines that could not be used
     * @param firstAtMillis time of the earliest event; {@link Long#MAX_VALUE} when there was none
     * @param lastAtMillis time of the latest event; {@link Long#MIN_VALUE} when there was none
     * @param elapsedMillis how long the run took
     */
    public record Facts(
            String source,
            String pack,
            String definition,
            long events,
            long fresh,
            SequencedMap<String, Long> subjects,
            long late,
            long rejected,
            long firstAtMillis,
            long lastAtMillis,
            long elapsedMillis) {

        public long allSubjects() {
            return subjects.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * One kind of input that was rejected.
     *
     * @param code such as {@code EVT-003}
     * @param title what that means
     * @param count how many
     * @param file which holds them
     */
    public record Rejection(String code, String title, long count, String file) {}

    /** How some runs of a journey ended. Closed ones ended neither well nor badly for the customer. */
    public record Endings(long goal, long bad, long closed) {

        static final Endings NONE = new Endings(0, 0, 0);

        Endings plus(Endings other) {
            return new Endings(goal + other.goal, bad + other.bad, closed + other.closed);
        }

        Endings minus(Endings other) {
            return new Endings(goal - other.goal, bad - other.bad, closed - other.closed);
        }

        /** Those that ended well or badly. */
        public long decided() {
            return goal + bad;
        }
    }

    /**
     * One journey.
     *
     * @param abandoned of the bad ends, those by silence
     * @param displaced given up because a customer had too many runs at once
     * @param open started and not ended
     * @param goalValue what was at stake in the runs that reached the goal, when the journey says
     * @param badValue what was at stake in the runs that ended badly
     * @param toGoal how long it took
     * @param toBadEnd how long it took
     */
    public record JourneyReport(
            String name,
            long started,
            Endings endings,
            long abandoned,
            long displaced,
            long open,
            Optional<Money> goalValue,
            Optional<Money> badValue,
            Quantiles toGoal,
            Quantiles toBadEnd,
            List<StepReport> steps) {}

    /**
     * One step of a journey; the first one, without a name, is the time before the first step.
     *
     * @param runs that were ever in it
     * @param entered how often it was entered, by runs that came again too
     * @param back of those, how often from a later step
     * @param stay how long those who left it had stayed
     * @param open how many are in it now
     * @param openFor for how long they have been, up to the latest event
     * @param droppedHere runs that ended badly out of this step
     * @param endings how the runs that were ever in it ended
     */
    public record StepReport(
            String name,
            long runs,
            long entered,
            long back,
            Quantiles stay,
            long open,
            Quantiles openFor,
            long droppedHere,
            Endings endings) {}

    /**
     * One declared signal.
     *
     * @param words what it means
     * @param about whom: a kind of subject
     * @param raised how often
     * @param subjects on how many of them
     * @param runs in how many runs of journeys
     * @param ended how often what it says was over
     * @param withdrawn how often late input disproved it
     * @param momentary whether it is over as soon as it is said
     * @param early how long before a bad end it was first raised in that run
     * @param risks what followed, by journey
     */
    public record SignalReport(
            String name,
            String words,
            String about,
            long raised,
            long subjects,
            long runs,
            long ended,
            long withdrawn,
            boolean momentary,
            Quantiles early,
            List<Risk> risks) {}

    /** What followed a signal in one journey. */
    public record Risk(String journey, RiskRatio ratio) {}

    /**
     * One level of a prediction that a model answers.
     *
     * @param prediction its name
     * @param words what it predicts, for people
     * @param trigger how policies and alerts call the level
     * @param level the probability
     * @param rose how often it was reached
     * @param fell how often the probability fell below it again
     * @param over how often the question was no longer asked while it stood
     * @param standing of those that rose, how many stand
     * @param stood how long those that are over had stood
     */
    public record RiskReport(
            String prediction,
            String words,
            String trigger,
            double level,
            long rose,
            long fell,
            long over,
            long standing,
            Quantiles stood) {}

    /**
     * One declared alert.
     *
     * @param to who owns it
     * @param resolved of those raised, how many are over, by why
     * @param open of those raised, how many are not over
     * @param suppressed signals that raised nothing, because the same had been said shortly before
     * @param openFor how long those that are over had been open
     */
    public record AlertReport(
            String name,
            String to,
            long raised,
            long merged,
            long escalated,
            long suppressed,
            SequencedMap<String, Long> resolved,
            long open,
            Quantiles openFor) {

        public long resolvedInAll() {
            return resolved.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * One policy.
     *
     * @param holdout the declared share of customers who are left alone
     * @param treatment decisions about customers in treatment
     * @param control decisions about customers in control, of this policy or of all
     * @param treatmentSubjects how many customers are in treatment
     * @param controlSubjects how many this policy alone leaves alone
     * @param universalSubjects how many are in the control group of all policies, among whom this one drew nobody
     * @param treatmentExpectedValue what the chosen actions were expected to bring, net of their cost
     * @param treatmentCost what they would have cost
     * @param candidates in the order in which they were weighed, {@code nothing} last
     */
    public record PolicyReport(
            String name,
            double holdout,
            long treatment,
            long control,
            long treatmentSubjects,
            long controlSubjects,
            long universalSubjects,
            Money treatmentExpectedValue,
            Money treatmentCost,
            List<CandidateReport> candidates) {

        public long decisions() {
            return treatment + control;
        }

        /**
         * How far the share of those in control is from the declared one, in standard errors; beyond 3.3 (one in a thousand) something is
         * wrong with the split. NaN without decisions or without a holdout.
         */
        public double imbalance() {
            double all = treatmentSubjects + controlSubjects;
            return (controlSubjects - all * holdout) / Math.sqrt(all * holdout * (1 - holdout));
        }
    }

    /**
     * One candidate of a policy.
     *
     * @param considered how often it was weighed
     * @param chosen how often it was taken for a treated customer
     * @param expectedValue what it was expected to bring where it was chosen
     * @param rejections why it was not taken, the most frequent reason first; of those in control as well
     */
    public record CandidateReport(
            String action, long considered, long chosen, Money expectedValue, SequencedMap<String, Long> rejections) {}

    /**
     * What became of a policy's decisions.
     *
     * @param treated decisions about treated customers whose outcome is known, and how many were good
     * @param heldOut the same of those in control
     * @param waiting decisions whose outcome is not known yet
     * @param difference by customers, each by the first decision about them
     */
    public record OutcomeReport(
            String name, String policy, Good treatment, Good control, long waiting, Difference difference) {}

    /** So many of so many were good. */
    public record Good(long good, long of) {}

    /**
     * Ids that exist in this run.
     *
     * @param trace the name of the effect from which most can be walked back
     * @param customer somebody with much to see
     */
    public record Examples(Optional<String> trace, Optional<SubjectId> customer) {}
}
