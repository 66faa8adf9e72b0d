package dev.forestall.connectors.files;

import static dev.forestall.connectors.files.Example.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.Notation;
import dev.forestall.loop.host.FileMapping.TimeFormat;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How values are written, and what is rejected. */
class ValuesTest {

    private static final String START = "order_placed at 2025-03-01T10:00:00Z id  userId=u1 ";

    @TempDir
    Path directory;

    private String read(String property, Notation notation, String value) {
        String amount = property.equals("amount") ? "" : ",amount";
        var mapping = mapping().only("userId", "user").property(property, property, notation);
        if (!amount.isEmpty()) {
            mapping.property("amount", "amount", new Notation.Plain());
        }
        Path file = Reads.file(
                directory,
                "events.csv",
                "user,event,time," + property + amount + "\nu1,order_placed,2025-03-01T10:00:00Z,\""
                        + value.replace("\"", "\"\"") + "\"" + (amount.isEmpty() ? "" : ",1") + "\n");
        return Reads.told(Reads.all(file, mapping))
                .getFirst()
                .substring(3)
                .replace(START, "")
                .replace("amount=100 ", "");
    }

    private String plain(String property, String value) {
        return read(property, new Notation.Plain(), value);
    }

    @ParameterizedTest
    @CsvSource({
        "12.50, 1250",
        "0.1, 10",
        "-3, -300",
        "+3.2, 320",
        "1e2, 10000",
        ".5, 50",
        "5., 500",
        "' 7.00 ', 700",
        "12.5000, 1250",
        "90071992547409.93, 9007199254740993",
        "0, 0",
        "-0, 0",
        "1e-2, 1"
    })
    void money_is_an_exact_number_of_minor_units(String written, long minor) {
        assertThat(plain("amount", written)).isEqualTo("amount=" + minor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12.505",
                "1,000.00",
                "12,50",
                "EUR 5",
                "1e99999",
                "NaN",
                "Infinity",
                "0x10",
                "1e",
                "--1",
                "1-2",
                "1 000",
                "99999999999999999999",
                "1e-99999",
                "\u0661",
                "1d",
                "1_000"
            })
    void what_is_no_amount_is_rejected(String written) {
        assertThat(plain("amount", written))
                .startsWith("EVT-006 amount: found '")
                .endsWith("expected an amount of EUR such as 12.50");
    }

