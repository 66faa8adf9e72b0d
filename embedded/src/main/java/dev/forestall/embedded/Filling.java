package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.identity.CustomerIdentifiers;
import dev.forestall.loop.identity.IdentityGraph;
import dev.forestall.loop.identity.IdentityView;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.state.Carrying;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.State;
import java.util.List;

/**
 * Makes the states of a definition that takes another one's place: a generation beside the live one. What is carried comes from the live
 * states, what is filled from the log, subject by subject: from the inputs of each, and from the messages that it was really told. What
 * follows from them now, and was never said, is noted in hindsight. The same log and the same states give the same bytes.
 */
final class Filling {

    /** So many subjects are written together. */
    private static final int BATCH = 4_096;

    private final StateStore store;
    private final Difference difference;
    private final Carrying carrying;
    private final CustomerPast past;
    private final IdentityView identity;
    private final boolean areCustomersJoined;

    /** @param before the place at which the other definition takes over: the view of who is who is that of this place */
    Filling(Definition from, Definition to, Difference difference, InputLog log, StateStore store, long before) {
        this.store = store;
        this.difference = difference;
        this.carrying = new Carrying(from.layout(), to.layout(), difference.carried());
        this.past = new CustomerPast(
                to,
                log,
                new Filing(store),
                new Ticks(log, store, new LoggedCodec(to.plan(), log.seals())),
                new EffectRecord(store));
        this.identity = new IdentityGraph(to.plan(), new StoredNodes(store)).asOf(before - 1);
        this.areCustomersJoined = !new CustomerIdentifiers(to.plan()).areAtMostOne();
    }

    /**
     * Fills a generation that is empty yet.
     *
     * @param before inputs from this position on are not looked at
     */
    void fill(int generation, long before) {
        EffectCodec codec = new EffectCodec();
        try (StateStore.Batch batch = store.batch();
                Cursor<StateStore.Subject> all = store.subjects(new byte[0])) {
            for (int count = 1; all.hasNext(); count++) {
                StateStore.Subject each = all.next();
                SubjectId subject = Keys.subject(each.key());
                CustomerPast.Folded folded =
                        difference.filled().isEmpty() ? CustomerPast.NOTHING : fold(subject, before);
                State state = carrying.put(State.of(each.saved().state()), folded.state());
                batch.put(
                        generation,
                        each.key(),
                        new StateStore.Saved(state.bytes(), Cells.nextWake(state)),
                        StateStore.NEVER);
                note(subject, before, folded.effects(), codec, batch);
                if (count % BATCH == 0) {
                    store.commit(batch);
                }
            }
            store.commit(batch);
        }
    }

    private CustomerPast.Folded fold(SubjectId subject, long before) {
        return areCustomersJoined && subject.isCustomer()
                ? past.fold(identity, subject, before, input -> {})
                : past.foldNamed(subject, before);
    }

    /** Notes what the filled declarations would have said. After a crash the same is noted again, at the same place. */
    private void note(
            SubjectId subject, long position, List<Effect> effects, EffectCodec codec, StateStore.Batch batch) {
        List<Effect> found = effects.stream().filter(this::isFilled).toList();
        if (found.isEmpty()) {
            return;
        }
        byte[] key = Keys.of(Keys.hindsight(subject));
        for (int i = 0; i < found.size(); i++) {
            batch.effect(new StateStore.Effect(position, key, i, codec.write(found.get(i))));
        }
        try (Cursor<Long> noted = store.inputs(key, position)) {
            if (!noted.hasNext()) {
                batch.inputs(key, position);
            }
        }
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
