package dev.forestall.loop.feature;

import dev.forestall.loop.event.Draw;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Message.Addressed;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Memory;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How busy the resources are that customers' cases lie with. A customer tells the resource each time they are with it; it counts by time
 * bucket, and when the watermark has passed a bucket's end it tells those who were lately with it what it had to do. So a customer knows
 * the load as of the latest bucket that was over for everyone, and nothing of the one that is under way. Immutable.
 */
final class Workloads {

    /** Who was with a resource in one of so many latest buckets hears of its load. */
    private static final int BUCKETS = 7;

    /** So many at most; of more, those with the smallest draw. */
    static final int MAX_MEMBERS = 512;

    /** The rule is the mean of so many buckets, older ones counting less and less. */
    private static final int USUAL_BUCKETS = 28;

    private final List<Placed> placed = new ArrayList<>();

    Workloads(TrackingPlan plan, List<Workload> workloads, Slots slots) {
        for (Workload workload : workloads) {
            placed.add(new Placed(
                    workload,
                    places(plan, workload.property()),
                    slots.next("workload." + workload.name() + "/dealing", Dealing.MEMORY),
                    slots.next("workload." + workload.name() + "/usage", Usage.MEMORY)));
        }
    }

    /** By event type: where the property stands, or -1. */
    private static int[] places(TrackingPlan plan, String property) {
        int[] places = new int[plan.types().size()];
        for (EventType type : plan.types()) {
            places[type.index()] =
                    type.properties().stream().map(Property::name).toList().indexOf(property);
        }
        return places;
    }

    boolean areNone() {
        return placed.isEmpty();
    }

    /** Tells every resource that the event says the customer is with. */
    void after(Moment moment, Event event, List<Addressed> messages) {
        for (Placed each : placed) {
            int place = each.places[event.type().index()];
            String value = place < 0 ? null : event.text(place);
            if (value != null && !value.isEmpty()) {
                Dealing dealing = moment.cells().open(each.dealing, "");
                dealing.with(value);
                long bucketMillis = each.workload.bucketMillis();
                long bucket = Math.floorDiv(moment.nowMillis(), bucketMillis) * bucketMillis;
                messages.add(new Addressed(
                        SubjectId.workload(each.workload.name(), value),
                        new Message.Use(
                                each.workload.name(), bucket, moment.subject().key())));
            }
        }
    }

    /** A resource hears of a customer. What belongs to a bucket that is over already is too late to count. */
    void received(Moment moment, Message.Use use) {
        for (Placed each : placed) {
            long end = use.bucketMillis() + each.workload.bucketMillis();
            if (each.workload.name().equals(use.workload())
                    && end > moment.cells().clock()) {
                Usage usage = moment.cells().open(each.usage, "");
                usage.uses.merge(use.bucketMillis(), 1, Integer::sum);
                usage.members.merge(use.member(), use.bucketMillis(), Math::max);
                usage.forgetSurplus();
                moment.cells().wake(each.usage, "", Math.min(end, moment.cells().wakeOf(each.usage, "")));
            }
        }
    }

    /** A customer hears of a resource's load; of one that they are no longer with, it says nothing about them. */
    void received(Moment moment, Message.WorkloadReport report) {
        for (Placed each : placed) {
            Dealing dealing = each.workload.name().equals(report.workload())
                    ? moment.cells().find(each.dealing, "")
                    : null;
            if (dealing != null && dealing.value.equals(report.value())) {
                Dealing open = moment.cells().open(each.dealing, "");
                open.uses = report.uses();
                open.usual = report.usual();
            }
        }
    }

    /** A bucket of a resource is over: who was lately with it hears of its load. */
    void due(Moment moment, List<Addressed> messages) {
        for (Placed each : placed) {
            if (moment.cells().wakeOf(each.usage, "") > moment.atMillis()) {
                continue;
            }
            Usage usage = moment.cells().open(each.usage, "");
            long bucketMillis = each.workload.bucketMillis();
            long bucket = moment.atMillis() - bucketMillis;
            Integer uses = usage.uses.remove(bucket);
            if (uses != null) {
                String value =
                        moment.subject().key().substring(each.workload.name().length() + 1);
                usage.members.values().removeIf(last -> last <= bucket - BUCKETS * bucketMillis);
                for (String member : usage.members.keySet()) {
                    messages.add(new Addressed(
                            SubjectId.customer(member),
                            new Message.WorkloadReport(each.workload.name(), value, uses, usage.usual())));
                }
                usage.add(uses);
            }
            moment.cells()
                    .wake(each.usage, "", usage.uses.isEmpty() ? Cells.NEVER : usage.uses.firstKey() + bucketMillis);
        }
    }

