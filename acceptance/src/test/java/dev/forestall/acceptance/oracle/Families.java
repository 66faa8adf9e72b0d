package dev.forestall.acceptance.oracle;

import static dev.forestall.acceptance.oracle.LoopUnderTest.PLAN;
import static dev.forestall.acceptance.oracle.LoopUnderTest.SIGNAL;
import static dev.forestall.acceptance.oracle.LoopUnderTest.names;

import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.profile.Trait;
import dev.forestall.loop.signal.Anomaly;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.Deadline;
import dev.forestall.loop.signal.Decline;
import dev.forestall.loop.signal.Detector;
import dev.forestall.loop.signal.Exit;
import dev.forestall.loop.signal.Hesitation;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.Rework;
import dev.forestall.loop.signal.Sequence;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.signal.Stall;
import dev.forestall.loop.signal.Threshold;
import dev.forestall.testkit.Dice;
import dev.forestall.testkit.TestPack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Signals of every family, declared at random, with their oracles. Windows are a few milliseconds: only their edges matter. */
final class Families {

    private static final List<String> NO_KEY = List.of("");
    private static final List<String> KEYS = List.of("", "k1", "k1", "k1", "k2");

    private static final String STEPS = Run.plain(0).steps();

    private Families() {}

    static Declared repeat(Dice dice) {
        int times = dice.between(2, 5);
        long within = dice.between(2, 14);
        return ofCustomers(
                dice,
                "repeat " + times + " within " + within,
                new Repeat(any("a"), times, within),
                SignalRule.Fires.ONCE,
                Oracles.repeat("a", times, within),
                shape(dice, "aaan", within));
    }

    static Declared repeatAtEach(Dice dice) {
        int times = dice.between(2, 5);
        long within = dice.between(2, 14);
        return ofCustomers(
                dice,
                "repeat at each " + times + " within " + within,
                new Repeat(any("a"), times, within),
                SignalRule.Fires.EACH,
                Oracles.repeatAtEach("a", times, within),
                shape(dice, "aaan", within));
    }

    static Declared stall(Dice dice) {
        long within = dice.between(1, 12);
        return ofCustomers(
                dice,
                "stall " + within,
                new Stall(any("ac"), any("b"), within),
                SignalRule.Fires.ONCE,
                Oracles.stall("ac", "b", within),
                shape(dice, "aabbcnnnn", within));
    }

    static Declared stallAtEach(Dice dice) {
        long within = dice.between(1, 12);
        return ofCustomers(
                dice,
                "stall at each " + within,
                new Stall(any("a"), any("b"), within),
                SignalRule.Fires.EACH,
                (events, truth) -> Oracles.stall("a", "b", within).tell(events, truth.withoutEnds()),
                shape(dice, "abnn", within));
    }

    /** X alone: what puts it off is X again. */
    static Declared silence(Dice dice) {
        long within = dice.between(1, 12);
        return ofCustomers(
                dice,
                "stall of itself " + within,
                new Stall(any("a"), any(""), within),
                SignalRule.Fires.ONCE,
                Oracles.stall("a", "", within),
                shape(dice, "ann", within));
    }

    static Declared sequence(Dice dice) {
        String parts = dice.oneOf("ab", "aBc", "abc", "aa", "aBcDa", "aCbc", "abCDa", "aBCd");
        long within = dice.between(1, 30);
        return ofCustomers(
                dice,
                "sequence " + parts + " within " + within,
                sequence(parts, within),
                SignalRule.Fires.ONCE,
                Oracles.sequence(parts, within),
                new Streams.Shape("aabbccdn", dice.between(1, 6), NO_KEY, 1, dice.between(20, 60)));
    }

    static Declared sequenceByAbsence(Dice dice) {
        String parts = dice.oneOf("aB", "aB", "abC", "aBC", "aCbC", "aCbDc", "abB");
        long within = dice.between(1, 14);
        return ofCustomers(
                dice,
                "sequence " + parts + " within " + within,
                sequence(parts, within),
                SignalRule.Fires.ONCE,
                Oracles.sequence(parts, within),
                shape(dice, "aaabbcnnnnnn", within));
    }

