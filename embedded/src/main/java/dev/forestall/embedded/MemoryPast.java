package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.identity.Change;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.IdentityGraph;
import dev.forestall.loop.identity.IdentityStore;
import dev.forestall.loop.identity.IdentityView;
import dev.forestall.loop.identity.Members;
import dev.forestall.loop.identity.Resolution;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Said;
import dev.forestall.loop.state.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is who in a run in memory, where customers are known by several identifiers: remembers every input of every customer, so that
 * whoever turns out to have another past can be worked out anew, as {@link CustomerPast} does from a log. What follows from that anew is
 * not said. For one thread.
 */
final class MemoryPast {

    private final IdentityGraph graph;
    private final Loop loop;
    private final Partition partition;
    private final Said said;
    private final Map<SubjectId, List<Filed>> filed = new HashMap<>();
    private final List<Ticks.Tick> ticks = new ArrayList<>();
    private long order;

    /**
     * An input under the name to which it was addressed.
     *
     * @param order among all inputs
     */
    private record Filed(long order, SubjectId to, Input input) {}

    /** @param partition that holds the states */
    MemoryPast(Definition definition, Partition partition) {
        this.graph = new IdentityGraph(definition.plan(), new Nodes());
        this.loop = new Loop(definition);
        this.partition = partition;
        this.said = definition.said();
    }

    /** Keeps in memory what is remembered of identifiers. */
    private static final class Nodes implements IdentityStore {
        private final Map<Identifier, byte[]> nodes = new HashMap<>();

        @Override
        public byte @Nullable [] get(Identifier identifier) {
            return nodes.get(identifier);
        }

        @Override
        public void put(Identifier identifier, byte[] node) {
            nodes.put(identifier, node);
        }
    }

    /** Whose event it is. Customers whose past it shows to be another one are worked out anew first. */
    Optional<SubjectId> happened(long position, Event event) {
        Resolution resolution = graph.resolve(position, event);
        if (!resolution.change().equals(Change.NONE)) {
            List<SubjectId> rebuild = resolution.change().rebuild(this::isHeld);
            SequencedMap<SubjectId, State> saids = new LinkedHashMap<>();
            rebuild.forEach(
                    customer -> saids.put(customer, resolution.change().said(customer, partition::state, said)));
            resolution.change().gone().forEach(gone -> partition.replace(gone, State.EMPTY, StateStore.NEVER));
            saids.forEach((customer, real) -> rebuild(position, customer, real));
        }
        graph.filedUnder(event).ifPresent(name -> file(name, new Input.EventReceived(position, event)));
        return resolution.customer();
    }

    /** Who hears what is addressed to a customer's name. */
    SubjectId received(Effect.SendMessage send, Input.MessageReceived input) {
        file(send.to(), input);
        return graph.now().customer(send.to());
    }

    /** Who hears what is reported on a customer under one of their names. */
    SubjectId reported(Input.ReportReceived input) {
        SubjectId name = input.report().subject();
        file(name, input);
        return graph.now().customer(name);
    }

    void ticked(long position, long atMillis) {
        ticks.add(new Ticks.Tick(position, atMillis, Receipt.HISTORY));
    }

    /** Who bears a name now. */
    SubjectId present(SubjectId customer) {
        return graph.now().customer(customer);
    }

    private boolean isHeld(SubjectId customer) {
        return filed.containsKey(customer) || !partition.state(customer).isEmpty();
    }

    private void file(SubjectId name, Input input) {
        filed.computeIfAbsent(name, unseen -> new ArrayList<>()).add(new Filed(order++, name, input));
    }

    private void rebuild(long before, SubjectId customer, State real) {
        IdentityView view = graph.now();
        Members members = view.members(customer);
        Folding folding = new Folding(loop, customer, this::firstBehind, effect -> {});
        members.filedUnder().stream()
                .flatMap(name -> filed.getOrDefault(name, List.of()).stream())
                .sorted(Comparator.comparingLong(Filed::order))
                .forEach(each -> take(folding, each, view, members));
        folding.passTo(before);
        State state = said.keep(folding.state(), real);
        partition.replace(customer, state, Cells.nextWake(state));
    }

    private static void take(Folding folding, Filed each, IdentityView view, Members members) {
        long position = each.input.position();
        switch (each.input) {
            case Input.EventReceived happened -> {
                if (view.belongs(happened.event(), members)) {
                    folding.passTo(position);
                    folding.step(happened);
                }
            }
            case Input.MessageReceived received -> {
                if (view.customer(each.to).equals(folding.customer())) {
                    folding.passTo(position + 1);
                    folding.step(received.asPart(folding.part(position)));
                }
            }
            case Input.ReportReceived received -> {
                if (view.customer(each.to).equals(folding.customer())) {
                    folding.passTo(position);
                    folding.step(received);
                }
            }
            case Input.TimeAdvanced never -> throw new IllegalStateException("time is not filed");
        }
    }

    /** As {@link Ticks#firstBehind}. */
    private Optional<Ticks.Tick> firstBehind(long after, long millis, long before) {
        int low = 0;
        int high = ticks.size();
        while (low < high) {
            int middle = low + high >>> 1;
            Ticks.Tick tick = ticks.get(middle);
            if (tick.position() <= after || tick.atMillis() <= millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < ticks.size() && ticks.get(low).position() < before
                ? Optional.of(ticks.get(low))
                : Optional.empty();
    }
}
