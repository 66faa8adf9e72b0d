package dev.forestall.views.report;

import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.views.report.Report.Endings;
import dev.forestall.views.report.Report.Risk;
import dev.forestall.views.report.Report.SignalReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts one declared signal, and what followed it in the runs of journeys. */
final class SignalTally {

    private final SignalRule<?> rule;
    private final int number;
    private final Sample.Counts subjects = new Sample.Counts();
    private final Sample.Counts runs = new Sample.Counts();
    private final Map<Integer, Spread> early = new HashMap<>();
    private final Map<Way, Endings> had = new HashMap<>();
    private long raised;
    private long ended;
    private long withdrawn;

    /** Runs that had the signal first in a step. */
    private record Way(int journey, int level, long steps, int step) {}

    SignalTally(SignalRule<?> rule, int number) {
        this.rule = rule;
        this.number = number;
    }

    void count(Signal signal, List<JourneyTally> journeys, @Nullable Followed followed) {
        switch (signal) {
            case Signal.Raised one -> {
                raised++;
                if (followed != null) {
                    raise(one, journeys, followed);
                }
            }
            case Signal.Ended one -> ended++;
            case Signal.Withdrawn one -> {
                withdrawn++;
                if (followed != null) {
                    withdraw(one, followed);
                }
            }
            case Signal.Measured one -> {}
        }
    }

    private void raise(Signal.Raised signal, List<JourneyTally> journeys, Followed followed) {
        if (!followed.signals.get(number)) {
            followed.signals.set(number);
            subjects.add(followed.level, 1);
        }
        for (Followed.Run run : followed.runs) {
            if (isAbout(run, signal.journeyKey(), journeys) && !run.has(number)) {
                run.raised.add(new Followed.Raised(number, signal.atMillis(), run.step));
                runs.add(followed.level, 1);
            }
        }
    }

    /** A signal of one journey is about one run of it; any other is about all that the customer is in the middle of. */
    private boolean isAbout(Followed.Run run, String key, List<JourneyTally> journeys) {
        return rule.journey() == null
                || journeys.get(run.journey)
                                .journey()
                                .name()
                                .equals(rule.journey().name())
                        && run.key.equals(key);
    }

    private void withdraw(Signal.Withdrawn signal, Followed followed) {
        for (Followed.Run run : followed.runs) {
            if (run.raised.removeIf(each -> each.signal() == number && each.atMillis() == signal.raisedAtMillis())) {
                runs.add(followed.level, -1);
            }
        }
    }

    /** A run that had the signal has ended. One raised by the very end says nothing about what was to come. */
    void ended(Followed.Raised first, int journey, int level, long steps, Transition end) {
        if (first.atMillis() >= end.atMillis()) {
            return;
        }
        had.merge(new Way(journey, level, steps, first.step()), JourneyTally.ending(end.kind()), Endings::plus);
        if (end.kind().isBadEnd()) {
            early.computeIfAbsent(level, each -> new Spread()).add(end.atMillis() - first.atMillis());
        }
    }

    SignalReport report(List<JourneyTally> journeys, Sample sample) {
        Spread before = new Spread();
        early.forEach((level, spread) -> {
            if (level >= sample.level()) {
                before.add(spread);
            }
        });
        List<Risk> risks = new ArrayList<>();
        for (JourneyTally journey : journeys) {
            List<RiskRatio.Had> mine = had(journey.number(), sample.level());
            if (!mine.isEmpty()) {
                risks.add(new Risk(journey.journey().name(), RiskRatio.of(journey.passed(sample.level()), mine)));
            }
        }
        return new SignalReport(
                rule.name(),
                rule.description(),
                rule.subjectKind(),
                raised,
                subjects.from(sample.level()) * sample.oneIn(),
                runs.from(sample.level()) * sample.oneIn(),
                ended,
                withdrawn,
                rule.isMomentary(),
                before.quantiles(),
                risks);
    }

    private List<RiskRatio.Had> had(int journey, int fromLevel) {
        List<RiskRatio.Had> mine = new ArrayList<>();
        had.forEach((way, endings) -> {
            if (way.journey == journey && way.level >= fromLevel) {
                mine.add(new RiskRatio.Had(way.steps, way.step, endings));
            }
        });
        return mine;
    }
}
