package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.identity.IdentityView;
import dev.forestall.loop.identity.Members;
import dev.forestall.loop.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Works customers out from the log who are known by several identifiers: all inputs that belong to them by some view of who is who, in the
 * order of the log, as if that view had always been held. Costs what the members' inputs cost, not what the log does. For one thread.
 */
final class CustomerPast {

    private final Loop loop;
    private final InputLog log;
    private final Filing filing;
    private final LoggedCodec codec;
    private final Ticks ticks;
    private final EffectRecord record;

    CustomerPast(Definition definition, InputLog log, Filing filing, Ticks ticks, EffectRecord record) {
        this.loop = new Loop(definition);
        this.log = log;
        this.filing = filing;
        this.codec = new LoggedCodec(definition.plan(), log.seals());
        this.ticks = ticks;
        this.record = record;
    }

    /**
     * What follows from a customer's inputs.
     *
     * @param effects in the order in which they came about; messages to others are not among them, for those stay said
     */
    record Folded(State state, long wakeMillis, List<Effect> effects) {}

    /** Of nobody. */
    static final Folded NOTHING = new Folded(State.EMPTY, StateStore.NEVER, List.of());

    /**
     * Folds all inputs before a position that belong to a customer.
     *
     * @param view who is who
     * @param customer under the name by that view
     * @param inputs is shown those that belong to the customer, in the order of the log
     */
    Folded fold(IdentityView view, SubjectId customer, long before, Consumer<History.Read> inputs) {
        List<Effect> effects = new ArrayList<>();
        Folding folding = begin(view.members(customer).customer(), effects::add);
        goOn(folding, view, log.start(), before, inputs);
        return new Folded(folding.state(), folding.wakeMillis(), effects);
    }

    /** The first position that is kept. */
    long begins() {
        return log.start();
    }

    /**
     * A customer before all inputs.
     *
     * @param effects is shown what follows
     */
    Folding begin(SubjectId customer, Consumer<Effect> effects) {
        return new Folding(loop, customer, ticks::firstBehind, effects);
    }

    /**
     * Goes on with a customer, perhaps where somebody else has stopped.
     *
     * @param view who is who; about the customer it says what the one did by which it was begun
     * @param from all before this position is folded in already
     * @param before inputs from this position on are not looked at
     * @return how many inputs were looked at
     */
    long goOn(Folding folding, IdentityView view, long from, long before, Consumer<History.Read> inputs) {
        Members members = view.members(folding.customer());
        folding.goOnBy(ticks::firstBehind);
        long[] filed =
                filing.positions(members.filedUnder().stream().map(Keys::filed).toList(), from, before);
        for (long position : filed) {
            History.Read read =
                    new History.Read(position, codec.read(log.get(position).bytes()));
            switch (read.logged()) {
                case Logged.Arrived arrived -> {
                    if (view.belongs(arrived.event(), members)) {
                        folding.passTo(position);
                        folding.step(new Input.EventReceived(
                                position, arrived.event(), arrived.origin().receipt()));
                        inputs.accept(read);
                    }
                }
                case Logged.Ticked ticked -> {
                    if (hears(folding, view, position, ticked.receipt())) {
                        inputs.accept(read);
                    }
                }
                case Logged.Reported reported -> {
                    if (view.customer(reported.report().subject()).equals(members.customer())) {
                        folding.passTo(position);
                        folding.step(new Input.ReportReceived(
                                position, reported.report(), reported.origin().receipt()));
                        inputs.accept(read);
                    }
                }
                case Logged.Rejection rejection -> {}
                case Logged.Unmerged unmerged -> {}
                case Logged.Erased erased -> {}
                case Logged.Unreadable unreadable -> {}
                case Logged.Activated activated -> {}
                case Logged.Folded folded -> {}
            }
        }
        folding.passTo(before);
        return filed.length;
    }

    /** Whether more than so many inputs are filed that can be a customer's. Looks at no more of them. */
    boolean isLongerThan(int most, IdentityView view, SubjectId customer) {
        int found = 0;
        for (SubjectId name : view.members(customer).filedUnder()) {
            try (Cursor<Long> positions = filing.positions(Keys.filed(name), log.start())) {
                while (positions.hasNext()) {
                    positions.next();
                    if (++found > most) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** As {@link #fold}, of a subject that has one name for ever. */
    Folded foldNamed(SubjectId subject, long before) {
        List<Effect> effects = new ArrayList<>();
        Folding folding = begin(subject, effects::add);
        for (long position : filing.positions(List.of(subject), log.start(), before)) {
            switch (codec.read(log.get(position).bytes())) {
                case Logged.Arrived arrived -> {
                    folding.passTo(position);
                    folding.step(new Input.EventReceived(
                            position, arrived.event(), arrived.origin().receipt()));
                }
                case Logged.Ticked ticked -> hearsNamed(folding, position, ticked.receipt());
                case Logged.Reported reported -> {
                    folding.passTo(position);
                    folding.step(new Input.ReportReceived(
                            position, reported.report(), reported.origin().receipt()));
                }
                case Logged.Rejection rejection -> {}
                case Logged.Unmerged unmerged -> {}
                case Logged.Erased erased -> {}
                case Logged.Unreadable unreadable -> {}
                case Logged.Activated activated -> {}
                case Logged.Folded folded -> {}
            }
        }
        folding.passTo(before);
        return new Folded(folding.state(), folding.wakeMillis(), effects);
    }

    /** What others told a subject at a tick: those on the watermark hear it before time passes for them, all others behind that. */
    private void hearsNamed(Folding folding, long tick, Receipt receipt) {
        SubjectId subject = folding.customer();
        for (Effect.SendMessage told : record.messages(tick)) {
            if (told.to().equals(subject)) {
                folding.passTo(subject.isOnWatermark() ? tick : tick + 1);
                folding.step(new Input.MessageReceived(
                        tick, folding.part(tick), told.atMillis(), told.subject(), told.message(), receipt));
            }
        }
    }

    /** What others told the customer at a tick, by any of the names. Whether it was anything. */
    private boolean hears(Folding folding, IdentityView view, long tick, Receipt receipt) {
        boolean hears = false;
        for (Effect.SendMessage received : record.messages(tick)) {
            if (received.to().isCustomer() && view.customer(received.to()).equals(folding.customer())) {
                folding.passTo(tick + 1);
                folding.step(new Input.MessageReceived(
                        tick,
                        folding.part(tick),
                        received.atMillis(),
                        received.subject(),
                        received.message(),
                        receipt));
                hears = true;
            }
        }
        return hears;
    }
}
