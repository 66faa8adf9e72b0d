package dev.forestall.run.draft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlugTest {

    @Test
    void names_are_those_that_people_would_write() {
        assertThat(Slug.of("Take in charge ticket")).isEqualTo("take_in_charge_ticket");
        assertThat(Slug.of("orderPlaced")).isEqualTo("order_placed");
        assertThat(Slug.of("W_Completeren aanvraag/START")).isEqualTo("w_completeren_aanvraag_start");
        assertThat(Slug.of("Prüfung")).isEqualTo("prufung");
        assertThat(Slug.of("x".repeat(80))).hasSize(50);
    }

    @Test
    void each_name_is_there_once_and_one_that_a_pack_can_use() {
        Slug names = new Slug();
        assertThat(names.name("Closed", "event")).isEqualTo("closed");
        assertThat(names.name("closed!", "event")).isEqualTo("closed_2");
        assertThat(names.name("-100", "event")).isEqualTo("event_100");
        assertThat(names.name("検査", "event")).isEqualTo("event");
        assertThat(names.name("in", "event")).isEqualTo("in_value");
        assertThat(names.name("message_sent", "event")).isNotEqualTo("message_sent");
    }
}