    @Test
    void money_may_be_written_in_minor_units() {
        assertThat(read("amount", new Notation.MinorUnits(), "1250")).isEqualTo("amount=1250");
        assertThat(read("amount", new Notation.MinorUnits(), "1250.0")).isEqualTo("amount=1250");
        assertThat(read("amount", new Notation.MinorUnits(), "12.50"))
                .isEqualTo("EVT-006 amount: found '12.50', expected a whole number of the smallest unit of EUR");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1.234,56 | 123456", "1.234.567,8 | 123456780", "12,5 | 1250", "12 | 1200", "-1.000 | -100000"})
    void money_may_be_written_with_a_decimal_comma(String written, long minor) {
        assertThat(read("amount", new Notation.Decimal(',', '.'), written)).isEqualTo("amount=" + minor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".1",
                "1.",
                "1,5.0",
                "1..000",
                "1,2,3",
                "12.50",
                "1.5",
                "0.99",
                "1234.567",
                "1.25,00",
                "1.2345",
                "1.234.56",
                ".123",
                "1.23.456"
            })
    void groups_are_of_three_digits_before_the_decimals(String written) {
        assertThat(read("amount", new Notation.Decimal(',', '.'), written))
                .isEqualTo("EVT-006 amount: found '" + written + "', expected an amount of EUR such as 12,50");
    }

    @ParameterizedTest
    @CsvSource({"PT5M, 300000", "P2W, 1209600000", "P1W2DT1H, 781200000", "-P1W, -604800000", "P1D, 86400000"})
    void a_length_of_time_may_be_written_as_iso_8601_writes_it(String written, long millis) {
        assertThat(plain("took", written)).isEqualTo("took=" + millis);
    }

    @ParameterizedTest
    @CsvSource({"42, 42", "5.0, 5", "-7, -7", "9223372036854775807, 9223372036854775807", "1e3, 1000"})
    void a_whole_number_may_end_in_zeros(String written, long value) {
        assertThat(plain("items", written)).isEqualTo("items=" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.5", "9223372036854775808", "many"})
    void what_is_no_whole_number_is_rejected(String written) {
        assertThat(plain("items", written))
                .isEqualTo("EVT-006 items: found '" + written + "', expected a whole number such as 42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "3",
                "-2.5",
                "1e-7",
                "123456789.123456789",
                "9007199254740993",
                "0.000001",
                "1e300",
                "0.1000000000000000055511151231257827",
                "4.35",
                "0.30000000000000004",
                "-0"
            })
    void a_number_is_the_nearest_double(String written) {
        assertThat(plain("weight", written)).isEqualTo("weight=" + Double.parseDouble(written));
    }

    @Test
    void a_number_beyond_all_doubles_is_rejected() {
        assertThat(plain("weight", "1e999")).startsWith("EVT-006 weight");
    }

    @Test
    void true_and_false_are_words() {
        assertThat(plain("gift", "True")).isEqualTo("gift=1");
        assertThat(plain("gift", "false")).isEqualTo("gift=0");
        assertThat(plain("gift", "ja")).isEqualTo("EVT-006 gift: found 'ja', expected one of true or false");
        var dutch = new Notation.Words(Set.of("ja", "j"), Set.of("nee"));
        assertThat(read("gift", dutch, "JA")).isEqualTo("gift=1");
        assertThat(read("gift", dutch, "nee")).isEqualTo("gift=0");
        assertThat(read("gift", dutch, "true")).isEqualTo("EVT-006 gift: found 'true', expected one of j, ja or nee");
    }

    @Test
    void lengths_of_time_are_iso_or_a_number_of_units() {
        assertThat(plain("took", "PT5M")).isEqualTo("took=300000");
        assertThat(plain("took", "5")).startsWith("EVT-006 took: found '5', expected a length of time such as PT5M");
        assertThat(read("took", new Notation.LengthIn(60_000), "1.5")).isEqualTo("took=90000");
        assertThat(read("took", new Notation.LengthIn(1), "99999999999999")).startsWith("EVT-006 took");
    }

    @Test
    void times_of_properties_may_lie_in_the_future() {
        assertThat(plain("due", "2031-05-01")).isEqualTo("due=" + 1_935_360_000_000L);
        assertThat(read("due", new Notation.TimeAs(new TimeFormat.EpochSeconds()), "1935360000"))
                .isEqualTo("due=1935360000000");
        assertThat(plain("due", "soon"))
                .isEqualTo("EVT-006 due: found 'soon', expected a time like 2011-10-01T00:38:44.546+02:00");
    }

    @Test
    void a_notation_that_does_not_suit_the_type_is_refused() {
        assertThatThrownBy(() -> read("items", new Notation.MinorUnits(), "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("property items is of type integer and cannot be written as MinorUnits");
    }

    private List<String> times(TimeFormat format, String... written) {
        StringBuilder content = new StringBuilder("user;event;time\n");
        for (String time : written) {
            content.append("u;visit;").append(time).append('\n');
        }
        Path file = Reads.file(directory, "times.csv", content.toString());
        return Reads.told(Reads.all(
                        file, mapping().only("userId", "user").delimiter(';').time("time", format)))
                .stream()
                .map(told -> told.substring(3).replace("visit at ", "").replace(" id  userId=u", ""))
                .toList();
    }

    @Test
    void iso_times_are_read_as_people_write_them() {
        assertThat(times(
                        new TimeFormat.Iso(ZoneOffset.UTC),
                        "2024-02-29T09:30:15.123456+01:00",
                        "2024-02-29 09:30:15Z",
                        "2024-02-29 09:30",
                        "2024-02-29",
                        "2024-02-29T09:30:15,5-0330",
                        "2024-02-29 09:30:15 UTC",
                        "2024-02-29T09:30+02"))
                .containsExactly(
                        "2024-02-29T08:30:15.123Z",
                        "2024-02-29T09:30:15Z",
                        "2024-02-29T09:30:00Z",
                        "2024-02-29T00:00:00Z",
                        "2024-02-29T13:00:15.500Z",
                        "2024-02-29T09:30:15Z",
                        "2024-02-29T07:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29",
                "2024-13-01",
                "2024-00-10",
                "2024-04-31",
                "2024-1-01",
                "24-01-01",
                "2024-02-29T24:00",
                "2024-02-29T09:60",
                "2024-02-29T09:30:60",
                "2024-02-29T09:30:",
                "2024-02-29T09:30:15.",
                "2024-02-29T09:30:15+1",
                "2024-02-29T09:30:15+19:00",
                "2024-02-29T09:30:15+01:00x",
                "2024-02-29T0930",
                "2024/02/29",
                "yesterday",
                "2024-02-29T09:30:15 ",
                "\u0662024-02-29"
            })
    void what_is_no_iso_time_is_rejected(String written) {
        assertThat(times(new TimeFormat.Iso(ZoneOffset.UTC), written).getFirst())
                .isEqualTo("EVT-003 time: found '" + written + "', expected a time like 2011-10-01T00:38:44.546+02:00");
    }

    @Test
    void a_time_without_offset_is_in_the_zone_of_the_mapping() {
        assertThat(times(
                        new TimeFormat.Iso(ZoneId.of("Europe/Amsterdam")),
                        "2024-01-10T12:00",
                        "2024-07-10T12:00",
                        "2024-07-10T12:00Z",
                        "2024-03-31T02:30",
                        "2024-10-27T02:30",
                        "1999-12-31"))
                .containsExactly(
                        "2024-01-10T11:00:00Z",
                        "2024-07-10T10:00:00Z",
                        "2024-07-10T12:00:00Z",
                        "2024-03-31T01:30:00Z",
                        "2024-10-27T00:30:00Z",
                        "1999-12-30T23:00:00Z");
    }

    @Test
    void a_time_may_be_a_count_since_1970() {
        assertThat(times(new TimeFormat.EpochSeconds(), "1700000000", "1700000000.1239", "1.7e9"))
                .containsExactly("2023-11-14T22:13:20Z", "2023-11-14T22:13:20.123Z", "2023-11-14T22:13:20Z");
        assertThat(times(new TimeFormat.EpochMillis(), "1700000000123", "1700000000123.9"))
                .containsExactly("2023-11-14T22:13:20.123Z", "2023-11-14T22:13:20.123Z");
        assertThat(times(new TimeFormat.EpochMicros(), "1700000000123999")).containsExactly("2023-11-14T22:13:20.123Z");
    }

    @Test
    void a_time_may_follow_a_pattern() {
        assertThat(times(
                        new TimeFormat.Pattern("d.M.yyyy HH:mm", ZoneId.of("Europe/Berlin")),
                        "1.7.2024 09:30",
                        "31.6.2024 09:30"))
                .containsExactly(
                        "2024-07-01T07:30:00Z",
                        "EVT-003 time: found '31.6.2024 09:30', expected a time like d.M.yyyy HH:mm");
        assertThat(times(new TimeFormat.Pattern("uuuu/MM/dd", ZoneOffset.UTC), "2024/02/29", "2023/02/29"))
                .containsExactly(
                        "2024-02-29T00:00:00Z", "EVT-003 time: found '2023/02/29', expected a time like uuuu/MM/dd");
        assertThat(times(new TimeFormat.Pattern("dd-MMM-yy", ZoneOffset.UTC), "01-JUL-24"))
                .containsExactly("2024-07-01T00:00:00Z");
        assertThat(times(
                        new TimeFormat.Pattern("MM/dd/yyyy hh:mm a XXX", ZoneOffset.UTC), "07/01/2024 09:30 pm +02:00"))
                .containsExactly("2024-07-01T19:30:00Z");
    }

    @Test
    void impossible_times_are_rejected_with_a_hint() {
        assertThat(times(
                        new TimeFormat.Iso(ZoneOffset.UTC),
                        "1900-01-01",
                        "2031-06-01",
                        "2026-01-01T23:00",
                        "2026-01-02T03:00"))
                .containsExactly(
                        "EVT-004 time: found '1900-01-01', which is 1900-01-01T00:00:00Z, before 1971-01-01; a stand-in for no time at all?"
                                + " Name it among the absent values of the mapping",
                        "EVT-004 time: found '2031-06-01', which is 2031-06-01T00:00:00Z, 5 years later than can be",
                        "2026-01-01T23:00:00Z",
                        "EVT-004 time: found '2026-01-02T03:00', which is 2026-01-02T03:00:00Z, 3 hours later than can be");
    }

    @Test
    void seconds_and_milliseconds_confused_are_recognised() {
        assertThat(times(new TimeFormat.EpochSeconds(), "1700000000123"))
                .containsExactly(
                        "EVT-004 time: found '1700000000123', which is +55840-11-08T22:15:23Z, 53814 years later than can be;"
                                + " as a number of milliseconds since 1970 it would be 2023-11-14T22:13:20.123Z: maybe the mapping names another"
                                + " unit than the file has?");
        assertThat(times(new TimeFormat.Iso(ZoneOffset.UTC), "1700000000123").getFirst())
                .startsWith("EVT-003 time: found '1700000000123', expected a time like")
                .contains("as a number of milliseconds since 1970 it would be 2023-11-14");
    }

    /** Until the year 2969 every count of seconds, taken for milliseconds, lies in 1970. */
    @Test
    void seconds_taken_for_milliseconds_and_zero_for_no_time_are_rejected() {
        assertThat(times(new TimeFormat.EpochMillis(), "1741000000", "0"))
                .containsExactly(
                        "EVT-004 time: found '1741000000', which is 1970-01-21T03:36:40Z, before 1971-01-01;"
                                + " as a number of seconds since 1970 it would be 2025-03-03T11:06:40Z: maybe the mapping names another unit"
                                + " than the file has?",
                        "EVT-004 time: found '0', which is 1970-01-01T00:00:00Z, before 1971-01-01; a stand-in for no time at all?"
                                + " Name it among the absent values of the mapping");
        assertThat(times(new TimeFormat.EpochSeconds(), "0").getFirst()).startsWith("EVT-004 time: found '0'");
    }

    @Test
    void a_mapping_may_let_in_what_is_earlier_or_later_than_usual() {
        var mapping = mapping()
                .only("userId", "user")
                .property("amount", "amount", new Notation.Plain())
                .time(new FileMapping.TimeFrom(
                        "time",
                        new TimeFormat.Iso(ZoneOffset.UTC),
                        Instant.parse("1970-01-01T00:00:00Z").toEpochMilli(),
                        Instant.parse("2040-01-01T00:00:00Z").toEpochMilli()));
        Path file = Reads.file(directory, "events.csv", """
                user,event,time,amount
                u1,order_placed,1970-05-01T00:00:00Z,1
                u1,order_placed,2039-05-01T00:00:00Z,1
                u1,order_placed,2040-05-01T00:00:00Z,1
                """);
        assertThat(Reads.told(Reads.all(file, mapping)))
                .satisfiesExactly(
                        early -> assertThat(early).contains("order_placed at 1970-05-01"),
                        future -> assertThat(future).contains("order_placed at 2039-05-01"),
                        late -> assertThat(late).contains("EVT-004"));
    }
}
