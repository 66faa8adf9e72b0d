package dev.forestall.loop.signal;

import dev.forestall.loop.event.Draw;
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
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who depends on an entity, so that customers learn of a signal of it: whoever was named together with it by an event within the last
 * {@code withinMillis}, (t - within, t]. Immutable; what is remembered of the customers of one entity is its cell.
 *
 * <p>A customer tells the entity that they are with it; so whoever they turn out to be, the entity knows them by the name they had. The entity
 * answers at once while the signal is active, tells all when it begins to be, and takes it back when it is over or when they have been away for
 * too long.
 *
 * <p>An entity keeps the first {@link SignalRule#MAX_OWN_DEPENDANTS} of its customers itself. The others are kept by its <em>shards</em>, subjects of kind
 * {@link SubjectId#MEMBERS}: each keeps those whose names fall to it, hears from the entity when the signal changes, and passes it on. So any
 * number of customers can depend on one entity, and no state grows with all of them.
 */
final class Dependants {

    /** Among so many shards the others are divided. */
    static final int SHARDS = 1024;

    private final String signal;
    private final String kind;
    private final long withinMillis;
    private final List<Integer> places = new ArrayList<>();
    private final Slot<Members> slot;

    /** @param rule of an entity's signal that affects customers */
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

    /** A customer tells the entities that an event names together with them. */
    void send(Moment moment, Event event, List<Addressed> messages) {
        for (int place : places) {
            String key = event.identifier(place);
            if (key != null && !key.isEmpty()) {
                var dependence = new Message.Dependence(
                        signal, moment.atMillis(), moment.subject().key(), false);
                messages.add(new Addressed(new SubjectId(kind, key), dependence));
            }
        }
    }

    /** An entity, or one of its shards, hears of a customer who is with it. */
    void received(Moment moment, Message.Dependence dependence, boolean isActive, List<Addressed> messages) {
        if (!dependence.signal().equals(signal) || dependence.atMillis() <= moment.nowMillis() - withinMillis) {
            return;
        }
        boolean isShard = moment.subject().isMembers();
        Members members = moment.cells().open(slot, "");
        if (!isShard && !members.byKey.containsKey(dependence.member()) && members.isFull()) {
            forward(moment, dependence, isActive, members, messages);
            return;
        }
        Member member = members.byKey.computeIfAbsent(dependence.member(), key -> new Member());
        member.latestMillis = Math.max(member.latestMillis, dependence.atMillis());
        // Who comes first while it is active makes a new beginning; all others have been told already.
        members.know = isShard ? dependence.isActive() : isActive;
        if (members.know && !member.knows) {
            notify(moment, dependence.member(), member, true, messages);
        }
        awaitNextWhoLeaves(moment, members);
    }

    /** Once there was no room for somebody, newcomers go to the shards until those are empty: so nobody is kept in two places. */
    private void forward(
            Moment moment, Message.Dependence dependence, boolean isActive, Members members, List<Addressed> messages) {
        int shard = shard(dependence.member());
        members.shards.set(shard);
        members.forwardedMillis = Math.max(members.forwardedMillis, dependence.atMillis());
        var forwarded = new Message.Dependence(signal, dependence.atMillis(), dependence.member(), isActive);
        messages.add(new Addressed(SubjectId.members(moment.subject(), shard), forwarded));
        awaitNextWhoLeaves(moment, members);
    }

    private static int shard(String member) {
        return (int) Math.floorMod(Draw.hash("shard", member), SHARDS);
    }

    /** A shard hears from its entity whether the signal is active. */
    void received(Moment moment, Message.Notice notice, List<Addressed> messages) {
        if (notice.signal().equals(signal)) {
            tellMembers(moment, notice.off(), messages);
        }
    }

    /**
     * Tells all who depend on the entity of the moment whether the signal is active, if that is news. A shard, to which time alone passes,
     * only forgets who has been away for too long.
     */
    void sendToAll(Moment moment, boolean isActive, List<Addressed> messages) {
        SubjectId subject = moment.subject();
        if (subject.kind().equals(kind)) {
            tellMembers(moment, isActive, messages);
        } else if (subject.isMembers()) {
            Members members = moment.cells().find(slot, "");
            if (members != null) {
                leave(moment, members, messages);
            }
        }
    }

    private void tellMembers(Moment moment, boolean isActive, List<Addressed> messages) {
        Members members = moment.cells().find(slot, "");
        if (members == null) {
            return;
        }
        leave(moment, members, messages);
        if (members.know == isActive) {
            return;
        }
        members.know = isActive;
        members.byKey.forEach((key, member) -> {
            if (member.knows != isActive) {
                notify(moment, key, member, isActive, messages);
            }
        });
        members.shards.stream()
                .forEach(shard -> messages.add(new Addressed(
                        SubjectId.members(moment.subject(), shard),
                        new Message.Notice(signal, moment.subject().key(), moment.atMillis(), isActive, ""))));
    }

    private void leave(Moment moment, Members members, List<Addressed> messages) {
        if (moment.cells().wakeOf(slot, "") <= moment.atMillis()) {
            forgetWhoLeft(moment, members, messages);
            awaitNextWhoLeaves(moment, members);
        }
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
        if (members.forwardedMillis <= until) {
            members.shards.clear();
        }
    }

    private void awaitNextWhoLeaves(Moment moment, Members members) {
        long next = Cells.NEVER;
        for (Member member : members.byKey.values()) {
            next = Math.min(next, member.latestMillis + withinMillis);
        }
        if (!members.shards.isEmpty()) {
            next = Math.min(next, members.forwardedMillis + withinMillis);
        }
        moment.cells().wake(slot, "", next);
    }

    private void notify(Moment moment, String key, Member member, boolean isActive, List<Addressed> messages) {
        member.knows = isActive;
        SubjectId subject = moment.subject();
        String value = subject.isMembers() ? subject.entity().key() : subject.key();
        var notice = new Message.Notice(signal, value, moment.atMillis(), isActive, key);
        messages.add(new Addressed(SubjectId.customer(key), notice));
    }

    /** What an entity remembers of the customers who depend on it. */
    static final class Members {
        final TreeMap<String, Member> byKey = new TreeMap<>();
        /** Whether those who are here know that the signal is active. */
        boolean know;

        /** The shards that keep others. */
        final BitSet shards = new BitSet();
        /** When the latest of the others was named together with the entity; only while there are shards. */
        long forwardedMillis = Long.MIN_VALUE;

        boolean isFull() {
            return !shards.isEmpty() || byKey.size() >= SignalRule.MAX_OWN_DEPENDANTS;
        }

        static final Memory<Members> MEMORY = new Memory<>() {
            @Override
            public Members fresh() {
                return new Members();
            }

            @Override
            public boolean isFresh(Members members) {
                return members.byKey.isEmpty() && members.shards.isEmpty();
            }

            @Override
            public Members read(Reader from) {
                Members members = new Members();
                members.know = from.flag();
                int shard = 0;
                for (int left = from.size(); left > 0; left--) {
                    shard += from.size();
                    members.shards.set(shard);
                }
                members.forwardedMillis = members.shards.isEmpty() ? Long.MIN_VALUE : from.whole();
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
                to.flag(members.know).count(members.shards.cardinality());
                int before = 0;
                for (int shard = members.shards.nextSetBit(0);
                        shard >= 0;
                        shard = members.shards.nextSetBit(shard + 1)) {
                    to.count(shard - before);
                    before = shard;
                }
                if (!members.shards.isEmpty()) {
                    to.whole(members.forwardedMillis);
                }
                to.count(members.byKey.size());
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
