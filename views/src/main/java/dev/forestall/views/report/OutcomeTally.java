package dev.forestall.views.report;

import dev.forestall.loop.action.Decision;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.views.report.Report.Good;
import dev.forestall.views.report.Report.OutcomeReport;
import org.jspecify.annotations.Nullable;

/** Counts what became of the decisions of one policy, by one declared outcome. */
final class OutcomeTally {

    private final String name;
    private final String policy;
    private final Arm treatment = new Arm();
    private final Arm control = new Arm();

    private static final class Arm {
        long all;
        long good;
        final Sample.Counts subjects = new Sample.Counts();
        final Sample.Counts goodSubjects = new Sample.Counts();
    }

    OutcomeTally(String name, String policy) {
        this.name = name;
        this.policy = policy;
    }

    boolean isOf(Outcome outcome) {
        return outcome.name().equals(name) && outcome.policy().equals(policy);
    }

    void count(Outcome outcome, @Nullable Followed followed) {
        Arm arm = outcome.group() == Decision.Group.TREATMENT ? treatment : control;
        arm.all++;
        arm.good += outcome.success() ? 1 : 0;
        if (followed != null && followed.isFirst(outcome.decision())) {
            arm.subjects.add(followed.level, 1);
            arm.goodSubjects.add(followed.level, outcome.success() ? 1 : 0);
        }
    }

    /** @param decisions of the policy so far */
    OutcomeReport report(long decisions, Sample sample) {
        int level = sample.level();
        return new OutcomeReport(
                name,
                policy,
                new Good(treatment.good, treatment.all),
                new Good(control.good, control.all),
                decisions - treatment.all - control.all,
                new Difference(
                        treatment.subjects.from(level),
                        treatment.goodSubjects.from(level),
                        control.subjects.from(level),
                        control.goodSubjects.from(level)));
    }
}
