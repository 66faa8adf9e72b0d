package dev.forestall.views.look;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.feature.Feature;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.reason.Change;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.reason.Reason;
import dev.forestall.loop.risk.Asking;
import dev.forestall.loop.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a prediction's probability is what it is for a customer at an instant.
 *
 * @param subject who it is
 * @param atMillis the instant
 * @param explanation the probability and its reasons
 * @param evidence by reason: the events it is about, latest first
 * @param changes what would have to be different for it to be lower
 */
public record Why(
        SubjectId subject,
        long atMillis,
        Explanation explanation,
        List<List<Logged.Arrived>> evidence,
        List<Change> changes) {

    private static final int EVIDENCE = 4;
    private static final int CHANGES = 3;

    /**
     * Works it out.
     *
     * @param state of the customer at the instant
     * @param events that had happened by then, in order
     * @param external asks models that the loop cannot compute
     * @return nothing when no model answers the prediction
     */
    public static Optional<Why> of(
            Definition definition,
            SubjectId subject,
            State state,
            List<Logged.Arrived> events,
            long atMillis,
            String prediction,
            Asking external) {
        Loop loop = new Loop(definition);
        return loop.why(subject, state, atMillis, prediction, external)
                .map(explanation -> new Why(
                        subject,
                        atMillis,
                        explanation,
                        explanation.reasons().stream()
                                .map(reason -> evidence(definition, reason, events))
                                .toList(),
                        loop.whatIf(subject, state, atMillis, prediction, CHANGES, external)));
    }

    /** The latest events of the kind, or that say the property, which a reason is about. */
    private static List<Logged.Arrived> evidence(Definition definition, Reason reason, List<Logged.Arrived> events) {
        String group =
                definition.features().find(reason.feature()).map(Feature::group).orElse(reason.group());
        int space = group.indexOf(' ');
        String kind = space < 0 ? group : group.substring(0, space);
        String name = group.substring(space + 1);
        List<Logged.Arrived> evidence = new ArrayList<>();
        for (Logged.Arrived each : events.reversed()) {
            boolean isIt = switch (kind) {
                case "event" -> each.event().type().name().equals(name);
                case "property" ->
                    each.event()
                            .type()
                            .property(name)
                            .filter(property -> each.event().has(property.slot()))
                            .isPresent();
                default -> false;
            };
            if (isIt && evidence.size() < EVIDENCE) {
                evidence.add(each);
            }
        }
        return evidence;
    }
}
