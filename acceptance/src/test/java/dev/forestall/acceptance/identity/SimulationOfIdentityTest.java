package dev.forestall.acceptance.identity;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.identity.Change;
import dev.forestall.loop.identity.Edge;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.IdentityView;
import dev.forestall.loop.identity.Members;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Random histories of a small crowd, each held against {@link Truth} or against the same history told otherwise. */
class SimulationOfIdentityTest {

    private static final int RUNS = 3 * Integer.getInteger("forestall.sim.runs", 40);

    /** What must have happened in the runs together, else they prove nothing about it. */
    private enum Seen {
        MERGED,
        SPLIT_BY_AN_UNMERGE,
        SPLIT_BY_A_SHARED_IDENTIFIER,
        MERGED_BY_AN_UNMERGE,
        SPLIT_AND_MERGED_AT_ONCE,
        RENAMED,
        ALTERED_WITHOUT_REGROUPING,
        STILL_JOINED,
        NOT_JOINED,
        REFUSED_AS_SHARED,
        REFUSED_AS_KEPT_APART
    }

    @Test
    void at_every_moment_the_graph_and_all_states_are_what_brute_force_says(TestInfo test) {
        Map<Seen, Integer> seen = new EnumMap<>(Seen.class);
        int[] runs = new int[1];
        Seeds.each(test, RUNS, (seed, random) -> {
            runs[0]++;
            Crowd crowd = new Crowd(random.split());
            List<Said> history = crowd.history(20 + random.nextInt(40));
            SmallHost host = new SmallHost(crowd);
            Truth before = new Truth(crowd, List.of());
            for (int i = 0; i < history.size(); i++) {
                if (random.nextInt(10) == 0) {
                    host.restart();
                }
                Change change = host.accept(history.get(i));
                Truth after = new Truth(crowd, history.subList(0, i + 1));
                assertSame(crowd, host.graph().now(), after);
                assertTold(change, before.customers(), after.customers());
                assertThat(host.states()).as("states after " + i).isEqualTo(after.states());
                note(history.get(i), change, seen);
                before = after;
            }
            assertAsOf(crowd, host, history, random.nextInt(history.size()));
        });
        if (runs[0] >= 100) {
            assertThat(seen.keySet()).as("what happened").containsExactly(Seen.values());
        }
    }

    private static void assertAsOf(Crowd crowd, SmallHost host, List<Said> history, int position) {
        Truth then = new Truth(crowd, history.subList(0, position + 1));
        assertSame(crowd, host.graph().asOf(position), then);
        assertThat(host.statesAsOf(position)).as("states as of " + position).isEqualTo(then.states());
    }

    private static void assertSame(Crowd crowd, IdentityView view, Truth truth) {
        for (Identifier each : crowd.everybody) {
            SubjectId customer = truth.customer(each);
            Members members = view.members(customer);
            assertThat(view.customer(each)).as("customer of " + each).isEqualTo(customer);
            assertThat(new TreeSet<>(members.identifiers()))
                    .as("members of " + customer)
                    .isEqualTo(truth.members(each));
            assertThat(members.customer()).isEqualTo(customer);
            assertThat(view.isShared(each)).as("whether " + each + " is shared").isEqualTo(truth.isShared(each));
            Identifier head = members.identifiers().getFirst();
            assertThat(view.path(each, head).stream().map(Edge::standing))
                    .as("the way from " + each + " to " + head)
                    .hasSizeGreaterThanOrEqualTo(each.equals(head) ? 0 : 1)
                    .allMatch(Edge.Standing.JOINS::equals);
        }
    }

    /** A change tells exactly how the customers before and after it differ. */
    private static void assertTold(
            Change change, SortedMap<Identifier, SubjectId> before, SortedMap<Identifier, SubjectId> after) {
        SortedSet<SubjectId> gone = new TreeSet<>(before.values());
        gone.removeAll(after.values());
        assertThat(change.gone()).as("gone").containsExactlyElementsOf(gone);

        SortedMap<SubjectId, SortedSet<SubjectId>> became = across(before, after);
        became.values().removeIf(into -> into.size() < 2);
        SortedMap<SubjectId, SortedSet<SubjectId>> splits = new TreeMap<>();
        change.splits().forEach(split -> splits.put(split.before(), new TreeSet<>(split.into())));
        assertThat(splits).as("splits").isEqualTo(became);

        SortedMap<SubjectId, SortedSet<SubjectId>> came = across(after, before);
        came.values().removeIf(from -> from.size() < 2);
        came.forEach((into, from) -> from.remove(into));
        SortedMap<SubjectId, SortedSet<SubjectId>> merges = new TreeMap<>();
        change.merges().forEach(merged -> merges.put(merged.into(), new TreeSet<>(merged.from())));
        assertThat(merges).as("merges").isEqualTo(came);
    }

