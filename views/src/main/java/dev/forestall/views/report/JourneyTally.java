package dev.forestall.views.report;

import dev.forestall.loop.event.Money;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.journey.Transition;
import dev.forestall.views.report.Report.Endings;
import dev.forestall.views.report.Report.JourneyReport;
import dev.forestall.views.report.Report.StepReport;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Counts what happens in one journey. */
final class JourneyTally {

    /** Steps beyond are taken as this one, because a run remembers its steps in 64 bits. */
    private static final int LAST_STEP = 63;
    /** With so many different ways through the journey, further ones are remembered by their last step only. */
    private static final int MAX_WAYS = 4_096;

    private final Journey journey;
    private final int number;
    private final Step[] steps;
    private final Spread toGoal = new Spread();
    private final Spread toBadEnd = new Spread();
    private final Map<Way, Endings> ways = new HashMap<>();
    private long started;
    private long abandoned;
    private long displaced;
    private Endings endings = Endings.NONE;
    private long goalMinor;
    private long badMinor;

    /** Runs of subjects of one level that were in a set of steps. */
    private record Way(int level, long steps) {}

    private static final class Step {
        long entered;
        long back;
        long open;
        long dropped;
        final Spread stay = new Spread();
    }

    JourneyTally(Journey journey, int number) {
        this.journey = journey;
        this.number = number;
        this.steps = new Step[Math.min(LAST_STEP, journey.steps().size()) + 1];
        IntStream.range(0, steps.length).forEach(i -> steps[i] = new Step());
    }

    Journey journey() {
        return journey;
    }

    int number() {
        return number;
    }

    /** The number of a step by its name: 0 before the first one, then from 1. */
    int step(String name) {
        return Math.min(LAST_STEP, journey.step(name) + 1);
    }

    void count(Transition transition) {
        switch (transition.kind()) {
            case STARTED -> {
                started++;
                steps[0].entered++;
                steps[0].open++;
            }
            case MOVED -> {
                leave(transition);
                Step entered = steps[step(transition.to())];
                entered.entered++;
                entered.back += transition.backwards() ? 1 : 0;
                entered.open++;
            }
            case REACHED_GOAL -> {
                leave(transition);
                toGoal.add(transition.atMillis() - transition.startedAtMillis());
                goalMinor += transition.value().map(Money::minor).orElse(0L);
            }
            case FAILED, ABANDONED -> {
                leave(transition);
                steps[step(transition.from())].dropped++;
                toBadEnd.add(transition.atMillis() - transition.startedAtMillis());
                badMinor += transition.value().map(Money::minor).orElse(0L);
                abandoned += transition.kind() == Transition.Kind.ABANDONED ? 1 : 0;
            }
            case CLOSED -> leave(transition);
            case DISPLACED -> {
                leave(transition);
                displaced++;
            }
        }
        endings = endings.plus(ending(transition.kind()));
    }

    private void leave(Transition transition) {
        Step left = steps[step(transition.from())];
        left.open--;
        left.stay.add(transition.dwellMillis());
    }

    /** How one run ended, if the kind is such an end; a displaced one is not known to have ended at all. */
    static Endings ending(Transition.Kind kind) {
        return switch (kind) {
            case REACHED_GOAL -> new Endings(1, 0, 0);
            case FAILED, ABANDONED -> new Endings(0, 1, 0);
            case CLOSED -> new Endings(0, 0, 1);
            case STARTED, MOVED, DISPLACED -> Endings.NONE;
        };
    }

    /** Counts a followed run that has ended. Returns the steps under which it was counted. */
    long ended(int level, Followed.Run run, Transition.Kind kind) {
        Way way = new Way(level, run.steps);
        if (ways.size() >= MAX_WAYS && !ways.containsKey(way)) {
            way = new Way(level, 1L << run.step);
        }
        ways.merge(way, ending(kind), Endings::plus);
        return way.steps;
    }

    /** Every ended run of the sample. */
    List<RiskRatio.Passed> passed(int fromLevel) {
        List<RiskRatio.Passed> passed = new ArrayList<>();
        ways.forEach((way, ended) -> {
            if (way.level >= fromLevel) {
                passed.add(new RiskRatio.Passed(way.steps, ended));
            }
        });
        return passed;
    }

    JourneyReport report(Crowd crowd, long nowMillis) {
        List<RiskRatio.Passed> passed = passed(crowd.sample().level());
        List<Followed.Run> open = crowd.all().stream()
                .flatMap(each -> each.runs.stream())
                .filter(run -> run.journey == number)
                .toList();
        List<StepReport> reports = IntStream.range(0, steps.length)
                .mapToObj(i -> step(i, open, nowMillis, passed, crowd.sample().oneIn()))
                .toList();
        return new JourneyReport(
                journey.name(),
                started,
                endings,
                abandoned,
                displaced,
                started - endings.goal() - endings.bad() - endings.closed() - displaced,
                money(goalMinor),
                money(badMinor),
                toGoal.quantiles(),
                toBadEnd.quantiles(),
                reports);
    }

    private StepReport step(int i, List<Followed.Run> open, long nowMillis, List<RiskRatio.Passed> passed, long oneIn) {
        Step step = steps[i];
        Spread openFor = new Spread();
        open.stream().filter(run -> run.step == i).forEach(run -> openFor.add(nowMillis - run.enteredAtMillis));
        long stillOpen = open.stream().filter(run -> (run.steps >>> i & 1) != 0).count();
        Endings ended = passed.stream()
                .filter(each -> (each.steps() >>> i & 1) != 0)
                .map(RiskRatio.Passed::endings)
                .reduce(Endings.NONE, Endings::plus);
        return new StepReport(
                i == 0 ? "" : journey.steps().get(i - 1).name(),
                (ended.decided() + ended.closed() + stillOpen) * oneIn,
                step.entered,
                step.back,
                step.stay.quantiles(),
                step.open,
                openFor.quantiles(),
                step.dropped,
                ended);
    }

    private Optional<Money> money(long minor) {
        Currency currency = journey.currency();
        return currency == null ? Optional.empty() : Optional.of(new Money(minor, currency));
    }
}
