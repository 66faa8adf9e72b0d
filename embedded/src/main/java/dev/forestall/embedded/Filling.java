package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Difference;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StateView;
import dev.forestall.loop.identity.CustomerIdentifiers;
import dev.forestall.loop.identity.IdentityGraph;
import dev.forestall.loop.identity.IdentityView;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.state.Carrying;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.State;
import java.util.List;

/**
 * What a subject remembers under a definition that takes another one's place, as of one place in the log. What is carried comes from the state
 * under the other definition, what is filled from the log: from the subject's inputs, and from the messages that it was really told. The same
 * log and the same states give the same bytes.
 */
final class Filling {

    private final Difference difference;
    private final Carrying carrying;
    private final CustomerPast past;
    private final IdentityView identity;
    private final boolean areCustomersJoined;
    private final long before;

    /**
     * @param view what is known at that place, or later
     * @param before inputs from this position on are not looked at, and the view of who is who is that of this place
     */
    Filling(Definition from, Definition to, Difference difference, InputLog log, StateView view, long before) {
        this.difference = difference;
        this.carrying = new Carrying(from.layout(), to.layout(), difference.carried());
        this.past = new CustomerPast(
                to,
                log,
                new Filing(view),
                new Ticks(log, view, new LoggedCodec(to.plan(), log.seals())),
                new EffectRecord(view));
        this.identity = new IdentityGraph(to.plan(), new StoredNodes(view)).asOf(before - 1);
        this.areCustomersJoined = !new CustomerIdentifiers(to.plan()).areAtMostOne();
        this.before = before;
    }

    /**
     * What a subject remembers.
     *
     * @param pastWakeMillis when the past from which it is filled would go on by itself. Mostly that is the subject's wake-up; but what is
     *     carried may stand otherwise in the past, and what is filled may follow from it
     */
    record Filled(StateStore.Saved saved, long pastWakeMillis) {}

    /** @param live the state under the other definition at the place */
    Filled fill(SubjectId subject, State live) {
        CustomerPast.Folded folded = difference.filled().isEmpty() ? CustomerPast.NOTHING : fold(subject);
        State state = carrying.put(live, folded.state());
        return new Filled(new StateStore.Saved(state.bytes(), Cells.nextWake(state)), folded.wakeMillis());
    }

    /** What the filled declarations would have said of a subject, had they been there before. */
    List<Effect> hindsight(SubjectId subject) {
        return fold(subject).effects().stream().filter(this::isFilled).toList();
    }

    private CustomerPast.Folded fold(SubjectId subject) {
        return areCustomersJoined && subject.isCustomer()
                ? past.fold(identity, subject, before, input -> {})
                : past.foldNamed(subject, before);
    }

    private boolean isFilled(Effect effect) {
        return switch (effect) {
            case Effect.Transitioned each ->
                difference.filled().contains("journey." + each.transition().journey());
            case Effect.SignalChanged each ->
                !(each.signal() instanceof Signal.Measured)
                        && difference
                                .filled()
                                .contains("signal." + each.signal().name());
            case Effect.ContextChanged each ->
                difference.filled().contains("signal." + each.change().signal());
            case Effect.RiskChanged each ->
                difference.filled().contains("prediction." + each.risk().prediction());
            case Effect.Explained each ->
                difference.filled().contains("prediction." + each.explanation().prediction());
            case Effect.Sampled each -> false;
            case Effect.AlertChanged each -> false;
            case Effect.Decided each -> false;
            case Effect.Assigned each -> false;
            case Effect.ActionRequested each -> false;
            case Effect.Permitted each -> false;
            case Effect.RequestChanged each -> false;
            case Effect.OutcomeObserved each -> false;
            case Effect.SendMessage each -> false;
        };
    }
}