    private static SortedMap<SubjectId, SortedSet<SubjectId>> across(
            SortedMap<Identifier, SubjectId> one, SortedMap<Identifier, SubjectId> other) {
        return one.keySet().stream()
                .collect(groupingBy(one::get, TreeMap::new, mapping(other::get, toCollection(TreeSet::new))));
    }

    private static void note(Said said, Change change, Map<Seen, Integer> seen) {
        boolean byUnmerge = said instanceof Said.Unmerged;
        Set<String> codes = new TreeSet<>();
        change.notices().forEach(notice -> codes.add(notice.code().code()));
        count(Seen.MERGED, !change.merges().isEmpty(), seen);
        count(Seen.SPLIT_BY_AN_UNMERGE, byUnmerge && !change.splits().isEmpty(), seen);
        count(Seen.MERGED_BY_AN_UNMERGE, byUnmerge && !change.merges().isEmpty(), seen);
        count(
                Seen.SPLIT_BY_A_SHARED_IDENTIFIER,
                codes.contains("IDN-004") && !change.splits().isEmpty(),
                seen);
        count(
                Seen.SPLIT_AND_MERGED_AT_ONCE,
                !change.splits().isEmpty() && !change.merges().isEmpty(),
                seen);
        count(
                Seen.RENAMED,
                change.merges().stream().anyMatch(merged -> merged.from().size() > 1),
                seen);
        count(
                Seen.ALTERED_WITHOUT_REGROUPING,
                !change.altered().isEmpty()
                        && change.splits().isEmpty()
                        && change.merges().isEmpty(),
                seen);
        count(Seen.NOT_JOINED, codes.contains("IDN-002"), seen);
        count(Seen.STILL_JOINED, codes.contains("IDN-003"), seen);
        count(Seen.REFUSED_AS_SHARED, codes.contains("IDN-005"), seen);
        count(Seen.REFUSED_AS_KEPT_APART, codes.contains("IDN-006"), seen);
    }

    private static void count(Seen what, boolean happened, Map<Seen, Integer> seen) {
        if (happened) {
            seen.merge(what, 1, Integer::sum);
        }
    }

    @Test
    void a_merge_that_is_undone_leaves_everything_as_if_it_had_never_been(TestInfo test) {
        int[] merged = new int[1];
        Seeds.each(test, RUNS, (seed, random) -> {
            Crowd crowd = new Crowd(random.split());
            List<Identifier> companions = crowd.companions();
            List<Said> undone = strangers(crowd, companions, crowd.history(15 + random.nextInt(30)));
            int at = random.nextInt(undone.size() + 1);
            Said.Happened together = crowd.happened(at, companions);
            undone.add(at, together);
            int from = at + 1 + random.nextInt(undone.size() - at);
            List<Set<Identifier>> pairs = Truth.pairs(companions);
            for (Set<Identifier> pair : pairs) {
                List<Identifier> both = List.copyOf(pair);
                undone.add(from, new Said.Unmerged(new Unmerge(both.get(0), both.get(1), random.nextBoolean())));
            }
            SmallHost host = SmallHost.run(crowd, undone);

            List<Said> never = new ArrayList<>(undone);
            Identifier owner = new Truth(crowd, undone).owner(companions);
            never.set(at, crowd.carryingOnly(owner, together));
            Collections.fill(never.subList(from, from + pairs.size()), new Said.Nothing());
            SmallHost calm = SmallHost.run(crowd, never);

            assertThat(host.states()).as("states").isEqualTo(calm.states());
            for (Identifier each : crowd.everybody) {
                Members members = calm.graph().now().members(calm.graph().now().customer(each));
                assertThat(host.graph()
                                .now()
                                .members(host.graph().now().customer(each))
                                .identifiers())
                        .isEqualTo(members.identifiers());
                assertThat(host.graph().now().isShared(each))
                        .isEqualTo(calm.graph().now().isShared(each));
            }
            merged[0] += host.changes.get(at).merges().size();
        });
        if (Long.getLong("forestall.sim.seed") == null) {
            assertThat(merged[0]).as("merges that were undone").isGreaterThan(RUNS / 4);
        }
    }

