package dev.forestall.views.report;

import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.event.Money;
import dev.forestall.views.report.Report.CandidateReport;
import dev.forestall.views.report.Report.PolicyReport;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the decisions of one policy. */
final class PolicyTally {

    private static final int MAX_REASONS = 50;
    private static final String OTHER = "other reasons";

    private final Policy policy;
    private final int number;
    private final Currency currency;
    private final SequencedMap<String, Candidate> candidates = new LinkedHashMap<>();
    private final Sample.Counts treatmentSubjects = new Sample.Counts();
    private final Sample.Counts controlSubjects = new Sample.Counts();
    private final Sample.Counts universalSubjects = new Sample.Counts();
    private long treatment;
    private long control;

    private static final class Candidate {
        long considered;
        long chosen;
        long expectedValueMinor;
        long costMinor;
        final Map<String, Long> rejections = new TreeMap<>();

        void reject(String reason) {
            boolean isFull = rejections.size() >= MAX_REASONS && !rejections.containsKey(reason);
            rejections.merge(isFull ? OTHER : reason, 1L, Long::sum);
        }
    }

    PolicyTally(Policy policy, int number, Currency currency) {
        this.policy = policy;
        this.number = number;
        this.currency = currency;
        for (Policy.Candidate each : policy.candidates()) {
            Candidate candidate = new Candidate();
            candidate.costMinor = each.action().cost().minor();
            candidates.put(each.action().name(), candidate);
        }
        candidates.putLast(Action.NOTHING, new Candidate());
    }

    void count(Decision decision, @Nullable Followed followed) {
        boolean isTreatment = decision.group() == Decision.Group.TREATMENT;
        treatment += isTreatment ? 1 : 0;
        control += isTreatment ? 0 : 1;
        if (followed != null && followed.decided(number, decision.id())) {
            Sample.Counts subjects =
                    isTreatment ? treatmentSubjects : decision.isUniversal() ? universalSubjects : controlSubjects;
            subjects.add(followed.level, 1);
        }
        for (Decision.Considered each : decision.candidates()) {
            Candidate candidate = candidates.computeIfAbsent(each.action(), action -> new Candidate());
            candidate.considered++;
            if (!each.rejection().isEmpty()) {
                candidate.reject(each.rejection());
            } else if (isTreatment && each.action().equals(decision.chosen())) {
                candidate.chosen++;
                candidate.expectedValueMinor +=
                        each.expectedValue().map(Money::minor).orElse(0L);
            }
        }
    }

    PolicyReport report(Sample sample) {
        long expectedValue = candidates.values().stream()
                .mapToLong(each -> each.expectedValueMinor)
                .sum();
        long cost = candidates.values().stream()
                .mapToLong(each -> each.costMinor * each.chosen)
                .sum();
        return new PolicyReport(
                policy.name(),
                policy.holdout().value(),
                treatment,
                control,
                treatmentSubjects.from(sample.level()) * sample.oneIn(),
                controlSubjects.from(sample.level()) * sample.oneIn(),
                universalSubjects.from(sample.level()) * sample.oneIn(),
                new Money(expectedValue, currency),
                new Money(cost, currency),
                candidates.entrySet().stream()
                        .map(each -> candidate(each.getKey(), each.getValue()))
                        .toList());
    }

    private CandidateReport candidate(String action, Candidate candidate) {
        SequencedMap<String, Long> rejections = new LinkedHashMap<>();
        candidate.rejections.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .forEach(each -> rejections.put(each.getKey(), each.getValue()));
        return new CandidateReport(
                action,
                candidate.considered,
                candidate.chosen,
                new Money(candidate.expectedValueMinor, currency),
                rejections);
    }
}
