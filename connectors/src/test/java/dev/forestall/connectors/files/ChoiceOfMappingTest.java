package dev.forestall.connectors.files;

import static dev.forestall.connectors.files.Example.mapping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.Format;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which mapping reads a file that nobody has named one for, and how a file is known that people save as they are used to. */
class ChoiceOfMappingTest {

    private static final String XES = """
            <?xml version="1.0" encoding="%s"?>
            <log><trace><string key="concept:name" value="ann"/>
            <event><string key="event" value="visit"/><date key="time" value="2025-03-01T10:00:00Z"/></event>
            </trace></log>
            """;

    @TempDir
    Path directory;

    private static FileMapping of(String name, Set<Format> formats, String user, String... files) {
        FileMapping like = mapping().only("userId", user).build();
        return new FileMapping(
                name,
                List.of(files),
                formats,
                like.delimiter(),
                like.identifiers(),
                like.type(),
                like.time(),
                like.properties(),
                like.absent(),
                like.eventId(),
                like.order());
    }

    @Test
    void the_format_of_the_file_chooses() {
        List<FileMapping> all = List.of(
                of("csv", Set.of(Format.CSV), "user"),
                of("json", Set.of(Format.JSON_LINES), "user"),
                of("xes", Set.of(Format.XES), "case:concept:name"));
        assertThat(chosen("log.txt", "{\"user\":\"a\",\"event\":\"visit\",\"time\":\"2025-03-01\"}\n", all))
                .isEqualTo("json");
        assertThat(chosen("log.txt", "user,event,time\na,visit,2025-03-01\n", all))
                .isEqualTo("csv");
        assertThat(chosen("log.txt", XES.formatted("UTF-8"), all)).isEqualTo("xes");
    }

    @Test
    void of_several_for_the_format_the_one_that_fits_its_columns_best() {
        List<FileMapping> all =
                List.of(of("first", Set.of(Format.CSV), "visitor"), of("second", Set.of(Format.CSV), "user"));
        assertThat(chosen("log.csv", "user,event,time\na,visit,2025-03-01\n", all))
                .isEqualTo("second");
        assertThat(chosen("log.csv", "visitor,event,time\na,visit,2025-03-01\n", all))
                .isEqualTo("first");
        assertThat(chosen("log.csv", "who,event,time\na,visit,2025-03-01\n", all))
                .isEqualTo("first");
    }

    @Test
    void a_mapping_for_files_of_that_name_goes_before_all_others() {
        List<FileMapping> all =
                List.of(of("any", Set.of(Format.CSV), "user"), of("named", Set.of(Format.CSV), "visitor", "visits-*"));
        assertThat(chosen("visits-1.csv", "user,event,time\na,visit,2025-03-01\n", all))
                .isEqualTo("named");
    }

    private String chosen(String name, String text, List<FileMapping> mappings) {
        return FileMappings.forFile(Reads.file(directory, name, text), mappings).name();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32BE", "ISO-8859-1"})
    void xes_is_read_in_the_encoding_of_its_first_bytes(String encoding) {
        Path file = Reads.file(directory, "log.xes", XES.formatted(encoding).getBytes(Charset.forName(encoding)));
        assertThat(Reads.told(Reads.all(file, mapping().only("userId", "case:concept:name"))))
                .singleElement()
                .asString()
                .contains("visit at 2025-03-01T10:00:00Z", "userId=ann");
    }

    @Test
    void the_line_with_which_excel_says_what_stands_between_columns_is_none_of_the_records() {
        Path file = Reads.file(directory, "log.csv", "sep=;\r\nuser;event;time\r\nann;visit;2025-03-01T10:00:00Z\r\n");
        assertThat(Reads.told(Reads.all(file, mapping().only("userId", "user"))))
                .singleElement()
                .asString()
                .startsWith("3: visit")
                .contains("userId=ann");
    }

    @Test
    void a_line_of_blanks_between_json_records_is_none() {
        Path file = Reads.file(
                directory,
                "log.jsonl",
                ("{\"user\":\"a\",\"event\":\"visit\",\"time\":\"2025-03-01\"}\n  \n\t\n"
                                + "{\"user\":\"b\",\"event\":\"visit\",\"time\":\"2025-03-01\"}\n   ")
                        .getBytes(UTF_8));
        assertThat(Reads.told(Reads.all(file, mapping().only("userId", "user"))))
                .hasSize(2);
    }
}
