package dev.forestall.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.Notation;
import dev.forestall.loop.host.FileMapping.TimeFormat;
import dev.forestall.pack.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesReaderTest {

    @TempDir
    Path directory;

    private Packs.Checked checked(String time, String properties) throws IOException {
        Path pack = directory.resolve("pack.yaml");
        Files.writeString(pack, """
                pack: parcels
                subjects:
                  customer: { identifiers: [user] }
                events:
                  promised: { until: time, amount: money }
                files:
                  log:
                    format: csv
                    identifiers: { user: user }
                    event: { is: promised }
                    time: %s
                    properties: %s
                """.formatted(time, properties));
        return Packs.check(pack);
    }

    private FileMapping mapping(String time, String properties) throws IOException {
        return checked(time, properties).pack().orElseThrow().files().getFirst();
    }

    private List<String> problems(String format) throws IOException {
        return checked("{ from: at, format: \"" + format + "\" }", "{ until: until }").problems().stream()
                .map(Problem::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dd.MM.yyyy HH:mm:ss",
                "yyyy-MM-dd",
                "d.M.yy",
                "uuuuMMdd'T'HHmmss",
                "MM/dd/yyyy hh:mm a",
                "yyyy-MM-dd kk:mm",
                "yyyy-DDD HH:mm",
                "YYYY-'W'ww-e HH:mm",
                "yyyy-MM-dd HH:mm:ss.SSS XXX",
                "EEE MMM dd HH:mm:ss yyyy",
                "yyyy-MM-dd HH"
            })
    void a_pattern_that_gives_a_day_and_keeps_the_time_of_day_is_fine(String pattern) throws IOException {
        assertThat(problems(pattern)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yyyy-MM-dd hh:mm:ss | of which half",
                "yyyy-MM-dd KK:mm | of which half",
                "yyyy-MM-dd mm:ss | no hours",
                "YYYY-MM-dd | Write yyyy for the year",
                "yyyy-MM-DD | Write dd for the day of the month",
                "yyyy-mm-dd | Write MM for the month",
                "HH:mm | does not give a day",
                "yyyy-MM-dd{ | is no pattern of times"
            })
    void a_pattern_that_no_text_can_fit_or_that_loses_the_time_of_day_is_an_error(String pattern, String said)
            throws IOException {
        assertThat(problems(pattern)).singleElement().asString().contains("PCK-", said);
    }

    @Test
    void times_of_properties_are_read_in_the_zone_of_the_events_unless_they_name_their_own() throws IOException {
        String berlin = "{ from: at, zone: Europe/Berlin }";
        assertThat(mapping(berlin, "{ until: until }").properties().getFirst().notation())
                .isEqualTo(new Notation.TimeAs(new TimeFormat.Iso(ZoneId.of("Europe/Berlin"))));
        assertThat(mapping(berlin, "{ until: { from: until, format: dd.MM.yyyy } }")
                        .properties()
                        .getFirst()
                        .notation())
                .isEqualTo(new Notation.TimeAs(new TimeFormat.Pattern("dd.MM.yyyy", ZoneId.of("Europe/Berlin"))));
        assertThat(mapping(berlin, "{ until: { from: until, zone: UTC } }")
                        .properties()
                        .getFirst()
                        .notation())
                .isEqualTo(new Notation.TimeAs(new TimeFormat.Iso(ZoneOffset.UTC)));
    }

    @Test
    void days_before_and_after_which_nothing_can_have_happened_can_be_named() throws IOException {
        FileMapping.TimeFrom time = mapping(
                        "{ from: at, earliest: 1970-01-01, latest: 2040-01-01 }", "{ until: until }")
                .time();
        assertThat(time.earliestMillis()).isZero();
        assertThat(time.latestMillis()).isEqualTo(2_208_988_800_000L);
        assertThat(mapping("{ from: at }", "{ until: until }").time().earliestMillis())
                .isEqualTo(31_536_000_000L);
        assertThat(checked("{ from: at, earliest: 1969-12-31 }", "{ until: until }")
                        .problems())
                .singleElement()
                .asString()
                .contains("between 1970-01-01 and 2100-01-01");
        assertThat(checked("{ from: at, earliest: 2030-01-01, latest: 2020-01-01 }", "{ until: until }")
                        .problems())
                .singleElement()
                .asString()
                .contains("no time lies between");
    }
}