    static Declared sequenceOfOneAndAbsence(Dice dice) {
        long within = dice.between(1, 14);
        return ofCustomers(
                dice,
                "sequence aB within " + within,
                sequence("aB", within),
                SignalRule.Fires.ONCE,
                Oracles.sequence("aB", within),
                shape(dice, "aabnnnn", within));
    }

    static Declared decline(Dice dice) {
        double share = dice.oneOf(0.25, 0.5, 0.75, 1.0);
        long bucket = dice.between(1, 8);
        int recent = dice.between(1, 3);
        int baseline = dice.between(1, 4);
        int minimum = dice.between(1, 4);
        return ofCustomers(
                dice,
                "decline to " + share + " in " + recent + " after " + baseline + " of " + bucket + " min " + minimum,
                new Decline(any("a"), share, bucket, recent, baseline, minimum, false),
                SignalRule.Fires.ONCE,
                Oracles.decline("a", share, bucket, recent, baseline, minimum),
                shape(dice, "aaan", bucket));
    }

    static Declared declineAtEach(Dice dice) {
        double share = dice.oneOf(0.25, 0.5, 0.75, 1.0);
        long bucket = dice.between(1, 8);
        int recent = dice.between(1, 3);
        int baseline = dice.between(1, 4);
        int minimum = dice.between(1, 4);
        return ofCustomers(
                dice,
                "decline at each to " + share + " in " + recent + " after " + baseline + " of " + bucket + " min "
                        + minimum,
                new Decline(any("a"), share, bucket, recent, baseline, minimum, true),
                SignalRule.Fires.EACH,
                Oracles.declineAtEach("a", share, bucket, recent, baseline, minimum),
                shape(dice, "aaan", bucket));
    }

    static Declared anomaly(Dice dice) {
        double beyond = dice.oneOf(0.5, 1.0, 2.0, 3.5);
        Anomaly.Direction direction = dice.oneOf(Anomaly.Direction.values());
        int minimum = dice.between(3, 5);
        int history = minimum + dice.between(0, 4);
        double floor = dice.oneOf(0.0, 0.125, 0.5);
        int sign = switch (direction) {
            case ABOVE -> 1;
            case BELOW -> -1;
            case BOTH -> 0;
        };
        return ofCustomers(
                dice,
                "anomaly beyond " + beyond + " " + direction + " " + minimum + ".." + history + " floor " + floor,
                new Anomaly(any("a"), LoopUnderTest.number(), beyond, direction, minimum, history, floor),
                SignalRule.Fires.ONCE,
                Oracles.anomaly("a", beyond, sign, minimum, history, floor),
                shape(dice, "aaan", 3));
    }

    static Declared missed(Dice dice) {
        long grace = dice.between(0, 6);
        return deadline(dice, Deadline.When.MISSED, grace, Oracles.missed("a", "b", grace));
    }

    static Declared comingUp(Dice dice) {
        long ahead = dice.between(1, 8);
        return deadline(dice, Deadline.When.COMING_UP, ahead, Oracles.comingUp("a", "b", ahead));
    }

    static Declared moved(Dice dice) {
        long margin = dice.between(0, 6);
        return deadline(dice, Deadline.When.MOVED, margin, Oracles.moved("a", "b", margin));
    }

    private static Declared deadline(Dice dice, Deadline.When when, long margin, Oracle oracle) {
        return ofCustomers(
                dice,
                "deadline " + when + " " + margin,
                new Deadline(any("a"), LoopUnderTest.number(), any("b"), when, margin),
                SignalRule.Fires.ONCE,
                oracle,
                shape(dice, "aabnnnnnn", margin));
    }

