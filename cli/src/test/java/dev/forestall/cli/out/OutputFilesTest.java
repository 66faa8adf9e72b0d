package dev.forestall.cli.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.cli.Golden;
import dev.forestall.cli.Refused;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.testkit.stories.SmallStories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFilesTest {

    private static final List<String> NAMES = List.of(
            "assignments",
            "signals",
            "risks",
            "reasons",
            "alerts",
            "decisions",
            "action_requests",
            "permits",
            "outcomes",
            "transitions");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "signals",
                "risks",
                "reasons",
                "alerts",
                "decisions",
                "action_requests",
                "permits",
                "outcomes",
                "transitions"
            })
    void lines_hold_what_happened_in_the_documented_fields(String name) throws IOException {
        write(directory, SmallStories.effects());
        Golden.check(name + ".jsonl", Files.readString(directory.resolve(name + ".jsonl")));
    }

    @Test
    void parquet_holds_the_same_rows_in_the_same_order_with_types() throws IOException, SQLException {
        write(directory, SmallStories.effects());
        for (String name : NAMES) {
            String lines = Files.readString(directory.resolve(name + ".jsonl"));
            List<String> ids = lines.lines().map(line -> line.substring(7, 23)).toList();
            assertThat(query("SELECT id FROM '" + directory + "/" + name + ".parquet'"))
                    .isEqualTo(ids);
        }
        assertThat(query("SELECT occurred_at::VARCHAR FROM '" + directory + "/outcomes.parquet' LIMIT 1"))
                .containsExactly("2023-12-01 22:13:20+00");
        assertThat(query("SELECT candidates[1].action || ' ' || candidates[1].expected_value_minor FROM '" + directory
                        + "/decisions.parquet' LIMIT 1"))
                .containsExactly("call_back 380");
        assertThat(query(
                        "SELECT column_type FROM (DESCRIBE SELECT occurred_at, causes, evidence, observed, position FROM '"
                                + directory + "/signals.parquet')"))
                .containsExactly("TIMESTAMP WITH TIME ZONE", "VARCHAR[]", "BIGINT[]", "DOUBLE", "BIGINT");
    }

    @Test
    void the_same_effects_give_the_same_bytes() throws IOException {
        write(directory.resolve("one"), SmallStories.effects());
        write(directory.resolve("other"), SmallStories.effects());
        for (String name : NAMES) {
            for (String ending : List.of(".jsonl", ".parquet")) {
                assertThat(directory.resolve("one").resolve(name + ending))
                        .hasSameBinaryContentAs(directory.resolve("other").resolve(name + ending));
            }
        }
    }

    @Test
    void a_run_without_effects_gives_empty_files_with_all_columns() throws IOException, SQLException {
        assertThat(write(directory, List.of()))
                .containsExactlyInAnyOrderEntriesOf(NAMES.stream().collect(Collectors.toMap(name -> name, name -> 0L)));
        Path full = directory.resolve("full");
        write(full, SmallStories.effects());
        for (String name : NAMES) {
            assertThat(directory.resolve(name + ".jsonl")).isEmptyFile();
            String describe = "SELECT column_name || ' ' || column_type FROM (DESCRIBE FROM '%s/%s.parquet')";
            assertThat(query(describe.formatted(directory, name))).isEqualTo(query(describe.formatted(full, name)));
        }
    }

    @Test
    void what_is_not_completed_leaves_the_directory_as_it_was() throws IOException {
        write(directory, SmallStories.effects());
        byte[] before = Files.readAllBytes(directory.resolve("signals.jsonl"));
        try (OutputFiles files = OutputFiles.in(directory, "other", EffectNames.PUBLISHED)) {
            files.write(SmallStories.effects().getFirst());
        }
        assertThat(directory.resolve("signals.jsonl")).hasBinaryContent(before);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.filter(file -> !file.endsWith(OwnFiles.LIST))).hasSize(NAMES.size() * 2);
        }
    }

    @Test
    void two_do_not_write_to_one_directory_at_once() throws IOException {
        try (OutputFiles first = OutputFiles.in(directory, "one", EffectNames.PUBLISHED)) {
            assertThatThrownBy(() -> OutputFiles.in(directory, "other", EffectNames.PUBLISHED))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("another process is writing");
            first.complete();
        }
        OutputFiles.in(directory, "other", EffectNames.PUBLISHED).close();
    }

    @Test
    void a_directory_with_a_quote_in_its_name_is_no_trouble() throws IOException {
        Path odd = directory.resolve("it's here");
        write(odd, SmallStories.effects());
        assertThat(odd.resolve("transitions.parquet")).isNotEmptyFile();
        assertThat(new String(Files.readAllBytes(odd.resolve("transitions.parquet")), 0, 4, StandardCharsets.US_ASCII))
                .isEqualTo("PAR1");
    }

    private static Map<String, Long> write(Path directory, List<Effect> effects) throws IOException {
        try (OutputFiles files = OutputFiles.in(directory, "0123456789abcdef", EffectNames.PUBLISHED)) {
            for (Effect effect : effects) {
                files.write(effect);
            }
            return files.complete();
        }
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (ResultSet found = statement.executeQuery(
                    sql.contains("SELECT at ") ? sql.replace("SELECT at ", "SELECT at::VARCHAR ") : sql)) {
                while (found.next()) {
                    rows.add(found.getString(1));
                }
            }
        }
        return rows;
    }
}
