package dev.forestall.loop.signal;

import dev.forestall.loop.event.Draw;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Message.Addressed;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.expression.Words;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole group fares worse than expected: of those who share a value (a branch, a product, an app version), the share to whom
 * something happens is above its expectation. One signal for the group, on a subject of its own; customers in it learn of it.
 *
 * <p>Customers tell their group sums per time bucket. A bucket is judged once, when the watermark has passed its end, over the window
 * that ends with it; so the order in which customers are heard within a bucket does not matter. It is judged when something was
 * counted in it, and while the signal stands. What is heard of a bucket that was judged already counts in the windows still to come.
 *
 * @param counts what is counted, and of what
 * @param by the value that the group shares
 * @param bucketMillis how often the group is judged
 * @param buckets how many buckets make the window, at most {@link #MAX_BUCKETS}
 * @param minimum how many must have been tried in the window
 * @param above what share is too high
 */
public record Cohort(Counts counts, Words by, long bucketMillis, int buckets, int minimum, Above above)
        implements Detector<Cohort.Group> {

    public static final int MAX_BUCKETS = 128;

    /** So many members at most learn of a signal; of more, those with the smallest draw. */
    public static final int MAX_MEMBERS = 64;

    /** What is counted. */
    public sealed interface Counts {

        /** Of the events {@code tried}, those that are also {@code hit}. */
        record Events(EventPattern tried, EventPattern hit) implements Counts {}

        /**
         * Of the runs of a journey that leave a step, those that leave it by a bad end.
         *
         * @param journey its name
         * @param step which step; empty for runs that end, whatever the step they were in
         */
        record Exits(String journey, String step) implements Counts {}
    }

    /** When a share is too high. */
    public sealed interface Above {

        /** Higher than a share, 0 to 1. */
        record Share(double share) implements Above {}

        /**
         * More than chance allows if the group fared like everyone: the hits are beyond the given quantile of the binomial
         * distribution.
         *
         * @param expected the share of everyone, learned from history, 0 to 1
         * @param level the quantile, such as 0.99
         */
        record Expected(double expected, double level) implements Above {}
    }

    public Cohort {
        if (bucketMillis <= 0 || buckets < 1 || buckets > MAX_BUCKETS || minimum < 1) {
            throw new IllegalArgumentException("cohort: " + buckets + " buckets of " + bucketMillis + " ms, minimum "
                    + minimum + " is impossible");
        }
    }

    /** What a group remembers. */
    static final class Group {
        /** By the start of the bucket: tried and hit. */
        final TreeMap<Long, int[]> sums = new TreeMap<>();
        /** Members of the window by key: the start of the latest bucket they were heard in, and whether they know of the signal. */
        final TreeMap<String, Member> members = new TreeMap<>();
    }

    static final class Member {
        long bucketMillis;
        boolean knows;
    }

    /** What a customer's moment contributes to their group. */
    void send(
            String signal,
            Moment moment,
            @Nullable Event event,
            List<Transition> transitions,
            List<Addressed> messages) {
        switch (counts) {
            case Counts.Events events -> {
                if (event != null && events.tried().matches(event, moment)) {
                    send(signal, moment, events.hit().matches(event, moment), messages);
                }
            }
            case Counts.Exits exits -> {
                for (Transition transition : transitions) {
                    boolean leaves = exits.step().isEmpty()
                            ? transition.kind().isEnd()
                            : transition.from().equals(exits.step());
                    if (leaves && transition.journey().equals(exits.journey())) {
                        send(signal, moment, transition.kind().isBadEnd(), messages);
                    }
                }
            }
        }
    }

    private void send(String signal, Moment moment, boolean hit, List<Addressed> messages) {
        String value = by.value(moment);
        if (value != null && !value.isEmpty()) {
            long bucket = Math.floorDiv(moment.atMillis(), bucketMillis) * bucketMillis;
            var count = new Message.Count(
                    signal, bucket, 1, hit ? 1 : 0, moment.subject().key());
            messages.add(new Addressed(SubjectId.cohort(signal, value), count));
        }
    }

    /**
     * Takes what a customer told. Returns when the group wants to be woken, given when it wanted to before.
     *
     * @param judgedMillis the end of the latest bucket that was judged
     */
    long add(Group group, Message.Count count, long wakeMillis, long judgedMillis) {
        int[] sums = group.sums.computeIfAbsent(count.bucketMillis(), bucket -> new int[2]);
        sums[0] += count.tried();
        sums[1] += count.hit();
        Member member = group.members.computeIfAbsent(count.member(), key -> new Member());
        member.bucketMillis = Math.max(member.bucketMillis, count.bucketMillis());
        forgetSurplus(group);
        long end = count.bucketMillis() + bucketMillis;
        return end > judgedMillis ? Math.min(wakeMillis, end) : wakeMillis;
    }

    /** Keeps those who know, and of the others those with the smallest draws: the same ones in whatever order they came. */
    private static void forgetSurplus(Group group) {
        if (group.members.size() <= MAX_MEMBERS) {
            return;
        }
        String largest = "";
        long draw = Long.MIN_VALUE;
        for (Map.Entry<String, Member> each : group.members.entrySet()) {
            long its = Draw.hash("member", each.getKey());
            if (!each.getValue().knows && its >= draw) {
                largest = each.getKey();
                draw = its;
            }
        }
        group.members.remove(largest);
    }

    @Override
    public void due(Group group, Moment moment, Verdict verdict) {
        long end = moment.atMillis();
        long start = end - buckets * bucketMillis;
        group.sums.headMap(start).clear();
        int tried = 0;
        int hit = 0;
        for (int[] sums : group.sums.headMap(end).values()) {
            tried += sums[0];
            hit += sums[1];
        }
        if (tried >= minimum && isAbove(hit, tried)) {
            verdict.met(end, new Finding((double) hit / tried, expected(), Finding.Measure.SHARE, new long[] {
                moment.position()
            }));
        } else {
            verdict.over();
        }
        Long next = group.sums.ceilingKey(end);
        // While the signal stands, a group that falls silent is judged on, so that the signal can end.
        verdict.wakeAt(
                next != null && !verdict.isRaised()
                        ? next + bucketMillis
                        : verdict.isRaised() ? end + bucketMillis : Cells.NEVER);
    }

    private double expected() {
        return switch (above) {
            case Above.Share share -> share.share();
            case Above.Expected expected -> expected.expected();
        };
    }

    boolean isAbove(int hit, int tried) {
        return switch (above) {
            case Above.Share share -> hit > share.share() * tried;
            case Above.Expected expected -> upperTail(hit, tried, expected.expected()) <= 1 - expected.level();
        };
    }

    /**
     * The probability of at least {@code hit} of {@code tried} when each happens with probability {@code share}: the tail of the
     * binomial distribution, summed term by term from its largest part outwards.
     */
    static double upperTail(int hit, int tried, double share) {
        if (hit <= 0) {
            return 1;
        }
        if (share <= 0) {
            return 0;
        }
        if (share >= 1) {
            return 1;
        }
        double logTerm = hit * StrictMath.log(share) + (tried - hit) * StrictMath.log1p(-share);
        for (int i = 1; i <= hit; i++) {
            logTerm += StrictMath.log((double) (tried - hit + i) / i);
        }
        double term = 1;
        double sum = 1;
        double odds = share / (1 - share);
        for (int i = hit; i < tried; i++) {
            term *= odds * (tried - i) / (i + 1);
            sum += term;
        }
        return Math.min(1, StrictMath.exp(logTerm + StrictMath.log(sum)));
    }

    /** After a bucket was judged: members who do not know yet learn of a active signal; those who do, of its end. */
    void notify(String signal, Moment moment, Group group, boolean stands, List<Addressed> messages) {
        String value = moment.subject().key().substring(signal.length() + 1);
        for (Map.Entry<String, Member> each : group.members.entrySet()) {
            Member member = each.getValue();
            if (member.knows != stands) {
                member.knows = stands;
                var notice = new Message.Notice(signal, value, moment.atMillis(), stands, "");
                messages.add(new Addressed(SubjectId.customer(each.getKey()), notice));
            }
        }
        long start = moment.atMillis() - buckets * bucketMillis;
        group.members.values().removeIf(member -> !member.knows && member.bucketMillis < start);
    }

    @Override
    public BitSet types() {
        return new BitSet();
    }

    @Override
    public void after(Group group, Event event, Moment moment, Verdict verdict) {}

    @Override
    public Group fresh() {
        return new Group();
    }

    @Override
    public boolean isFresh(Group group) {
        return group.sums.isEmpty() && group.members.isEmpty();
    }

    @Override
    public Group read(Reader from) {
        Group group = new Group();
        int buckets = from.size();
        long bucket = 0;
        for (int i = 0; i < buckets; i++) {
            bucket += from.whole();
            group.sums.put(bucket, new int[] {from.size(), from.size()});
        }
        int members = from.size();
        for (int i = 0; i < members; i++) {
            Member member = new Member();
            group.members.put(from.text(), member);
            member.bucketMillis = from.whole();
            member.knows = from.flag();
        }
        return group;
    }

    @Override
    public void write(Group group, Writer to) {
        to.count(group.sums.size());
        long before = 0;
        for (Map.Entry<Long, int[]> each : group.sums.entrySet()) {
            to.whole(each.getKey() - before).count(each.getValue()[0]).count(each.getValue()[1]);
            before = each.getKey();
        }
        to.count(group.members.size());
        for (Map.Entry<String, Member> each : group.members.entrySet()) {
            to.text(each.getKey()).whole(each.getValue().bucketMillis).flag(each.getValue().knows);
        }
    }

    @Override
    public Cost cost() {
        return new Cost(12 + 8 * buckets + 20 * MAX_MEMBERS, 1, buckets + MAX_MEMBERS);
    }
}
