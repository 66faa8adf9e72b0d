package dev.forestall.acceptance.simulation;

import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Step;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.Reported;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.loop.state.State;
import dev.forestall.testkit.MemoryHost.Stepper;
import java.util.List;
import java.util.function.Predicate;

/** A loop with one thing wrong about requests. The oracle must notice each. */
enum RequestMutant {
    NONE,
    /** Whoever objected is written to all the same. */
    FORGETS_OBJECTIONS {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            return isReport(input, Report.Consented.class) ? nothing(before) : super.step(loop, subject, before, input);
        }
    },
    /** A permit is forgotten as soon as it is given. */
    FORGETS_PERMITS {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            Step step = super.step(loop, subject, before, input);
            return step.effects().stream().anyMatch(Effect.Permitted.class::isInstance)
                    ? new Step(before, step.effects(), step.wakeMillis(), step.isLate())
                    : step;
        }
    },
    /** Whoever asks too early is answered as if it were an hour later. */
    IS_AN_HOUR_FAST {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            return super.step(loop, subject, before, shifted(input, 3_600_000));
        }
    },
    /** It is still an hour ago. */
    IS_AN_HOUR_SLOW {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            return super.step(loop, subject, before, shifted(input, -3_600_000));
        }
    },
    /** What was sent counts in no cap. */
    FORGETS_WHAT_WAS_SENT {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            return isReport(input, Report.Sent.class)
                            || isReport(input, Report.Delivered.class)
                            || isReport(input, Report.Uncertain.class)
                    ? nothing(before)
                    : super.step(loop, subject, before, input);
        }
    },
    /** What bounced counts in caps. */
    COUNTS_WHAT_BOUNCED {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            return isReport(input, Report.Failed.class) ? nothing(before) : super.step(loop, subject, before, input);
        }
    },
    /** What a person took back goes out. */
    IGNORES_WHO_TAKES_BACK {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            return isReport(input, Report.Withdrawn.class) ? nothing(before) : super.step(loop, subject, before, input);
        }
    },
    /** Nobody need approve anything. */
    APPROVES_BY_ITSELF {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            if (input instanceof Input.ReportReceived received && received.report() instanceof Report.Due due) {
                Step approved = super.step(
                        loop,
                        subject,
                        before,
                        new Input.ReportReceived(
                                received.position(),
                                new Report.Approved(due.head(), due.request()),
                                received.receipt()));
                return super.step(loop, subject, approved.next(), input);
            }
            return super.step(loop, subject, before, input);
        }
    },
    /** A person's approval is lost. */
    LOSES_APPROVALS {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            Step step = super.step(loop, subject, before, input);
            return isReport(input, Report.Approved.class)
                    ? new Step(before, step.effects(), step.wakeMillis(), step.isLate())
                    : step;
        }
    },
    /** Whoever asks is not answered when nothing is to be done. */
    IS_SILENT {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            return without(
                    super.step(loop, subject, before, input),
                    effect -> effect instanceof Effect.RequestChanged changed
                            && changed.change() instanceof RequestChange.Stands);
        }
    },
    /** What has expired is not said to have. */
    EXPIRES_IN_SILENCE {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            return without(
                    super.step(loop, subject, before, input),
                    effect -> effect instanceof Effect.RequestChanged changed
                            && changed.change() instanceof RequestChange.Expired);
        }
    },
    /** What there is no reason for any more is not taken back. */
    TAKES_NOTHING_BACK {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            return without(
                    super.step(loop, subject, before, input),
                    effect -> effect instanceof Effect.RequestChanged changed
                            && changed.change() instanceof RequestChange.Withdrawn withdrawn
                            && withdrawn.cause().startsWith("signal."));
        }
    },
    /** A permit that was not used blocks the next one. */
    IGNORES_WHAT_WAS_NOT_SENT {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            return isReport(input, Report.NotSent.class) ? nothing(before) : super.step(loop, subject, before, input);
        }
    },
    /** Requests never end: reports say that they may go out a year later. */
    NEVER_EXPIRES {
        @Override
        Step step(Stepper loop, SubjectId subject, State before, Input input) {
            if (input instanceof Input.ReportReceived received && received.report() instanceof Report.Due due) {
                Reported known = due.request();
                Reported longer = new Reported(
                        known.id(),
                        known.action(),
                        known.channel(),
                        known.purpose(),
                        known.policy(),
                        known.journeyKey(),
                        known.expiresMillis() + 365 * 86_400_000L,
                        known.isLive());
                return super.step(
                        loop,
                        subject,
                        before,
                        new Input.ReportReceived(received.position(), due.about(longer), received.receipt()));
            }
            return super.step(loop, subject, before, input);
        }
    };

    Step step(Stepper loop, SubjectId subject, State before, Input input) {
        return loop.step(subject, before, input);
    }

    private static boolean isReport(Input input, Class<? extends Report> kind) {
        return input instanceof Input.ReportReceived received && kind.isInstance(received.report());
    }

    private static Step nothing(State before) {
        return new Step(before, List.of(), dev.forestall.loop.state.Cells.nextWake(before), false);
    }

    private static Step without(Step step, Predicate<Effect> which) {
        return new Step(
                step.next(), step.effects().stream().filter(which.negate()).toList(), step.wakeMillis(), step.isLate());
    }

    private static Input shifted(Input input, long byMillis) {
        if (input instanceof Input.ReportReceived received && received.report() instanceof Report.Due due) {
            Report.Head head = due.head();
            return new Input.ReportReceived(
                    received.position(),
                    new Report.Due(new Report.Head(head.id(), head.atMillis() + byMillis, head.by()), due.request()),
                    received.receipt());
        }
        return input;
    }
}
