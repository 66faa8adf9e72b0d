package dev.forestall.loop.identity;

import static dev.forestall.loop.identity.Visits.customer;
import static dev.forestall.loop.identity.Visits.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.event.SubjectId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomerNamesTest {

    private final Visits two = new Visits(customer("userId", 0, 1), customer("crmId", 0, 1), customer("email", 1, 3));

    @Test
    void a_value_that_reads_like_another_customers_name_is_not_taken_for_it() {
        assertThat(two.customer(new Identifier("email", "e"))).isEqualTo(named("email:e"));
        assertThat(two.customer(new Identifier("userId", "email:e"))).isEqualTo(named("userId:email:e"));
        assertThat(two.customer(new Identifier("userId", "userId:email:e"))).isEqualTo(named("userId:userId:email:e"));
    }

    @Test
    void of_two_equally_strong_kinds_the_first_declared_gives_plain_names() {
        assertThat(two.customer(new Identifier("userId", "5"))).isEqualTo(named("5"));
        assertThat(two.customer(new Identifier("crmId", "5"))).isEqualTo(named("crmId:5"));
    }

    @Test
    void a_value_with_a_colon_of_its_own_stays_plain() {
        assertThat(two.customer(new Identifier("userId", "urn:5"))).isEqualTo(named("urn:5"));
        assertThat(two.customer(new Identifier("userId", "email:"))).isEqualTo(named("email:"));
    }

    @Test
    void a_name_leads_back_to_the_identifier_it_was_made_of() {
        for (String name : List.of("userId", "crmId", "email")) {
            for (String value : List.of("5", "email:e", "userId:userId:9", "urn:5", "email:", ":", "crmId")) {
                Identifier identifier = new Identifier(name, value);
                SubjectId customer = two.customer(identifier);
                assertThat(two.graph.now().members(customer).identifiers()).containsExactly(identifier);
                assertThat(two.graph.now().customer(customer)).isEqualTo(customer);
            }
        }
    }

    @Test
    void without_a_kind_of_rank_0_every_name_says_its_kind() {
        Visits weak = new Visits(customer("deviceId", 1, 1), customer("email", 2, 1));

        assertThat(weak.visit(new Identifier("deviceId", "a")).customer()).contains(named("deviceId:a"));
        assertThatThrownBy(() -> weak.graph.now().members(named("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[deviceId, email]");
    }

    @Test
    void only_customers_have_members() {
        assertThatThrownBy(() -> two.graph.now().members(new SubjectId("branch", "b-1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("branch");
    }

    @Test
    void a_kind_of_identifier_whose_name_has_a_colon_is_refused() {
        assertThatThrownBy(() -> new Visits(customer("user:id", 0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user:id");
    }

    @Test
    void the_rules_name_all_that_decides_who_is_joined() {
        assertThat(two.graph.rules()).isEqualTo("userId rank 0 limit 1, crmId rank 0 limit 1, email rank 1 limit 3");
    }

    @Test
    void a_store_that_was_filled_under_other_identifiers_is_noticed() {
        two.visit(new Identifier("userId", "5"), new Identifier("crmId", "6"), new Identifier("email", "e"));
        Visits other = new Visits(customer("userId", 0, 1), customer("email", 1, 3));
        other.store.nodes.putAll(two.store.nodes);

        assertThatThrownBy(() -> other.visit(new Identifier("userId", "7"), new Identifier("email", "e")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'crmId' is none of [userId, email]");
    }
}