    static Declared threshold(Dice dice) {
        long within = dice.between(1, 12);
        int atLeast = dice.between(1, 3);
        double above = dice.between(-2, 6);
        TestPack pack = TestPack.of(PLAN)
                .trait(new Trait("count", "customer", Trait.Fold.COUNT, any("a"), null, null, within))
                .trait(new Trait("last", "customer", Trait.Fold.LAST, any("b"), LoopUnderTest.number(), null, 0));
        Condition often = scope -> Truth.of(scope.number(pack.numberSoFar("trait.count")) >= atLeast);
        Condition high = scope -> {
            double last = scope.number(pack.numberSoFar("trait.last"));
            return Double.isNaN(last) ? Truth.UNKNOWN : Truth.of(last > above);
        };
        BitSet types = any("ab").types();
        pack.signal(SIGNAL, new Threshold(Condition.and(often, high), types, List.of(0, 1)));
        return new Declared(
                "threshold " + atLeast + " within " + within + " and above " + above,
                hosted(dice, pack),
                Declared.ofCustomers(Oracles.threshold("a", within, atLeast, "b", above)),
                shape(dice, "aaabbn", within));
    }

    static Declared hesitation(Dice dice) {
        int step = dice.between(0, 2);
        long within = dice.between(1, 10);
        return ofRuns(
                dice,
                "hesitation in " + step + " beyond " + within,
                new Hesitation(STEPS.substring(step, step + 1), within),
                RunOracles.hesitation(step, within),
                abandoned(dice),
                within);
    }

    /** Steps that move on, for late input: no silence ends a run. */
    static Declared hesitationForEver(Dice dice) {
        int step = dice.between(0, 2);
        long within = dice.between(1, 4);
        return ofRuns(
                dice,
                "hesitation in " + step + " beyond " + within,
                new Hesitation(STEPS.substring(step, step + 1), within),
                RunOracles.hesitation(step, within),
                0,
                new Streams.Shape("abcabcgfnnnnnnnnnnnnnnnn", within, KEYS, 1, 60));
    }

    static Declared exit(Dice dice) {
        return exit(dice, abandoned(dice), dice.oneOf(0L, (long) dice.between(1, 12)));
    }

    static Declared exitBySilence(Dice dice) {
        return exit(dice, 0, dice.between(1, 12));
    }

    private static Declared exit(Dice dice, long abandonedAfter, long silence) {
        Set<Integer> steps = dice.oneOf(List.of(Set.of(), Set.of(0), Set.of(1, 2), Set.of(0, 2)));
        List<String> named =
                steps.stream().map(step -> STEPS.substring(step, step + 1)).toList();
        return ofRuns(
                dice,
                "exit from " + steps + " or silent for " + silence,
                Exit.of(named, silence, PLAN.tracking()),
                RunOracles.exit(steps, silence),
                abandonedAfter,
                Math.max(silence, 1));
    }

    static Declared loop(Dice dice) {
        int times = dice.between(1, 4);
        return ofRuns(
                dice,
                "loop " + times,
                new Rework(times),
                RunOracles.rework(times),
                abandoned(dice),
                new Streams.Shape("abcabcabcabcng", 2, KEYS, 1, 60));
    }

    /** Detectors that look at events, inside the runs of a journey. */
    static Declared insideRuns(Dice dice) {
        long within = dice.between(1, 12);
        long abandonedAfter = abandoned(dice);
        int times = dice.between(2, 3);
        return switch (dice.between(0, 3)) {
            case 0 ->
                ofRuns(
                        dice,
                        "stall in a run " + within,
                        new Stall(any("ab"), any("c"), within),
                        RunOracles.inside(Oracles.stall("ab", "c", within), false),
                        abandonedAfter,
                        within);
            case 1 ->
                ofRuns(
                        dice,
                        "repeat in a run " + times + " within " + within,
                        new Repeat(any("bg"), times, within),
                        RunOracles.inside(Oracles.repeat("bg", times, within), true),
                        abandonedAfter,
                        within);
            case 2 ->
                ofRuns(
                        dice,
                        "sequence in a run " + within,
                        sequence("aBg", within),
                        RunOracles.inside(Oracles.sequence("aBg", within), true),
                        abandonedAfter,
                        within);
            default ->
                ofRuns(
                        dice,
                        "absence in a run " + within,
                        sequence("bC", within),
                        RunOracles.inside(Oracles.sequence("bC", within), false),
                        abandonedAfter,
                        within);
        };
    }