    /** How much the resource that a customer is with had to do in the latest bucket; NaN when that is not known. */
    double uses(Moment moment, int workload) {
        Dealing dealing = moment.cells().find(placed.get(workload).dealing, "");
        return dealing == null || dealing.uses < 0 ? Double.NaN : dealing.uses;
    }

    /** The same against what it has to do as a rule: above 1 when it is busier; NaN when either is not known. */
    double busy(Moment moment, int workload) {
        Dealing dealing = moment.cells().find(placed.get(workload).dealing, "");
        return dealing == null || dealing.uses < 0 ? Double.NaN : dealing.uses / dealing.usual;
    }

    private record Placed(Workload workload, int[] places, Slot<Dealing> dealing, Slot<Usage> usage) {}

    /** Which resource a customer was with last, and what they heard of it. */
    private static final class Dealing {
        String value = "";
        /** -1 while they have heard nothing. */
        int uses = -1;

        double usual = Double.NaN;

        void with(String which) {
            if (!which.equals(value)) {
                value = which;
                uses = -1;
                usual = Double.NaN;
            }
        }

        static final Memory<Dealing> MEMORY = new Memory<>() {
            @Override
            public Dealing fresh() {
                return new Dealing();
            }

            @Override
            public boolean isFresh(Dealing dealing) {
                return dealing.value.isEmpty();
            }

            @Override
            public void write(Dealing dealing, Writer to) {
                to.text(dealing.value).count(dealing.uses + 1);
                if (dealing.uses >= 0) {
                    to.number(dealing.usual);
                }
            }

            @Override
            public Dealing read(Reader from) {
                Dealing dealing = new Dealing();
                dealing.value = from.text();
                dealing.uses = from.size() - 1;
                if (dealing.uses >= 0) {
                    dealing.usual = from.number();
                }
                return dealing;
            }
        };
    }

    /** What a resource remembers. */
    private static final class Usage {
        /** By the start of the bucket, those that are not over. */
        final TreeMap<Long, Integer> uses = new TreeMap<>();
        /** The start of the latest bucket in which each was heard. */
        final TreeMap<String, Long> members = new TreeMap<>();
        /** How many buckets the mean is made of, at most {@link #USUAL_BUCKETS}. */
        int buckets;

        double mean;

        double usual() {
            return buckets == 0 ? Double.NaN : mean;
        }

        void add(int more) {
            buckets = Math.min(buckets + 1, USUAL_BUCKETS);
            mean += (more - mean) / buckets;
        }

        /** Keeps those with the smallest draws: the same ones in whatever order they came. */
        void forgetSurplus() {
            if (members.size() <= MAX_MEMBERS) {
                return;
            }
            String largest = members.firstKey();
            for (String each : members.keySet()) {
                if (Draw.hash("member", each) > Draw.hash("member", largest)) {
                    largest = each;
                }
            }
            members.remove(largest);
        }

        static final Memory<Usage> MEMORY = new Memory<>() {
            @Override
            public Usage fresh() {
                return new Usage();
            }

            @Override
            public boolean isFresh(Usage usage) {
                return usage.uses.isEmpty() && usage.members.isEmpty() && usage.buckets == 0;
            }

            @Override
            public void write(Usage usage, Writer to) {
                to.count(usage.uses.size());
                long before = 0;
                for (Map.Entry<Long, Integer> each : usage.uses.entrySet()) {
                    to.whole(each.getKey() - before).count(each.getValue());
                    before = each.getKey();
                }
                to.count(usage.members.size());
                for (Map.Entry<String, Long> each : usage.members.entrySet()) {
                    to.text(each.getKey()).whole(each.getValue());
                }
                to.count(usage.buckets).number(usage.mean);
            }

            @Override
            public Usage read(Reader from) {
                Usage usage = new Usage();
                long bucket = 0;
                for (int left = from.size(); left > 0; left--) {
                    bucket += from.whole();
                    usage.uses.put(bucket, from.size());
                }
                for (int left = from.size(); left > 0; left--) {
                    usage.members.put(from.text(), from.whole());
                }
                usage.buckets = from.size();
                usage.mean = from.number();
                return usage;
            }
        };
    }
}
