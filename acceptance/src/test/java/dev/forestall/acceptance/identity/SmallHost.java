package dev.forestall.acceptance.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.identity.Change;
import dev.forestall.loop.identity.IdentityGraph;
import dev.forestall.loop.identity.IdentityView;
import dev.forestall.loop.identity.Members;
import dev.forestall.loop.identity.Resolution;
import dev.forestall.loop.state.State;
import dev.forestall.testkit.MemoryIdentityStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The least that a host does about identity: resolve, rebuild whom the change names, drop who is gone, step. */
final class SmallHost {

    private final Crowd crowd;
    private final Loop loop;
    private final List<Said> log = new ArrayList<>();
    private final SortedMap<SubjectId, State> states = new TreeMap<>();
    private IdentityGraph graph;

    final MemoryIdentityStore store = new MemoryIdentityStore();
    final List<Change> changes = new ArrayList<>();

    SmallHost(Crowd crowd) {
        this.crowd = crowd;
        this.loop = new Loop(crowd.definition);
        this.graph = new IdentityGraph(crowd.plan, store);
    }

    static SmallHost run(Crowd crowd, List<Said> history) {
        SmallHost host = new SmallHost(crowd);
        history.forEach(host::accept);
        return host;
    }

    /** As after a restart: nothing survives but the store. */
    void restart() {
        graph = new IdentityGraph(crowd.plan, store);
    }

    Change accept(Said said) {
        int position = log.size();
        Change change = switch (said) {
            case Said.Happened happened -> happened(position, happened);
            case Said.Unmerged unmerged -> {
                Change unmerging = graph.unmerge(position, unmerged.unmerge());
                follow(unmerging);
                yield unmerging;
            }
            case Said.Nothing nothing -> Change.NONE;
        };
        log.add(said);
        changes.add(change);
        return change;
    }

    private Change happened(int position, Said.Happened happened) {
        Resolution resolution = graph.resolve(position, happened.event());
        follow(resolution.change());
        resolution
                .customer()
                .ifPresent(customer -> step(customer, new Input.EventReceived(position, happened.event()), states));
        return resolution.change();
    }

    private void follow(Change change) {
        List<SubjectId> rebuild = change.rebuild(states::containsKey);
        change.gone().forEach(states::remove);
        for (SubjectId customer : rebuild) {
            states.remove(customer);
            rebuild(customer, graph.now(), log.size(), states);
        }
    }

    /** Folds the inputs before a position that belong to a customer. */
    private void rebuild(SubjectId customer, IdentityView view, int before, SortedMap<SubjectId, State> into) {
        Members members = view.members(customer);
        assertThat(members.customer()).isEqualTo(customer);
        for (int position = 0; position < before; position++) {
            if (log.get(position) instanceof Said.Happened happened && view.belongs(happened.event(), members)) {
                assertThat(members.filedUnder())
                        .as("where the event at " + position + " is found")
                        .contains(graph.filedUnder(happened.event()).orElseThrow());
                step(customer, new Input.EventReceived(position, happened.event()), into);
            }
        }
    }

    private void step(SubjectId customer, Input input, SortedMap<SubjectId, State> into) {
        State before = into.getOrDefault(customer, State.EMPTY);
        into.put(customer, loop.step(customer, before, input).next());
    }

    SortedMap<SubjectId, State> states() {
        return states;
    }

    /** Everybody's state as it would have been after a position, folded anew. */
    SortedMap<SubjectId, State> statesAsOf(int position) {
        IdentityView view = graph.asOf(position);
        SortedMap<SubjectId, State> then = new TreeMap<>();
        crowd.everybody.stream()
                .map(view::customer)
                .distinct()
                .forEach(customer -> rebuild(customer, view, position + 1, then));
        return then;
    }

    IdentityGraph graph() {
        return graph;
    }
}
