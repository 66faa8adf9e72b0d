package dev.forestall.run.draft;

import static dev.forestall.run.draft.ColumnTest.column;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PropertyTest {

    @Test
    void types_are_those_of_the_values_and_the_name() {
        assertThat(property("items", "1", "2").type()).isEqualTo(Property.Type.INTEGER);
        assertThat(property("weight", "1.5", "2").type()).isEqualTo(Property.Type.NUMBER);
        assertThat(property("total_price", "1.50", "2").type()).isEqualTo(Property.Type.MONEY);
        assertThat(property("total_price", "1.505").type()).isEqualTo(Property.Type.NUMBER);
        assertThat(property("zip", "80331").type()).isEqualTo(Property.Type.STRING);
        assertThat(property("number", "80331").type()).isEqualTo(Property.Type.STRING);
        assertThat(property("due", "2025-03-01").type()).isEqualTo(Property.Type.TIME);
        assertThat(property("topic", "delay").type()).isEqualTo(Property.Type.STRING);
    }

    @Test
    void truths_keep_the_words_of_the_file() {
        Property express = property("express", "Yes", "no", "yes");
        assertThat(express.type()).isEqualTo(Property.Type.BOOLEAN);
        assertThat(express.yes()).containsExactly("Yes", "yes");
        assertThat(express.no()).containsExactly("no");
    }

    @Test
    void people_are_guessed_by_name_and_by_looks() {
        assertThat(property("e_mail_2", "ann@example.org").isPersonal()).isTrue();
        assertThat(property("contact", "ann@example.org").isPersonal()).isTrue();
        assertThat(property("org:resource", "112").isPersonal()).isTrue();
        assertThat(property("Age", "40").isPersonal()).isTrue();
        assertThat(property("comment", "The customer, Ann Smith of High Street, wants her money back", "x y".repeat(30))
                        .isPersonal())
                .isTrue();
        assertThat(property("topic", "delay").isPersonal()).isFalse();
        assertThat(property("stage", "open").isPersonal()).isFalse();
    }

    private static Property property(String name, String... values) {
        return Property.of(column(name, values), new Slug(), 2);
    }
}
