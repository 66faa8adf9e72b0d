package dev.forestall.loop.identity;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import java.util.ArrayList;
import java.util.List;

/** A tracking plan with one kind of event, and a graph over it that is fed event by event. */
final class Visits {

    static final String USER = "userId";
    static final String EMAIL = "email";
    static final String DEVICE = "deviceId";

    final TrackingPlan plan;
    final RememberedIdentities store = new RememberedIdentities();
    final IdentityGraph graph;
    long position;

    private final EventType visit = new EventType("visit", 0, List.of());

    Visits(IdentifierType... identifiers) {
        plan = new TrackingPlan(List.of(visit), List.of(identifiers));
        graph = new IdentityGraph(plan, store);
    }

    /** Users are told apart by user id, then e-mail address (two users at most), then device (two of either at most). */
    static Visits ofUsers() {
        return new Visits(customer(USER, 0, 1), customer(EMAIL, 1, 2), customer(DEVICE, 2, 2));
    }

    static IdentifierType customer(String name, int rank, int limit) {
        return new IdentifierType(name, SubjectId.CUSTOMER, rank, limit);
    }

    static Identifier user(String value) {
        return new Identifier(USER, value);
    }

    static Identifier email(String value) {
        return new Identifier(EMAIL, value);
    }

    static Identifier device(String value) {
        return new Identifier(DEVICE, value);
    }

    static SubjectId named(String key) {
        return SubjectId.customer(key);
    }

    Event event(Identifier... carried) {
        Event.Builder event = Event.of(plan, visit, "", 0);
        for (Identifier each : carried) {
            event.identifier(plan.identifier(each.name()).orElseThrow(), each.value());
        }
        return event.build();
    }

    Resolution visit(Identifier... carried) {
        return graph.resolve(position++, event(carried));
    }

    Change unmerge(Identifier one, Identifier other) {
        return graph.unmerge(position++, new Unmerge(one, other, false));
    }

    Change unmergeForGood(Identifier one, Identifier other) {
        return graph.unmerge(position++, new Unmerge(one, other, true));
    }

    SubjectId customer(Identifier one) {
        return graph.now().customer(one);
    }

    List<Identifier> members(String customer) {
        return graph.now().members(named(customer)).identifiers();
    }

    List<String> codes(Change change) {
        List<String> codes = new ArrayList<>();
        change.notices().forEach(notice -> codes.add(notice.code().code()));
        return codes;
    }
}