    /** The same history, in which nothing else is ever said about any two of some identifiers. */
    private static List<Said> strangers(Crowd crowd, List<Identifier> companions, List<Said> history) {
        List<Said> strangers = new ArrayList<>();
        for (Said said : history) {
            switch (said) {
                case Said.Happened happened -> {
                    Identifier kept = happened.carried().stream()
                            .filter(companions::contains)
                            .findFirst()
                            .orElse(null);
                    long met = happened.carried().stream()
                            .filter(companions::contains)
                            .count();
                    strangers.add(kept == null || met < 2 ? happened : crowd.carryingOnly(kept, happened));
                }
                case Said.Unmerged unmerged -> {
                    boolean isAboutThem = companions.contains(unmerged.unmerge().one())
                            && companions.contains(unmerged.unmerge().other());
                    strangers.add(isAboutThem ? new Said.Nothing() : unmerged);
                }
                case Said.Nothing nothing -> strangers.add(nothing);
            }
        }
        return strangers;
    }

    @Test
    void the_same_log_read_again_gives_the_same_graph_to_the_last_byte(TestInfo test) {
        Seeds.each(test, RUNS, (seed, random) -> {
            Crowd crowd = new Crowd(random.split());
            List<Said> history = crowd.history(40);
            SmallHost first = SmallHost.run(crowd, history);
            SmallHost second = SmallHost.run(crowd, history);

            assertThat(second.changes).isEqualTo(first.changes);
            assertThat(second.states()).isEqualTo(first.states());
            assertThat(second.store.nodes().keySet())
                    .isEqualTo(first.store.nodes().keySet());
            first.store
                    .nodes()
                    .forEach((identifier, node) -> assertThat(
                                    second.store.nodes().get(identifier))
                            .as("node of " + identifier)
                            .isEqualTo(node));
        });
    }

    @Test
    void in_whatever_order_the_evidence_comes_the_same_are_shared_and_the_same_are_one(TestInfo test) {
        int[] shared = new int[1];
        Seeds.each(test, RUNS, (seed, random) -> {
            Crowd crowd = new Crowd(random.split());
            List<Said> history = crowd.eventsOnly(10 + random.nextInt(30));
            SmallHost straight = SmallHost.run(crowd, history);
            List<Said> shuffled = new ArrayList<>(history);
            Collections.shuffle(shuffled, new Random(random.nextLong()));
            SmallHost other = SmallHost.run(crowd, shuffled);

            for (Identifier each : crowd.everybody) {
                IdentityView one = straight.graph().now();
                IdentityView two = other.graph().now();
                assertThat(two.customer(each)).isEqualTo(one.customer(each));
                assertThat(two.isShared(each)).isEqualTo(one.isShared(each));
                shared[0] += one.isShared(each) ? 1 : 0;
            }
        });
        if (Long.getLong("forestall.sim.seed") == null) {
            assertThat(shared[0]).as("shared identifiers").isGreaterThan(RUNS / 4);
        }
    }

    @Test
    void a_ring_of_identifiers_holds_when_cut_once_and_falls_in_two_when_cut_twice(TestInfo test) {
        Seeds.each(test, RUNS, (seed, random) -> ring(new Ring(3 + random.nextInt(6)), random));
    }

    private static void ring(Ring ring, SplittableRandom random) {
        int first = random.nextInt(ring.size());
        int second = (first + 1 + random.nextInt(ring.size() - 1)) % ring.size();

        assertThat(ring.customers()).as("whole").hasSize(1);
        Change once = ring.cut(first);
        assertThat(once.splits()).isEmpty();
        assertThat(ring.customers()).as("cut at " + first).hasSize(1);
        Change twice = ring.cut(second);
        assertThat(twice.splits()).hasSize(1);
        assertThat(ring.customers()).as("cut at " + first + " and " + second).hasSize(2);
        ring.mend(random.nextBoolean() ? first : second);
        assertThat(ring.customers()).as("mended").hasSize(1);
    }
}
