package dev.forestall.views.look;

import dev.forestall.loop.host.History;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.identity.Edge;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.IdentityView;
import dev.forestall.loop.identity.Members;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the log says about two identifiers, with the event that says so.
 *
 * @param event the event that carries both, when there is one and it is kept
 */
public record Evidence(Edge edge, Optional<Logged.Arrived> event) {

    /** All that was ever said about a customer's identifiers, each pair once, the strongest identifier first. */
    public static List<Evidence> about(Members members, IdentityView identity, History history) {
        List<Evidence> all = new ArrayList<>();
        Set<Identifier> told = new HashSet<>();
        for (Identifier each : members.identifiers()) {
            identity.edges(each).stream()
                    .filter(edge -> !told.contains(edge.other()))
                    .forEach(edge -> all.add(of(edge, history)));
            told.add(each);
        }
        return all;
    }

    /** The same of the pairs on a way. */
    public static List<Evidence> along(List<Edge> path, History history) {
        return path.stream().map(edge -> of(edge, history)).toList();
    }

    private static Evidence of(Edge edge, History history) {
        return new Evidence(
                edge,
                history.input(edge.evidence())
                        .map(History.Read::logged)
                        .filter(Logged.Arrived.class::isInstance)
                        .map(Logged.Arrived.class::cast));
    }

    /** What follows from it, in words. */
    public String standing() {
        return switch (edge.standing()) {
            case JOINS -> "one customer";
            case SHARED -> "not joined: one of the two is shared";
            case RETRACTED -> "unmerged";
            case KEPT_APART -> "kept apart for good";
        };
    }
}
