package dev.forestall.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void words_stand_left_and_figures_right() {
        Table table = new Table(2).words("step").figures("runs").words("note");
        table.row("offer", "9", "x").row("validated", "1,234", "");
        assertThat(printed(table, false))
                .isEqualTo("  step        runs  note\n" + "  offer          9  x\n" + "  validated  1,234\n");
    }

    @Test
    void colours_do_not_change_the_width() {
        Table table = new Table(0).words("").figures("");
        table.row(new Table.Cell("bad", Paint.BAD), Table.Cell.of("1"));
        table.row(new Table.Cell("good one", Paint.GOOD), Table.Cell.of("22"));
        assertThat(printed(table, true).replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(printed(table, false));
        assertThat(printed(table, true)).contains("\u001b[31mbad\u001b[0m");
        assertThat(printed(table, false)).isEqualTo("bad        1\ngood one  22\n");
    }

    @Test
    void a_table_without_titles_has_no_line_for_them_and_no_line_ends_in_spaces() {
        Table table = new Table(2).words("").figures("").words("");
        table.row("events", "10", "").row("customers", "2");
        assertThat(printed(table, false)).isEqualTo("  events     10\n  customers   2\n");
    }

    @Test
    void letters_beyond_the_basic_plane_count_as_one() {
        Table table = new Table(0).words("").words("");
        table.row("\ud83d\ude00a", "|").row("abc", "|");
        assertThat(printed(table, false)).isEqualTo("\ud83d\ude00a   |\nabc  |\n");
    }

    @Test
    void a_row_that_is_too_long_is_a_mistake_of_ours() {
        Table table = new Table(0).words("");
        assertThatThrownBy(() -> table.row("a", "b")).hasMessage("2 cells in a table of 1 columns");
    }

    private static String printed(Table table, boolean colours) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Page(new PrintStream(bytes, true, StandardCharsets.UTF_8), colours).table(table);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
