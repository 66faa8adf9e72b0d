package dev.forestall.acceptance.identity;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.identity.Change;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.IdentityGraph;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.testkit.MemoryIdentityStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Identifiers of as many kinds, each joined with the next and the last with the first, so that two ways lead to everyone. */
final class Ring {

    private final TrackingPlan plan;
    private final IdentityGraph graph;
    private final List<Identifier> round = new ArrayList<>();
    private long position;

    Ring(int size) {
        List<IdentifierType> kinds = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            kinds.add(new IdentifierType("kind" + i, SubjectId.CUSTOMER, i, 1));
            round.add(new Identifier("kind" + i, "x"));
        }
        plan = new TrackingPlan(List.of(new EventType("seen", 0, List.of())), kinds);
        graph = new IdentityGraph(plan, new MemoryIdentityStore());
        for (int i = 0; i < size; i++) {
            mend(i);
        }
    }

    int size() {
        return round.size();
    }

    /** Between the identifier at this place and the next. */
    Change cut(int place) {
        return graph.unmerge(position++, new Unmerge(round.get(place), next(place), false));
    }

    void mend(int place) {
        Event event = Event.of(plan, plan.types().getFirst(), "", 0)
                .identifier(place, "x")
                .identifier((place + 1) % round.size(), "x")
                .build();
        graph.resolve(position++, event);
    }

    private Identifier next(int place) {
        return round.get((place + 1) % round.size());
    }

    SortedSet<SubjectId> customers() {
        SortedSet<SubjectId> customers = new TreeSet<>();
        round.forEach(each -> customers.add(graph.now().customer(each)));
        return customers;
    }
}
