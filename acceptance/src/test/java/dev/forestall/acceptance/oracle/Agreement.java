package dev.forestall.acceptance.oracle;

import dev.forestall.testkit.Dice;
import java.util.List;

/**
 * That the loop and the oracle agree on one family of signals.
 *
 * @param name of the family
 * @param family makes the signals
 * @param copes which late events may come; null for none
 */
record Agreement(String name, Declared.Family family, Streams.@org.jspecify.annotations.Nullable Copes copes) {

    /** Every detector, on input in order. */
    static final List<Agreement> IN_ORDER = List.of(
            inOrder("repeat", Families::repeat),
            inOrder("repeat at each", Families::repeatAtEach),
            inOrder("stall", Families::stall),
            inOrder("stall at each", Families::stallAtEach),
            inOrder("stall of itself", Families::silence),
            inOrder("hesitation", Families::hesitation),
            inOrder("exit", Families::exit),
            inOrder("sequence", Families::sequence),
            inOrder("sequence by absence", Families::sequenceByAbsence),
            inOrder("loop", Families::loop),
            inOrder("decline", Families::decline),
            inOrder("decline at each", Families::declineAtEach),
            inOrder("anomaly", Families::anomaly),
            inOrder("deadline missed", Families::missed),
            inOrder("deadline coming up", Families::comingUp),
            inOrder("deadline moved", Families::moved),
            inOrder("threshold", Families::threshold),
            inOrder("cohort", Families::cohort),
            inOrder("inside runs", Families::insideRuns));

    /** Detectors of absence, on input of which some comes late. */
    static final List<Agreement> LATE = List.of(
            new Agreement("stall, late", Families::stall, Late.stall("ac", "b")),
            new Agreement("stall of itself, late", Families::silence, Late.inOwnOrder("a")),
            new Agreement("hesitation, late", Families::hesitationForEver, Late.inOwnOrder("abcgf")),
            new Agreement("exit by silence, late", Families::exitBySilence, Late.ownOrderInRuns()),
            new Agreement("deadline missed, late", Families::missed, Late.deadline("a", "b")),
            new Agreement("deadline coming up, late", Families::comingUp, Late.deadline("a", "b")),
            new Agreement("sequence by absence, late", Families::sequenceByAbsence, Late.inOwnOrder("abc")),
            new Agreement("sequence of one and absence, late", Families::sequenceOfOneAndAbsence, Late.forbidden()));

    private static Agreement inOrder(String name, Declared.Family family) {
        return new Agreement(name, family, null);
    }

    /** @throws AssertionError when they do not agree on the stream of this seed */
    void check(long seed) {
        Dice dice = new Dice(seed);
        Declared declared = family.any(dice);
        List<Happening> arrivals = arrivals(dice, declared);
        List<Said> truth = declared.truthOf(arrivals);
        List<Said> said = copes == null
                ? LoopUnderTest.said(declared.definition(), arrivals)
                : LoopUnderTest.net(declared.definition(), arrivals);
        List<Said> expected = copes == null ? truth : Said.onlyRaised(truth);
        if (!said.equals(expected)) {
            throw new AssertionError(
                    declared.text() + "\n  stream " + arrivals + "\n  oracle " + expected + "\n  loop   " + said);
        }
    }

    /** What the oracle says on the stream of a seed. */
    List<Said> truth(long seed) {
        Dice dice = new Dice(seed);
        Declared declared = family.any(dice);
        return declared.truthOf(arrivals(dice, declared));
    }

    /** How often the loop took something back on the stream of a seed. */
    long withdrawn(long seed) {
        Dice dice = new Dice(seed);
        Declared declared = family.any(dice);
        return LoopUnderTest.withdrawn(declared.definition(), arrivals(dice, declared));
    }

    private List<Happening> arrivals(Dice dice, Declared declared) {
        List<Happening> inOrder = Streams.inOrder(dice, declared.shape());
        return copes == null
                ? inOrder
                : Streams.withLate(dice, inOrder, declared.shape().window(), copes);
    }

    @Override
    public String toString() {
        return name;
    }
}
