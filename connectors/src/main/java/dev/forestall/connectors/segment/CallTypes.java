package dev.forestall.connectors.segment;

import dev.forestall.connectors.files.Nearest;
import dev.forestall.connectors.files.Shown;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.SourceMapping;
import dev.forestall.loop.report.ReportEvents;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which event of the tracking plan a call becomes. */
final class CallTypes {

    /** The event that a call becomes which says only who somebody is. */
    private static final String IDENTIFIED = "identified";

    private final TrackingPlan plan;
    private final SourceMapping mapping;
    private final SortedSet<String> names = new TreeSet<>();

    CallTypes(TrackingPlan plan, SourceMapping mapping) {
        this.plan = plan;
        this.mapping = mapping;
        declared().forEach(type -> names.add(type.name()));
        names.addAll(mapping.events().keySet());
    }

    /** The events that a source may say: all but those that are reported. */
    List<EventType> declared() {
        return plan.types().stream()
                .filter(type -> !ReportEvents.isBuiltIn(type.name()))
                .toList();
    }

    /** The event that a call becomes, or null when the tracking plan has none for it. */
    @Nullable
    EventType of(Call call) {
        return switch (call.type()) {
            case TRACK -> trackedType(call.said().scalar("event").orElse(""));
            case IDENTIFY, PAGE, SCREEN, GROUP -> {
                EventType own = plan.typeOrNull(call.type().event());
                yield own != null ? own : plan.typeOrNull(IDENTIFIED);
            }
            case ALIAS -> plan.typeOrNull(IDENTIFIED);
            case BATCH -> throw new IllegalStateException("a batch is no call of its own");
        };
    }

    private @Nullable EventType trackedType(String name) {
        EventType type = plan.typeOrNull(name);
        if (type == null) {
            type = plan.typeOrNull(asWeWrite(name));
        }
        if (type == null) {
            String mapped = mapping.events().get(name);
            type = mapped == null ? null : plan.typeOrNull(mapped);
        }
        // What channels and people report is not for everybody to say.
        return type == null || ReportEvents.isBuiltIn(type.name()) ? null : type;
    }

    /** {@code Order Placed} is {@code order_placed}. */
    private static String asWeWrite(String name) {
        StringBuilder ours = new StringBuilder(name.length());
        for (char each : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if (each >= 'a' && each <= 'z' || each >= '0' && each <= '9') {
                ours.append(each);
            } else if (!ours.isEmpty() && ours.charAt(ours.length() - 1) != '_') {
                ours.append('_');
            }
        }
        int last = ours.length() - 1;
        return last >= 0 && ours.charAt(last) == '_' ? ours.substring(0, last) : ours.toString();
    }

    /** Why a call becomes no event. */
    Rejected unknown(Call call) {
        String name = call.said().scalar("event").orElse("");
        Optional<String> nearest = Nearest.to(name, names);
        return new Rejected(
                EventError.UNKNOWN_TYPE,
                "event",
                "found " + Shown.text(name, false) + ", expected one of the " + names.size()
                        + " events that the pack declares"
                        + nearest.map(each -> "; maybe '" + each + "'?").orElse(""));
    }
}
