package dev.forestall.run.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class RolesTest {

    private final List<Column> columns = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void the_columns_of_an_exported_process_log_are_sure() {
        add("case:concept:name", i -> "c" + i / 4);
        add("concept:name", i -> "a" + i % 4);
        add("time:timestamp", i -> "2025-03-01T10:%02d:00Z".formatted(i % 60));
        add("lifecycle:transition", i -> i % 2 == 0 ? "START" : "COMPLETE");
        Roles roles = Roles.of(columns, DraftOptions.none());
        assertThat(roles.id().column().name()).isEqualTo("case:concept:name");
        assertThat(roles.id().sure()).isEqualTo(Sure.SURE);
        assertThat(roles.types())
                .extracting(each -> each.column().name())
                .containsExactly("concept:name", "lifecycle:transition");
    }

    @Test
    void the_time_of_the_change_is_taken_and_not_that_of_the_opening() {
        add("number", i -> "INC" + i / 5);
        add("opened_at", i -> "2025-03-%02d".formatted(1 + i / 5 % 28));
        add("sys_updated_at", i -> "2025-03-01T%02d:%02d:00Z".formatted(i / 60 % 24, i % 60));
        add("incident_state", i -> List.of("New", "Active", "Closed").get(i % 3));
        add("assigned_to", i -> "Resolver " + random.nextInt(30));
        Roles roles = Roles.of(columns, DraftOptions.none());
        assertThat(roles.id().column().name()).isEqualTo("number");
        assertThat(roles.time().column().name()).isEqualTo("sys_updated_at");
        assertThat(roles.types().getFirst().column().name()).isEqualTo("incident_state");
    }

    @Test
    void options_are_stronger_than_guesses() {
        add("user_id", i -> "u" + i / 10);
        add("shop", i -> "s" + i / 50);
        add("when", i -> "2025-03-01T10:%02d:00Z".formatted(i % 60));
        add("kind", i -> "k" + i % 3);
        DraftOptions options = new DraftOptions(
                Optional.empty(),
                Optional.of("shop"),
                Optional.empty(),
                Optional.empty(),
                List.of("kind"),
                Optional.empty(),
                "EUR",
                10);
        Roles roles = Roles.of(columns, options);
        assertThat(roles.id().column().name()).isEqualTo("shop");
        assertThat(roles.id().sure()).isEqualTo(Sure.SURE);
        assertThat(roles.types().getFirst().column().name()).isEqualTo("kind");
    }

    @Test
    void without_a_time_or_anybody_it_says_so() {
        add("user", i -> "u" + i / 3);
        assertThatThrownBy(() -> Roles.of(columns, DraftOptions.none()))
                .isInstanceOf(DraftException.class)
                .hasMessageContaining("no column reads as the time")
                .hasMessageContaining("--time");
        columns.clear();
        add("time", i -> "2025-03-01T10:%02d:00Z".formatted(i % 60));
        assertThatThrownBy(() -> Roles.of(columns, DraftOptions.none()))
                .isInstanceOf(DraftException.class)
                .hasMessageContaining("--id");
    }

    @Test
    void a_customer_may_be_called_as_others_call_nothing() {
        add("case", i -> i / 4 == 7 ? "NA" : "c" + i / 4);
        add("time", i -> "2025-03-01T10:%02d:00Z".formatted(i % 60));
        add("age", i -> i % 9 == 0 ? "?" : "40");
        add("ward", i -> i % 50 == 0 ? "NA" : "W" + i % 3);
        Roles roles = Roles.of(columns, DraftOptions.none());
        assertThat(roles.missing(columns)).containsOnlyKeys("?");
    }

    private void add(String name, IntFunction<String> value) {
        Column column = new Column(name, columns.size());
        for (int i = 0; i < 600; i++) {
            column.add(value.apply(i));
        }
        columns.add(column);
    }
}
