package dev.forestall.testkit;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.report.Reported;
import dev.forestall.loop.signal.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A story: what had happened, what happens, and what the loop is to say about it.
 *
 * <pre>{@code
 * Scenario.given(pack, delivery(day(1)), delivery(day(2)))
 *         .when(delivery(day(20)))
 *         .thenAlert(Alert.Suppressed.class, "already raised within the rest");
 * }</pre>
 *
 * <p>Each {@code then} looks at what came of the latest {@code when}, and tells all of it when it fails. Time passes by events, or by
 * {@link #whenTimePasses}.
 */
public final class Scenario {

    private final MemoryHost host;
    private final boolean isLive;
    private int seen;

    private Scenario(Definition definition, boolean isLive) {
        this.host = new MemoryHost(definition);
        this.isLive = isLive;
    }

    /** What had happened before. All of the story is history. */
    public static Scenario given(Definition definition, Event... events) {
        return new Scenario(definition, false).when(events);
    }

    /** What had happened before. All of the story is news: received when it happens. */
    public static Scenario live(Definition definition, Event... events) {
        return new Scenario(definition, true).when(events);
    }

    /** What happens now, in the order in which it arrives. */
    public Scenario when(Event... events) {
        seen = host.effects().size();
        for (Event event : events) {
            host.happened(event, receipt(event.atMillis()));
        }
        return this;
    }

    /** What people, channels and workflows report now, in the order in which it arrives. */
    public Scenario whenReported(Report... reports) {
        seen = host.effects().size();
        for (Report report : reports) {
            host.reported(report);
        }
        return this;
    }

    /** Nothing happens to anyone until an instant: what is due before it falls due. */
    public Scenario whenTimePasses(Instant until) {
        seen = host.effects().size();
        host.tick(until.toEpochMilli(), receipt(until.toEpochMilli()));
        return this;
    }

    private Receipt receipt(long atMillis) {
        return isLive ? Receipt.live(atMillis) : Receipt.HISTORY;
    }

    /**
     * Something is reported about the latest request, such as {@code Report.Due::new}.
     *
     * @param at when it was so
     */
    public Scenario whenReported(Instant at, BiFunction<Report.Head, Reported, Report> report) {
        return whenReported(request().id(), at, report);
    }

    /** Something is reported about a request. */
    public Scenario whenReported(EffectId request, Instant at, BiFunction<Report.Head, Reported, Report> report) {
        return whenReported(report.apply(new Report.Head("", at.toEpochMilli(), "desk"), Reported.of(request)));
    }

    /** The latest request of the whole story. */
    public ActionRequest request() {
        return host.effects().reversed().stream()
                .filter(Effect.ActionRequested.class::isInstance)
                .map(each -> ((Effect.ActionRequested) each).request())
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a request, but there is none"));
    }

    /** Everything that came of the latest {@code when}, in order. */
    public List<Effect> effects() {
        return List.copyOf(host.effects().subList(seen, host.effects().size()));
    }

    /** All that is remembered and was said since the story began. */
    public MemoryHost host() {
        return host;
    }

    /** A signal became true, and that is said of this instant. */
    public Scenario thenRaised(String signal, Instant at) {
        return expect(
                "signal " + signal + " raised at " + at,
                some(Signal.Raised.class, one -> one.name().equals(signal) && one.atMillis() == at.toEpochMilli()));
    }

    /** A signal became true about one run of a journey. */
    public Scenario thenRaised(String signal, String key) {
        return expect(
                "signal " + signal + " raised about run " + key,
                some(
                        Signal.Raised.class,
                        one -> one.name().equals(signal) && one.journeyKey().equals(key)));
    }

    public Scenario thenEnded(String signal, Instant at) {
        return expect(
                "signal " + signal + " ended at " + at,
                some(Signal.Ended.class, one -> one.name().equals(signal) && one.atMillis() == at.toEpochMilli()));
    }

    /** A signal was taken back. */
    public Scenario thenWithdrawn(String signal) {
        return expect(
                "signal " + signal + " withdrawn",
                some(Signal.Withdrawn.class, one -> one.name().equals(signal)));
    }

    /** No signal was raised, ended or withdrawn. */
    public Scenario thenNoSignal() {
        return expect("no signal", signals().isEmpty());
    }

    /** No signal of that name was raised, ended or withdrawn. */
    public Scenario thenNoSignal(String signal) {
        return expect(
                "no signal " + signal,
                signals().stream().noneMatch(one -> one.name().equals(signal)));
    }

    /** A customer started, moved in or ended a journey. */
    public Scenario thenTransition(String journey, Transition.Kind kind) {
        return expect(
                "journey " + journey + " " + kind,
                transitions().stream().anyMatch(one -> one.journey().equals(journey) && one.kind() == kind));
    }

    public Scenario thenAlert(Class<? extends Alert> kind) {
        return expect("an alert " + kind.getSimpleName(), alerts().stream().anyMatch(kind::isInstance));
    }

    /** An alert that was suppressed, for a reason that contains these words. */
    public Scenario thenAlert(Class<Alert.Suppressed> suppressed, String reason) {
        return expect(
                "an alert " + suppressed.getSimpleName() + " because '" + reason + "'",
                alerts().stream()
                        .anyMatch(one -> one instanceof Alert.Suppressed kept
                                && kept.reason().contains(reason)));
    }

    public Scenario thenNoAlert() {
        return expect("no alert", alerts().isEmpty());
    }

    /** A policy decided on this action; {@code nothing} is one. */
    public Scenario thenDecided(String policy, String action) {
        return expect(
                "policy " + policy + " chose " + action,
                decisions().stream()
                        .anyMatch(one ->
                                one.policy().equals(policy) && one.chosen().equals(action)));
    }

    /** A candidate of a decision was rejected, for a reason that contains these words. */
    public Scenario thenRejected(String action, String reason) {
        return expect(
                action + " rejected because '" + reason + "'",
                decisions().stream()
                        .flatMap(one -> one.candidates().stream())
                        .anyMatch(one -> one.action().equals(action)
                                && !one.rejection().isEmpty()
                                && one.rejection().contains(reason)));
    }

    public Scenario thenNoDecision() {
        return expect("no decision", decisions().isEmpty());
    }

    public Scenario thenPerformed(String action) {
        return expect("performs " + action, performed(action) > 0);
    }

    public Scenario thenNothingPerformed() {
        return expect("nothing performed", effects().stream().noneMatch(Effect.ActionRequested.class::isInstance));
    }

    /** It is known what became of a decision. */
    public Scenario thenOutcome(String outcome, boolean success) {
        return expect(
                "outcome " + outcome + " " + (success ? "good" : "bad"),
                effects().stream()
                        .anyMatch(each -> each instanceof Effect.OutcomeObserved observed
                                && observed.outcome().name().equals(outcome)
                                && observed.outcome().success() == success));
    }

    public Scenario thenNoOutcome() {
        return expect("no outcome", effects().stream().noneMatch(Effect.OutcomeObserved.class::isInstance));
    }

    /** Nothing came of it at all. */
    public Scenario thenNothing() {
        return expect("nothing", effects().isEmpty());
    }

    /** Exactly these lines of the {@link Transcript}. */
    public Scenario thenExactly(String... lines) {
        return expect(
                "exactly " + String.join("\n  ", lines),
                Transcript.of(effects()).equals(List.of(lines)));
    }

    /** Something that has no words of its own here. */
    public Scenario then(String expected, Predicate<List<Effect>> holds) {
        return expect(expected, holds.test(effects()));
    }

    /** Everything remembered about a customer, to be compared with another story's. */
    public dev.forestall.loop.state.State stateOf(String customer) {
        return host.state(SubjectId.customer(customer));
    }

    private long performed(String action) {
        return effects().stream()
                .filter(each -> each instanceof Effect.ActionRequested requested
                        && requested.request().task().action().equals(action))
                .count();
    }

    private <S extends Signal> boolean some(Class<S> kind, Predicate<S> which) {
        return signals().stream().filter(kind::isInstance).map(kind::cast).anyMatch(which);
    }

    private List<Signal> signals() {
        return pick(Effect.SignalChanged.class).stream()
                .map(Effect.SignalChanged::signal)
                .toList();
    }

    private List<Alert> alerts() {
        return pick(Effect.AlertChanged.class).stream()
                .map(Effect.AlertChanged::alert)
                .toList();
    }

    private List<Decision> decisions() {
        return pick(Effect.Decided.class).stream().map(Effect.Decided::decision).toList();
    }

    private List<Transition> transitions() {
        return pick(Effect.Transitioned.class).stream()
                .map(Effect.Transitioned::transition)
                .toList();
    }

    private <E extends Effect> List<E> pick(Class<E> kind) {
        List<E> picked = new ArrayList<>();
        for (Effect effect : effects()) {
            if (kind.isInstance(effect)) {
                picked.add(kind.cast(effect));
            }
        }
        return picked;
    }

    private Scenario expect(String expected, boolean holds) {
        if (!holds) {
            List<String> lines = Transcript.of(effects());
            throw new AssertionError("expected: " + expected + "\nbut this came of it:\n  "
                    + (lines.isEmpty() ? "nothing" : String.join("\n  ", lines)));
        }
        return this;
    }
}
