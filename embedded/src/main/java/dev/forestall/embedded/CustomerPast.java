package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.identity.IdentityView;
import dev.forestall.loop.identity.Members;
import dev.forestall.loop.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Works customers out from the log who are known by several identifiers: all inputs that belong to them by some view of who is who, in the
 * order of the log, as if that view had always been held. Costs what the members' inputs cost, not what the log does. For one thread.
 */
final class CustomerPast {

    private final Loop loop;
    private final InputLog log;
    private final StateStore store;
    private final LoggedCodec codec;
    private final Ticks ticks;
    private final EffectRecord record;

    CustomerPast(Definition definition, InputLog log, StateStore store, Ticks ticks) {
        this.loop = new Loop(definition);
        this.log = log;
        this.store = store;
        this.codec = new LoggedCodec(definition.plan());
        this.ticks = ticks;
        this.record = new EffectRecord(store);
    }

    /**
     * What follows from a customer's inputs.
     *
     * @param inputs those that belong to the customer, in the order of the log
     * @param effects in the order in which they came about; messages to others are not among them, for those stay said
     */
    record Folded(State state, long wakeMillis, List<History.Read> inputs, List<Effect> effects) {}

    /**
     * Folds all inputs before a position that belong to a customer.
     *
     * @param view who is who
     * @param customer under the name by that view
     */
    Folded fold(IdentityView view, SubjectId customer, long before) {
        Members members = view.members(customer);
        Folding folding = new Folding(loop, members.customer(), ticks::firstBehind);
        List<History.Read> inputs = new ArrayList<>();
        try (Filed filed = new Filed(members.filedUnder(), before)) {
            for (Optional<Long> next = filed.next(); next.isPresent(); next = filed.next()) {
                long position = next.get();
                History.Read read =
                        new History.Read(position, codec.read(log.get(position).bytes()));
                switch (read.logged()) {
                    case Logged.Arrived arrived -> {
                        if (view.belongs(arrived.event(), members)) {
                            folding.passTo(position);
                            folding.step(new Input.Happened(position, arrived.event()));
                            inputs.add(read);
                        }
                    }
                    case Logged.Ticked ticked -> hear(folding, inputs, view, read);
                    case Logged.SetAside aside -> {}
                    case Logged.Parted parted -> {}
                }
            }
        }
        folding.passTo(before);
        return new Folded(folding.state(), folding.wakeMillis(), List.copyOf(inputs), folding.effects());
    }

    /** What others told the customer at a tick, by any of the names. */
    private void hear(Folding folding, List<History.Read> inputs, IdentityView view, History.Read tick) {
        for (Effect.Tell told : record.messages(tick.position())) {
            if (told.to().isCustomer() && view.customer(told.to()).equals(folding.customer())) {
                folding.passTo(tick.position() + 1);
                folding.step(new Input.Told(
                        tick.position(),
                        folding.part(tick.position()),
                        told.atMillis(),
                        told.subject(),
                        told.message()));
                if (inputs.isEmpty() || inputs.getLast().position() != tick.position()) {
                    inputs.add(tick);
                }
            }
        }
    }

    /** The positions under several names before some position, ascending, each once. */
    private final class Filed implements AutoCloseable {
        private final List<Cursor<Long>> cursors = new ArrayList<>();
        private final PriorityQueue<Next> ahead = new PriorityQueue<>();
        private final long before;
        private long latest = -1;

        private record Next(long position, int cursor) implements Comparable<Next> {
            @Override
            public int compareTo(Next other) {
                return Long.compare(position, other.position);
            }
        }

        Filed(List<SubjectId> names, long before) {
            this.before = before;
            for (SubjectId name : names) {
                cursors.add(store.inputs(Keys.of(Keys.filed(name)), log.start()));
                advance(cursors.size() - 1);
            }
        }

        private void advance(int cursor) {
            Cursor<Long> positions = cursors.get(cursor);
            if (positions.hasNext()) {
                long position = positions.next();
                if (position < before) {
                    ahead.add(new Next(position, cursor));
                }
            }
        }

        Optional<Long> next() {
            while (!ahead.isEmpty()) {
                Next first = ahead.remove();
                advance(first.cursor);
                if (first.position > latest) {
                    latest = first.position;
                    return Optional.of(latest);
                }
            }
            return Optional.empty();
        }

        @Override
        public void close() {
            cursors.forEach(Cursor::close);
        }
    }
}
