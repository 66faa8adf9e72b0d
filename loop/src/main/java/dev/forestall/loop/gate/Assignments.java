package dev.forestall.loop.gate;

import dev.forestall.loop.event.Draw;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the universal control group. A customer is assigned at their first event, by the strongest identifier that it carries. So when
 * several turn out to be one, their past together begins with the assignment that was made first, and that one stands. An event whose
 * identifiers have nothing to do with those before was another customer's when it happened; where that one was assigned otherwise, the
 * customer has crossed over. Immutable.
 */
public final class Assignments {

    /** So many identifiers of one customer are told apart; what comes with further ones alone is not looked at. */
    static final int MAX_IDENTIFIERS = 64;

    private final ControlGroup control;
    private final List<Placed> strongestFirst = new ArrayList<>();
    private final Slot<Assigned> slot;
    private final boolean isNeeded;

    private record Placed(IdentifierType type, int place) {}

    /** @param hasPolicies whether anybody decides: else it does not matter by which identifier customers are known */
    public Assignments(ControlGroup control, TrackingPlan plan, boolean hasPolicies, Slots slots) {
        this.control = control;
        for (int place = 0; place < plan.identifiers().size(); place++) {
            IdentifierType type = plan.identifiers().get(place);
            if (type.subjectKind().equals(SubjectId.CUSTOMER)) {
                strongestFirst.add(new Placed(type, place));
            }
        }
        strongestFirst.sort(Comparator.comparingInt(placed -> placed.type.rank()));
        this.isNeeded = !control.isNone() || hasPolicies && strongestFirst.size() > 1;
        this.slot = (isNeeded ? slots : new Slots()).next("gate/assignments", Assigned.MEMORY);
    }

    public ControlGroup control() {
        return control;
    }

    /** Assigns a customer at their first event, and finds those who crossed over. */
    public void after(Moment moment, Event event, List<Assignment> assignments) {
        if (!isNeeded || !moment.subject().isCustomer()) {
            return;
        }
        Placed strongest = strongest(event);
        if (strongest == null) {
            return;
        }
        Assigned assigned = moment.cells().open(slot, "");
        if (assigned.name.isEmpty()) {
            assigned.name = strongest.type.name();
            assigned.value = value(event, strongest);
            know(assigned, event);
            tell(moment, assigned.name, assigned.value, false, assignments);
        } else if (strongestFirst.size() > 1) {
            boolean isStranger = !knowsAny(assigned, event);
            know(assigned, event);
            if (isStranger && isOtherwise(assigned, strongest, event)) {
                assigned.hasCrossed = true;
                tell(moment, strongest.type.name(), value(event, strongest), true, assignments);
            }
        }
    }

    /** Assigns somebody about whom is asked before anything else is known of them. */
    public void asked(Moment moment, Report.Asked asked, List<Assignment> assignments) {
        if (!isNeeded) {
            return;
        }
        Assigned assigned = moment.cells().open(slot, "");
        if (assigned.name.isEmpty()) {
            assigned.name = asked.identifier();
            assigned.value = asked.value();
            if (strongestFirst.size() > 1) {
                assigned.known.add(asked.identifier() + ":" + asked.value());
            }
            tell(moment, assigned.name, assigned.value, false, assignments);
        }
    }

    private boolean isOtherwise(Assigned assigned, Placed strongest, Event event) {
        return !assigned.hasCrossed
                && isControl(draw(strongest.type.name(), value(event, strongest)))
                        != isControl(draw(assigned.name, assigned.value));
    }

    private void tell(Moment moment, String name, String value, boolean isCrossover, List<Assignment> assignments) {
        if (!control.isNone()) {
            double draw = draw(name, value);
            assignments.add(new Assignment(
                    moment.nextEffect(), moment.atMillis(), isControl(draw), name, draw, control.share(), isCrossover));
        }
    }

    /** The number in 0..1 by which the customer of the moment is put into the control group. */
    public double draw(Moment moment) {
        Assigned assigned = isNeeded ? moment.cells().find(slot, "") : null;
        return assigned == null ? Draw.of("control", moment.subject().key()) : draw(assigned.name, assigned.value);
    }

    /** Whether nobody contacts the customer of the moment, but for exempt purposes. */
    public boolean isControl(Moment moment) {
        return !control.isNone() && isControl(draw(moment));
    }

    /** By what the customer of the moment is drawn into groups: the same for as long as they are remembered, whoever they turn out to be. */
    public String unit(Moment moment) {
        Assigned assigned = isNeeded ? moment.cells().find(slot, "") : null;
        return assigned == null || strongestFirst.size() == 1
                ? moment.subject().key()
                : assigned.name + ":" + assigned.value;
    }

    private boolean isControl(double draw) {
        return draw < control.share().value();
    }

    private static double draw(String name, String value) {
        return Draw.of("control", name, value);
    }

    private @Nullable Placed strongest(Event event) {
        for (Placed each : strongestFirst) {
            if (!value(event, each).isEmpty()) {
                return each;
            }
        }
        return null;
    }

    private static String value(Event event, Placed placed) {
        String value = event.identifier(placed.place);
        return value == null ? "" : value;
    }

    private boolean knowsAny(Assigned assigned, Event event) {
        if (assigned.known.size() >= MAX_IDENTIFIERS) {
            return true;
        }
        for (Placed each : strongestFirst) {
            if (assigned.known.contains(each.type.name() + ":" + value(event, each))) {
                return true;
            }
        }
        return false;
    }

    private void know(Assigned assigned, Event event) {
        if (strongestFirst.size() == 1) {
            return;
        }
        for (Placed each : strongestFirst) {
            String value = value(event, each);
            if (!value.isEmpty() && assigned.known.size() < MAX_IDENTIFIERS) {
                assigned.known.add(each.type.name() + ":" + value);
            }
        }
    }

    /** By which identifier a customer was assigned, and by which they were seen. */
    static final class Assigned {
        String name = "";
        String value = "";
        boolean hasCrossed;
        final TreeSet<String> known = new TreeSet<>();

        static final Memory<Assigned> MEMORY = new Memory<>() {
            @Override
            public Assigned fresh() {
                return new Assigned();
            }

            @Override
            public boolean isFresh(Assigned assigned) {
                return assigned.name.isEmpty();
            }

            @Override
            public Assigned read(Reader from) {
                Assigned assigned = new Assigned();
                assigned.name = from.text();
                assigned.value = from.text();
                assigned.hasCrossed = from.flag();
                int size = from.size();
                for (int i = 0; i < size; i++) {
                    assigned.known.add(from.text());
                }
                return assigned;
            }

            @Override
            public void write(Assigned assigned, Writer to) {
                to.text(assigned.name).text(assigned.value).flag(assigned.hasCrossed);
                to.count(assigned.known.size());
                assigned.known.forEach(to::text);
            }
        };
    }
}
