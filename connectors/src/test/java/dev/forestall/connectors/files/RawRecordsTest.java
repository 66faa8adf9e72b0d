package dev.forestall.connectors.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.host.FileMapping.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that no mapping describes. */
class RawRecordsTest {

    @TempDir
    Path directory;

    @Test
    void the_delimiter_is_the_one_that_makes_records_of_the_lines() throws IOException {
        assertThat(shape("a;b\n1,5;x\n2,5;y\n").delimiter()).isEqualTo(';');
        assertThat(shape("a\tb\n1\t2\n").delimiter()).isEqualTo('\t');
        assertThat(shape("a|b|c\n1|2|3\n").places()).containsExactly("a", "b", "c");
        assertThat(shape("only\n1\n").places()).containsExactly("only");
        assertThat(RawRecords.shape(write("a;b\n1;2\n"), Optional.of(',')).places())
                .containsExactly("a;b");
    }

    @Test
    void values_of_csv_are_read_and_what_is_no_record_is_counted() throws IOException {
        assertThat(read("a,b\n1,\"x,\"\"y\"\"\"\n1,2,3\n,z\n")).containsExactly("1 x,\"y\"", "null z", "unreadable 1");
    }

    @Test
    void a_heading_that_is_there_twice_is_told_and_not_read() throws IOException {
        RawRecords.Shape shape = shape("a,b,a,\n1,2,3,4\n");
        assertThat(shape.places()).containsExactly("b");
        assertThat(shape.repeated()).containsExactly("a");
    }

    @Test
    void places_of_json_are_met_in_any_record_and_lists_are_no_values() throws IOException {
        String json = "{\"a\":{\"b\":1},\"l\":[1]}\n{\"a\":{\"b\":2},\"c\":\"x\"}\n";
        assertThat(shape(json).format()).isEqualTo(Format.JSON_LINES);
        assertThat(shape(json).places()).contains("a.b", "c");
        assertThat(read(json)).first().asString().startsWith("1 null");
    }

    @Test
    void attributes_of_a_trace_stand_with_case_before_their_keys() throws IOException {
        String xes =
                "<log><trace><string key=\"n\" value=\"c1\"/><event><string key=\"n\" value=\"e1\"/></event></trace></log>";
        assertThat(shape(xes).places()).containsExactly("case:n", "n");
        assertThat(read(xes)).containsExactly("c1 e1", "unreadable 0");
    }

    @Test
    void a_file_without_records_is_told() {
        assertThatThrownBy(() -> shape("")).isInstanceOf(WrongFile.class).hasMessageContaining("empty");
        assertThatThrownBy(() -> RawRecords.shape(directory.resolve("none.csv"), Optional.empty()))
                .isInstanceOf(WrongFile.class);
    }

    private RawRecords.Shape shape(String text) throws IOException {
        return RawRecords.shape(write(text), Optional.empty());
    }

    private List<String> read(String text) throws IOException {
        Path file = write(text);
        List<String> read = new ArrayList<>();
        try (RawRecords records = RawRecords.open(file, RawRecords.shape(file, Optional.empty()))) {
            while (records.next()) {
                String[] values = new String[records.shape().places().size()];
                Arrays.setAll(values, records::text);
                read.add(String.join(" ", values));
            }
            read.add("unreadable " + records.unreadable());
        }
        return read;
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("log"), text);
    }
}