    static Declared cohort(Dice dice) {
        long bucket = dice.between(1, 10);
        int buckets = dice.between(1, 4);
        int minimum = dice.between(1, 3);
        boolean byShare = dice.percent(50);
        double share = dice.oneOf(0.25, 0.5, 0.75);
        double level = dice.oneOf(0.6, 0.9, 0.99);
        Cohort.Above above = byShare ? new Cohort.Above.Share(share) : new Cohort.Above.Expected(share, level);
        CohortOracle.Above isAbove = byShare ? CohortOracle.share(share) : CohortOracle.beyondQuantile(share, level);
        boolean ofExits = dice.percent(40);
        long abandonedAfter = abandoned(dice);
        String step = dice.oneOf("", "a", "b");
        Cohort.Counts counts =
                ofExits ? new Cohort.Counts.Exits("j", step) : new Cohort.Counts.Events(any("ab"), any("b"));
        CohortOracle.Counted counted = ofExits
                ? CohortOracle.exits(step.isEmpty() ? CohortOracle.ANY : STEPS.indexOf(step), Run.plain(abandonedAfter))
                : CohortOracle.events("ab", "b");
        TestPack pack = TestPack.of(PLAN)
                .journey(LoopUnderTest.journey(abandonedAfter))
                .cohort(
                        SIGNAL,
                        new Cohort(
                                counts,
                                ofExits ? scope -> scope.event() == null ? "silent" : "said" : PLAN.words("key"),
                                bucket,
                                buckets,
                                minimum,
                                above));
        return new Declared(
                "cohort of " + counts + " " + above + " in " + buckets + " of " + bucket + " min " + minimum,
                hosted(dice, pack),
                CohortOracle.of(SIGNAL, counted, bucket, buckets, minimum, isAbove),
                new Streams.Shape("aabbcgffn", dice.between(1, 5), KEYS, 3, dice.between(30, 120)));
    }

    static EventPattern any(String types) {
        return PLAN.any(names(types));
    }

    static Sequence sequence(String parts, long within) {
        List<Sequence.Part> made = new ArrayList<>();
        for (String part : names(parts)) {
            String type = part.toLowerCase(java.util.Locale.ROOT);
            made.add(new Sequence.Part(any(type), !part.equals(type)));
        }
        return new Sequence(made, within);
    }

    private static long abandoned(Dice dice) {
        return dice.oneOf(0L, 0L, (long) dice.between(1, 20));
    }

    private static Streams.Shape shape(Dice dice, String types, long window) {
        return new Streams.Shape(types, window, NO_KEY, dice.between(1, 2), dice.between(5, 60));
    }

    private static Declared ofCustomers(
            Dice dice, String text, Detector<?> detector, SignalRule.Fires fires, Oracle oracle, Streams.Shape shape) {
        TestPack pack = TestPack.of(PLAN)
                .signal(SignalRule.ofCustomers(SIGNAL, detector).firing(fires));
        return new Declared(text, hosted(dice, pack), Declared.ofCustomers(oracle), shape);
    }

    private static Declared ofRuns(
            Dice dice, String text, Detector<?> detector, RunOracles.OfRun oracle, long abandonedAfter, long window) {
        return ofRuns(
                dice,
                text,
                detector,
                oracle,
                abandonedAfter,
                new Streams.Shape("aabbccaabbccnnnngf", window, KEYS, dice.between(1, 2), dice.between(10, 70)));
    }

    private static Declared ofRuns(
            Dice dice,
            String text,
            Detector<?> detector,
            RunOracles.OfRun oracle,
            long abandonedAfter,
            Streams.Shape shape) {
        Journey journey = LoopUnderTest.journey(abandonedAfter);
        TestPack pack = TestPack.of(PLAN).journey(journey).signal(SIGNAL, journey, detector);
        return new Declared(
                text + ", abandoned after " + abandonedAfter,
                hosted(dice, pack),
                Declared.ofRuns(oracle, Run.plain(abandonedAfter)),
                shape);
    }

    /** What is said must not depend on how often time passes, or on how long late events are waited for. */
    private static dev.forestall.loop.Definition hosted(Dice dice, TestPack pack) {
        return pack.tick(Duration.ofMillis(dice.between(1, 25)))
                .lateness(Duration.ofMillis(dice.oneOf(0, 0, dice.between(1, 30))))
                .ready();
    }
}
