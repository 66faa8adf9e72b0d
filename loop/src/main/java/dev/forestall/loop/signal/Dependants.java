package dev.forestall.loop.signal;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Message.Addressed;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who depends on an entity, so that customers learn of a signal of it: whoever was named together with it by an event within the last
 * {@code withinMillis}, (t - within, t]. Immutable; what is remembered of the customers of one entity is its cell.
 *
 * <p>A customer tells the entity that she is with it; so whoever she turns out to be, the entity knows her by the name she had. The entity
 * answers at once while the signal stands, tells all when it begins to, and takes it back when it is over or when she has been away for too long.
 */
final class Dependants {

    private final String signal;
    private final String kind;
    private final long withinMillis;
    private final List<Integer> places = new ArrayList<>();
    private final Slot<Members> slot;

    /** @param watch one that tells */
    Dependants(SignalRule<?> rule, TrackingPlan plan, Slot<Members> slot) {
        this.signal = rule.name();
        this.kind = rule.subjectKind();
        this.withinMillis = rule.affectsMillis();
        this.slot = slot;
        for (int place = 0; place < plan.identifiers().size(); place++) {
            if (plan.identifiers().get(place).subjectKind().equals(kind)) {
                places.add(place);
            }
        }
    }

    /** A customer tells the entities that an event names together with her. */
    void send(Moment moment, Event event, List<Addressed> messages) {
        for (int place : places) {
            String key = event.identifier(place);
            if (key != null && !key.isEmpty()) {
                var dependence = new Message.Dependence(
                        signal, moment.atMillis(), moment.subject().key());
                messages.add(new Addressed(new SubjectId(kind, key), dependence));
            }
        }
    }

    /** An entity hears of a customer who is with it. */
    void received(Moment moment, Message.Dependence dependence, boolean stands, List<Addressed> messages) {
        if (!dependence.signal().equals(signal) || dependence.atMillis() <= moment.nowMillis() - withinMillis) {
            return;
        }
        Members members = moment.cells().open(slot, "");
        Member member = members.byKey.computeIfAbsent(dependence.member(), key -> new Member());
        member.latestMillis = Math.max(member.latestMillis, dependence.atMillis());
        // Who comes first while it stands makes a new beginning; all others have been told already.
        members.know = stands;
        if (stands && !member.knows) {
            notify(moment, dependence.member(), member, true, messages);
        }
        if (members.byKey.size() > SignalRule.MAX_DEPENDANTS) {
            String longestAway = members.longestAway();
            Member gone = members.byKey.remove(longestAway);
            if (gone != null && gone.knows) {
                notify(moment, longestAway, gone, false, messages);
            }
        }
        awaitNextWhoLeaves(moment, members);
    }

    /** Tells all who depend on the entity of the moment whether the signal stands, if that is news. */
    void sendToAll(Moment moment, boolean stands, List<Addressed> messages) {
        Members members = moment.subject().kind().equals(kind) ? moment.cells().find(slot, "") : null;
        if (members == null) {
            return;
        }
        if (moment.cells().wakeOf(slot, "") <= moment.atMillis()) {
            forgetWhoLeft(moment, members, messages);
            awaitNextWhoLeaves(moment, members);
        }
        if (members.know == stands) {
            return;
        }
        members.know = stands;
        members.byKey.forEach((key, member) -> {
            if (member.knows != stands) {
                notify(moment, key, member, stands, messages);
            }
        });
    }

    private void forgetWhoLeft(Moment moment, Members members, List<Addressed> messages) {
        long until = moment.atMillis() - withinMillis;
        var each = members.byKey.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Member> entry = each.next();
            if (entry.getValue().latestMillis <= until) {
                if (entry.getValue().knows) {
                    notify(moment, entry.getKey(), entry.getValue(), false, messages);
                }
                each.remove();
            }
        }
    }

    private void awaitNextWhoLeaves(Moment moment, Members members) {
        long next = Cells.NEVER;
        for (Member member : members.byKey.values()) {
            next = Math.min(next, member.latestMillis + withinMillis);
        }
        moment.cells().wake(slot, "", next);
    }

    private void notify(Moment moment, String key, Member member, boolean stands, List<Addressed> messages) {
        member.knows = stands;
        var notice = new Message.Notice(signal, moment.subject().key(), moment.atMillis(), stands, key);
        messages.add(new Addressed(SubjectId.customer(key), notice));
    }

    /** What an entity remembers of the customers who depend on it. */
    static final class Members {
        final TreeMap<String, Member> byKey = new TreeMap<>();
        /** Whether those who are here know that the signal stands. */
        boolean know;

        String longestAway() {
            String found = "";
            long at = Long.MAX_VALUE;
            for (Map.Entry<String, Member> each : byKey.entrySet()) {
                if (each.getValue().latestMillis < at) {
                    found = each.getKey();
                    at = each.getValue().latestMillis;
                }
            }
            return found;
        }

        static final Memory<Members> MEMORY = new Memory<>() {
            @Override
            public Members fresh() {
                return new Members();
            }

            @Override
            public boolean isFresh(Members members) {
                return members.byKey.isEmpty();
            }

            @Override
            public Members read(Reader from) {
                Members members = new Members();
                members.know = from.flag();
                int size = from.size();
                for (int i = 0; i < size; i++) {
                    Member member = new Member();
                    members.byKey.put(from.text(), member);
                    member.latestMillis = from.whole();
                    member.knows = from.flag();
                }
                return members;
            }

            @Override
            public void write(Members members, Writer to) {
                to.flag(members.know).count(members.byKey.size());
                members.byKey.forEach(
                        (key, member) -> to.text(key).whole(member.latestMillis).flag(member.knows));
            }
        };
    }

    static final class Member {
        long latestMillis = Long.MIN_VALUE;
        boolean knows;
    }
}
