package dev.forestall.loop.identity;

import static dev.forestall.loop.identity.Visits.customer;
import static dev.forestall.loop.identity.Visits.device;
import static dev.forestall.loop.identity.Visits.email;
import static dev.forestall.loop.identity.Visits.named;
import static dev.forestall.loop.identity.Visits.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.identity.Change.Merged;
import dev.forestall.loop.identity.Change.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityGraphTest {

    @Test
    void a_customer_with_one_kind_of_identifier_costs_no_look_up() {
        Visits visits = new Visits(customer(Visits.USER, 0, 1), new IdentifierType("branchId", "branch", 0, 1));

        assertThat(visits.visit(user("9")).customer()).contains(named("9"));
        assertThat(visits.visit(user("deviceId:9")).customer()).contains(named("deviceId:9"));
        assertThat(visits.visit(new Identifier("branchId", "b-1")).customer()).isEmpty();
        assertThat(visits.graph.now().customer(visits.event(user("9")))).contains(named("9"));
        assertThat(visits.store.gets + visits.store.puts).isZero();
    }

    @Test
    void an_identifier_that_is_always_alone_is_not_remembered() {
        Visits visits = Visits.ofUsers();

        assertThat(visits.visit(device("a")).customer()).contains(named("deviceId:a"));
        assertThat(visits.visit(user("9")).customer()).contains(named("9"));
        assertThat(visits.store.puts).isZero();
    }

    @Test
    void an_event_without_any_identifier_of_customers_is_nobodys() {
        Visits visits = Visits.ofUsers();

        assertThat(visits.visit()).isEqualTo(Resolution.NOBODY);
        assertThat(visits.graph.filedUnder(visits.event())).isEmpty();
        assertThat(visits.graph.now().customer(visits.event())).isEmpty();
    }

    @Test
    void an_event_with_two_identifiers_makes_one_customer_of_two() {
        Visits visits = Visits.ofUsers();
        visits.visit(device("a"));

        Resolution login = visits.visit(user("9"), device("a"));

        assertThat(login.customer()).contains(named("9"));
        assertThat(login.change().merges()).containsExactly(new Merged(named("9"), List.of(named("deviceId:a"))));
        assertThat(login.change().gone()).containsExactly(named("deviceId:a"));
        assertThat(visits.visit(device("a")).customer()).contains(named("9"));
        assertThat(visits.members("9")).containsExactly(user("9"), device("a"));
    }

    @Test
    void a_merge_with_somebody_of_whom_nothing_is_held_needs_no_rebuild() {
        Visits visits = Visits.ofUsers();
        Change change = visits.visit(user("9"), device("a")).change();

        assertThat(change.rebuild(customer -> customer.equals(named("9")))).isEmpty();
        assertThat(change.rebuild(customer -> customer.equals(named("deviceId:a"))))
                .containsExactly(named("9"));
    }

    @Test
    void an_event_that_says_nothing_new_changes_and_writes_nothing() {
        Visits visits = Visits.ofUsers();
        visits.visit(user("9"), email("e"), device("a"));
        int puts = visits.store.puts;

        assertThat(visits.visit(user("9"), email("e"), device("a")).change()).isEqualTo(Change.NONE);
        assertThat(visits.visit(email("e"), device("a")).customer()).contains(named("9"));
        assertThat(visits.store.puts).isEqualTo(puts);
    }

    @Test
    void a_customer_bears_the_smallest_of_its_strongest_identifiers() {
        Visits visits = Visits.ofUsers();
        visits.visit(email("e"), device("a"));
        assertThat(visits.customer(device("a"))).isEqualTo(named("email:e"));

        Change second = visits.visit(user("9"), email("e")).change();
        assertThat(second.merges()).containsExactly(new Merged(named("9"), List.of(named("email:e"))));

        Change third = visits.visit(user("10"), email("e")).change();
        assertThat(third.merges()).containsExactly(new Merged(named("10"), List.of(named("9"))));
        assertThat(visits.customer(device("a"))).isEqualTo(named("10"));
        assertThat(visits.members("9")).containsExactly(user("10"), user("9"), email("e"), device("a"));
    }

    @Test
    void a_chain_of_identifiers_is_one_customer_and_falls_apart_where_it_is_cut() {
        Visits visits = Visits.ofUsers();
        visits.visit(user("9"), email("e"));
        visits.visit(email("e"), device("a"));
        visits.visit(email("f"), device("a"));
        visits.visit(email("f"), device("b"));
        assertThat(visits.members("9")).containsExactly(user("9"), email("e"), email("f"), device("a"), device("b"));

        Change cut = visits.unmerge(device("a"), email("f"));

        assertThat(cut.splits()).containsExactly(new Split(named("9"), List.of(named("9"), named("email:f"))));
        assertThat(cut.rebuild(nobody -> false)).containsExactly(named("9"), named("email:f"));
        assertThat(cut.gone()).isEmpty();
        assertThat(cut.notices()).isEmpty();
        assertThat(visits.members("9")).containsExactly(user("9"), email("e"), device("a"));
        assertThat(visits.members("email:f")).containsExactly(email("f"), device("b"));
    }

    @Test
    void of_two_ways_between_two_identifiers_one_is_enough() {
        Visits visits = Visits.ofUsers();
        visits.visit(user("9"), email("e"));
        visits.visit(user("9"), device("a"));
        visits.visit(email("e"), device("b"));
        visits.visit(user("9"), device("b"));

        Change first = visits.unmerge(user("9"), device("b"));

        assertThat(first.splits()).isEmpty();
        assertThat(first.rebuild(everybody -> true)).isEmpty();
        assertThat(visits.codes(first)).containsExactly("IDN-003");
        assertThat(visits.graph.now().path(user("9"), device("b")))
                .extracting(Edge::other, Edge::evidence)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(email("e"), 0L),
                        org.assertj.core.groups.Tuple.tuple(device("b"), 2L));

        Change second = visits.unmerge(email("e"), device("b"));

        assertThat(second.splits()).containsExactly(new Split(named("9"), List.of(named("9"), named("deviceId:b"))));
        assertThat(visits.graph.now().path(user("9"), device("b"))).isEmpty();
    }

    @Test
    void after_an_unmerge_an_event_that_carries_both_belongs_to_the_stronger() {
        Visits visits = Visits.ofUsers();
        visits.visit(user("9"), device("a"));
        visits.unmerge(user("9"), device("a"));

        IdentityView now = visits.graph.now();
        assertThat(now.customer(visits.event(user("9"), device("a")))).contains(named("9"));
        assertThat(now.customer(visits.event(device("a")))).contains(named("deviceId:a"));
        assertThat(now.belongs(visits.event(user("9"), device("a")), now.members(named("deviceId:a"))))
                .isFalse();
    }

    @Test
    void old_evidence_does_not_join_again_but_new_evidence_does() {
        Visits visits = Visits.ofUsers();
        visits.visit(user("9"), device("a"));
        visits.unmerge(user("9"), device("a"));

        assertThat(visits.graph.resolve(0, visits.event(user("9"), device("a"))).change())
                .isEqualTo(Change.NONE);
        assertThat(visits.customer(device("a"))).isEqualTo(named("deviceId:a"));

        assertThat(visits.visit(user("9"), device("a")).change().merges()).hasSize(1);
        assertThat(visits.customer(device("a"))).isEqualTo(named("9"));
    }

    @Test
    void who_is_kept_apart_for_good_is_not_joined_by_new_evidence() {
        Visits visits = Visits.ofUsers();
        visits.visit(user("9"), device("a"));
        visits.unmergeForGood(user("9"), device("a"));

        Change refused = visits.visit(user("9"), device("a")).change();
        assertThat(refused.merges()).isEmpty();
        assertThat(visits.codes(refused)).containsExactly("IDN-006");
        assertThat(visits.visit(user("9"), device("a")).change())
                .as("it is said once")
                .isEqualTo(Change.NONE);
        assertThat(visits.graph.now().edges(device("a")))
                .containsExactly(new Edge(device("a"), user("9"), 2, Edge.Standing.KEPT_APART));
    }

    @Test
    void a_later_unmerge_that_is_not_for_good_lifts_one_that_was() {
        Visits visits = Visits.ofUsers();
        visits.unmergeForGood(user("9"), device("a"));
        visits.visit(user("9"), device("a"));
        assertThat(visits.customer(device("a"))).isEqualTo(named("deviceId:a"));

        Change lifted = visits.unmerge(user("9"), device("a"));
        assertThat(lifted).as("nobody is joined by it yet").isEqualTo(Change.NONE);
        visits.visit(user("9"), device("a"));
        assertThat(visits.customer(device("a"))).isEqualTo(named("9"));
    }

    @Test
    void an_unmerge_of_what_nothing_joins_directly_is_refused() {
        Visits visits = Visits.ofUsers();
        visits.visit(user("9"), email("e"));
        visits.visit(email("e"), device("a"));

        assertThat(visits.codes(visits.unmerge(user("9"), device("a")))).containsExactly("IDN-002");
        assertThat(visits.codes(visits.unmerge(user("9"), new Identifier("phone", "1"))))
                .containsExactly("IDN-001");
        assertThat(visits.members("9")).hasSize(3);
    }

    @Test
    void a_family_address_joins_nobody_as_if_it_never_had() {
        Visits visits = Visits.ofUsers();
        visits.visit(user("1"), email("family"));
        visits.visit(user("2"), email("family"));
        visits.visit(user("2"), device("phone"));
        assertThat(visits.members("1")).hasSize(4);

        Resolution third = visits.visit(user("3"), email("family"));

        assertThat(third.customer()).contains(named("3"));
        assertThat(third.change().shared()).containsExactly(email("family"));
        assertThat(third.change().splits())
                .containsExactly(new Split(named("1"), List.of(named("1"), named("2"), named("email:family"))));
        assertThat(third.change().rebuild(nobody -> false))
                .containsExactly(named("1"), named("2"), named("3"), named("email:family"));
        assertThat(visits.codes(third.change())).containsExactly("IDN-004");
        assertThat(visits.members("2")).containsExactly(user("2"), device("phone"));
        assertThat(visits.graph.now().isShared(email("family"))).isTrue();

        Change fourth = visits.visit(user("4"), email("family")).change();
        assertThat(fourth.merges()).isEmpty();
        assertThat(visits.codes(fourth)).containsExactly("IDN-005");
    }

    @Test
    void the_limit_counts_each_stronger_rank_by_itself() {
        Visits visits = Visits.ofUsers();
        visits.visit(user("1"), device("a"));
        visits.visit(user("2"), device("a"));
        visits.visit(email("e"), device("a"));
        visits.visit(email("f"), device("a"));

        assertThat(visits.members("1")).hasSize(5);
    }

    @Test
    void an_unmerge_that_brings_a_shared_identifier_below_its_limit_lets_it_join_again() {
        Visits visits = Visits.ofUsers();
        visits.visit(user("1"), email("e"));
        visits.visit(user("2"), email("e"));
        visits.visit(user("3"), email("e"));

        Change change = visits.unmerge(user("3"), email("e"));

        assertThat(change.merges()).containsExactly(new Merged(named("1"), List.of(named("2"), named("email:e"))));
        assertThat(visits.members("1")).containsExactly(user("1"), user("2"), email("e"));
    }

    @Test
    void an_event_with_a_shared_identifier_belongs_to_the_strongest_that_is_not() {
        Visits visits = Visits.ofUsers();
        visits.visit(email("family"), device("phone"));
        visits.visit(user("1"), email("family"));
        visits.visit(user("2"), email("family"));
        visits.visit(user("3"), email("family"));

        IdentityView now = visits.graph.now();
        assertThat(now.customer(visits.event(email("family"), device("phone")))).contains(named("deviceId:phone"));
        assertThat(now.customer(visits.event(email("family")))).contains(named("email:family"));
        assertThat(visits.graph.filedUnder(visits.event(email("family"), device("phone"))))
                .contains(named("email:family"));
        assertThat(now.members(named("deviceId:phone")).filedUnder())
                .as("where its events can be")
                .containsExactly(named("deviceId:phone"), named("email:family"));
    }

    @Test
    void who_was_who_can_be_asked_as_of_any_position() {
        Visits visits = Visits.ofUsers();
        visits.visit(user("1"), email("e"));
        visits.visit(user("2"), email("e"));
        visits.unmerge(user("2"), email("e"));
        visits.visit(user("3"), email("e"));
        visits.visit(user("4"), email("e"));

        assertThat(membersAsOf(visits, -1)).containsExactly(email("e"));
        assertThat(membersAsOf(visits, 0)).containsExactly(user("1"), email("e"));
        assertThat(membersAsOf(visits, 1)).containsExactly(user("1"), user("2"), email("e"));
        assertThat(membersAsOf(visits, 2)).containsExactly(user("1"), email("e"));
        assertThat(membersAsOf(visits, 3)).containsExactly(user("1"), user("3"), email("e"));
        assertThat(membersAsOf(visits, 4)).as("shared since").containsExactly(email("e"));
        assertThat(visits.graph.asOf(1).customer(visits.event(email("e")))).contains(named("1"));
    }

    private static List<Identifier> membersAsOf(Visits visits, long position) {
        return visits.graph.asOf(position).members(named("email:e")).identifiers();
    }

    @Test
    void one_event_can_split_a_customer_and_merge_a_part_of_it() {
        Visits visits = Visits.ofUsers();
        visits.visit(user("1"), email("e"));
        visits.visit(user("2"), email("e"));
        visits.visit(device("a"));

        Change change = visits.visit(user("3"), email("e"), device("a")).change();

        assertThat(change.splits())
                .containsExactly(new Split(named("1"), List.of(named("1"), named("2"), named("email:e"))));
        assertThat(change.merges()).containsExactly(new Merged(named("3"), List.of(named("deviceId:a"))));
        assertThat(change.gone()).containsExactly(named("deviceId:a"));
    }

    @Test
    void a_placeholder_joins_nobody_for_good_and_is_remembered_no_further() {
        Visits visits = Visits.ofUsers();
        for (int i = 0; i < IdentityGraph.MAX_NEIGHBOURS; i++) {
            visits.visit(user("unknown"), device("d" + i));
        }
        assertThat(visits.members("unknown")).hasSize(IdentityGraph.MAX_NEIGHBOURS + 1);

        Change change = visits.visit(user("unknown"), device("one more")).change();

        assertThat(visits.codes(change)).containsExactly("IDN-007");
        assertThat(change.shared()).containsExactly(user("unknown"));
        assertThat(change.splits())
                .singleElement()
                .satisfies(split -> assertThat(split.into()).hasSize(IdentityGraph.MAX_NEIGHBOURS + 1));
        assertThat(visits.customer(device("d0"))).isEqualTo(named("deviceId:d0"));
        assertThat(visits.customer(device("one more"))).isEqualTo(named("deviceId:one more"));
        var remembered = visits.store.nodes.get(user("unknown"));
        assertThat(visits.codes(visits.visit(user("unknown"), device("another")).change()))
                .containsExactly("IDN-005");
        visits.unmerge(user("unknown"), device("d0"));
        assertThat(visits.store.nodes.get(user("unknown"))).isEqualTo(remembered);
        assertThat(visits.customer(user("unknown"))).isEqualTo(named("unknown"));
        assertThat(visits.graph.asOf(1).members(named("unknown")).identifiers())
                .containsExactly(user("unknown"), device("d0"), device("d1"));
        assertThat(visits.graph.now().customer(visits.event(user("unknown"), device("d5"))))
                .contains(named("deviceId:d5"));
    }

    @Test
    void inputs_out_of_the_order_of_the_log_are_refused_before_they_do_harm() {
        Visits visits = Visits.ofUsers();
        visits.graph.resolve(7, visits.event(user("9"), device("a")));

        assertThatThrownBy(() -> visits.graph.resolve(6, visits.event(user("9"), device("b"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the input at position 6")
                .hasMessageContaining("in the order of the log");
        assertThat(visits.customer(device("b"))).isEqualTo(named("deviceId:b"));
    }

    @Test
    void notices_name_no_values() {
        Visits visits = Visits.ofUsers();
        List<Change> changes = List.of(
                visits.visit(user("secret1"), email("secret")).change(),
                visits.visit(user("secret2"), email("secret")).change(),
                visits.visit(user("secret3"), email("secret")).change(),
                visits.visit(user("secret4"), email("secret")).change(),
                visits.unmergeForGood(user("secret1"), device("secret")),
                visits.visit(user("secret1"), device("secret")).change(),
                visits.unmerge(user("secret5"), email("secret")),
                visits.unmerge(user("secret5"), new Identifier("phone", "secret")),
                visits.visit(user("secret1"), email("secret9"), device("secret8"))
                        .change(),
                visits.unmerge(user("secret1"), email("secret9")));

        assertThat(changes)
                .flatExtracting(visits::codes)
                .containsExactly("IDN-004", "IDN-005", "IDN-006", "IDN-002", "IDN-001", "IDN-003");
        assertThat(changes)
                .flatExtracting(Change::notices)
                .allSatisfy(notice ->
                        assertThat(notice.toString()).doesNotContain("secret").contains("position "));
    }
}
