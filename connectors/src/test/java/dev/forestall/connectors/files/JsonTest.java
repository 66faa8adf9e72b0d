package dev.forestall.connectors.files;

import static dev.forestall.connectors.files.Example.mapping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.host.FileMapping.Notation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON Lines: what is accepted, and what is rejected. */
class JsonTest {

    private static final String AT = "\"time\":\"2025-03-01T10:00:00Z\"";
    private static final String GOOD = "{\"user\":\"u\",\"event\":\"visit\"," + AT + "}";
    private static final String TOLD = "visit at 2025-03-01T10:00:00Z id  userId=u";

    @TempDir
    Path directory;

    private List<String> lines(Example.Mapping mapping, String... lines) {
        Path file = Reads.file(directory, "events.jsonl", String.join("\n", lines));
        return Reads.told(Reads.all(file, mapping));
    }

    /** One object, read alone and between other bytes in a larger array, which must not matter. */
    private static String one(Example.Mapping mapping, String object) {
        byte[] alone = object.getBytes(UTF_8);
        byte[] among = (GOOD + object + "\"}]" + GOOD).getBytes(UTF_8);
        int from = GOOD.length();
        var events = new JsonEvents(mapping.build(), Example.PLAN);
        long latest = Example.LATEST.toEpochMilli();
        String told = told(events.read(alone, 0, alone.length, latest));
        assertThat(told(events.read(among, from, from + alone.length, latest))).isEqualTo(told);
        return told;
    }

    private static String told(Reading reading) {
        return switch (reading) {
            case Reading.Good good -> Example.told(good.event());
            case Reading.Bad bad -> bad.rejected().toString();
            case Reading.Ignored ignored -> "ignored";
        };
    }

    @Test
    void values_are_found_at_any_depth_and_what_nobody_asks_for_is_passed_over() {
        var mapping = mapping()
                .only("userId", "context.user.id")
                .property("amount", "properties.amount", new Notation.Plain())
                .property("items", "properties.items", new Notation.Plain())
                .property("gift", "properties.gift", new Notation.Plain())
                .property("channel", "context.channel", new Notation.Plain())
                .eventId("messageId");

        assertThat(lines(
                        mapping,
                        " { \"context\" : {\"user\":{\"x\":[1,{\"id\":9}],\"id\":\"u\"},\"channel\":\"w\\u00e9b \\\"x\\\"\\n\"} ,"
                                + "\"event\":\"order_placed\"," + AT
                                + ", \"properties\":{\"amount\":12.50,\"items\":3,\"gift\":true,"
                                + "\"other\":{\"amount\":7}},\"messageId\":\"m-1\",\"tags\":[\"a\",{}],\"empty\":{},\"none\":null}",
                        "{\"context.user.id\":\"u\",\"event\":\"visit\"," + AT + "}"))
                .containsExactly(
                        "1: order_placed at 2025-03-01T10:00:00Z id m-1 userId=u amount=1250 items=3 channel=wéb \"x\"\n gift=1",
                        "2: " + TOLD);
    }

    @Test
    void numbers_and_truths_may_stand_where_texts_are_wanted_and_the_other_way_round() {
        var mapping = mapping()
                .only("userId", "user")
                .property("amount", "amount", new Notation.Plain())
                .property("gift", "gift", new Notation.Plain())
                .property("channel", "channel", new Notation.Plain());

        assertThat(one(
                        mapping,
                        "{\"user\":4711,\"event\":\"order_placed\"," + AT
                                + ",\"amount\":\"0.1\",\"gift\":\"true\",\"channel\":1.50}"))
                .isEqualTo("order_placed at 2025-03-01T10:00:00Z id  userId=4711 amount=10 channel=1.50 gift=1");
        assertThat(one(
                        mapping,
                        "{\"user\":\"u\",\"event\":\"order_placed\"," + AT + ",\"amount\":1E2,\"channel\":false}"))
                .isEqualTo("order_placed at 2025-03-01T10:00:00Z id  userId=u amount=10000 channel=false");
    }

    @Test
    void null_is_no_value() {
        assertThat(one(mapping(), "{\"user\":null,\"device\":\"d\",\"event\":\"visit\"," + AT + "}"))
                .isEqualTo("visit at 2025-03-01T10:00:00Z id  device=d");
    }

    @Test
    void a_list_or_an_object_is_no_value_of_a_property() {
        String start = "{\"user\":\"u\",\"event\":\"contact\"," + AT + ",\"channel\":";

        assertThat(one(mapping(), start + "[1,2]}"))
                .isEqualTo("EVT-006 channel: found a list or an object, expected a text");
        assertThat(one(mapping(), start + "{\"a\":1}}"))
                .isEqualTo("EVT-006 channel: found a list or an object, expected a text");
        assertThat(one(mapping(), "{\"user\":[\"u\"],\"event\":\"visit\"," + AT + "}"))
                .startsWith("EVT-002");
        assertThat(one(mapping(), "{\"user\":\"u\",\"event\":\"visit\",\"time\":{}}"))
                .startsWith("EVT-003 time: found a list");
        assertThat(one(mapping(), "{\"user\":\"u\",\"event\":{},\"time\":{}}"))
                .startsWith("EVT-001 event: found a list");
    }

    @Test
    void a_name_that_stands_twice_counts_the_last_time() {
        assertThat(one(mapping(), "{\"user\":\"a\",\"event\":\"visit\"," + AT + ",\"user\":\"u\"}"))
                .isEqualTo(TOLD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"us\\u0065r\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":\"\\u0075\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "\t{ \"user\" :\t\"u\" , \"event\" : \"visit\" , \"time\" : \"2025-03-01T10:00:00Z\" } \r",
                "{\"x\":{\"user\":\"v\"},\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"ü\":1,\"日本\":\"語\",\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"url\":\"https://x/?a='b'\",\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"e\":\"\",\"n\":-0.5e-3,\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}"
            })
    void well_formed_objects_are_read(String object) {
        assertThat(one(mapping(), object)).isEqualTo(TOLD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "\"text\"",
                "{",
                "{\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"",
                "{\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z",
                "{\"user\":\"u\" \"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\",}",
                "{,\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":\"u\",,\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}}",
                "{\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"} {}",
                "{\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"},",
                "{'user':'u','event':'visit','time':'2025-03-01T10:00:00Z'}",
                "{user:\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{/*x*/\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}//x",
                "{\"user\":tru,\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":truex,\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":nul,\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":NaN,\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":Infinity,\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":-,\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":1..2,\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":1-2,\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":0x10,\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":1L,\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"x\":01,\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"x\":\"a\tb\",\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":\"\\ud83d\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"x\":0x10,\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"x\":tru,\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"x\":[1 2],\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"x\":[1,2,\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"x\":{\"a\"},\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"x\":{\"a\":1 \"b\":2},\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"x\":\"\\q\",\"user\":\"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":\"\\q\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":\"\\u12\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\":,\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\" \"u\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}",
                "{\"user\",\"event\":\"visit\",\"time\":\"2025-03-01T10:00:00Z\"}"
            })
    void malformed_objects_are_rejected(String object) {
        assertThat(one(mapping(), object)).startsWith("EVT-007: ");
    }

    @Test
    void an_object_nested_without_end_is_rejected() {
        for (String bracket : List.of("[", "{\"a\":")) {
            for (int depth : List.of(65, 1000, 100_000)) {
                assertThat(one(mapping(), "{\"x\":" + bracket.repeat(depth))).startsWith("EVT-007: ");
            }
        }
        assertThat(one(mapping(), "{\"x\":" + "[".repeat(60) + "]".repeat(60) + GOOD.replace('{', ',')))
                .isEqualTo(TOLD);
    }

    @Test
    void bytes_that_are_not_utf8_are_rejected() {
        byte[] bytes = GOOD.replace("u\"", "?\"").getBytes(UTF_8);
        bytes[GOOD.indexOf("u\",")] = (byte) 0xe9;
        var events = new JsonEvents(mapping().build(), Example.PLAN);

        assertThat(told(events.read(bytes, 0, bytes.length, Example.LATEST.toEpochMilli())))
                .isEqualTo("EVT-007: found bytes that are not UTF-8");
    }

    @Test
    void a_bad_line_among_good_ones_knows_its_place() {
        Path file = Reads.file(directory, "events.jsonl", GOOD + "\r\n\n" + "{\"user\":\n" + GOOD + "\n");
        var records = Reads.all(file, mapping());

        assertThat(Reads.told(records))
                .containsExactly(
                        "1: " + TOLD,
                        "3: EVT-007: found the end instead of a value, at place 9 of the record",
                        "4: " + TOLD);
        assertThat(records.get(1)).isInstanceOfSatisfying(FileRecord.Rejection.class, rejection -> {
            assertThat(rejection.raw()).isEqualTo("{\"user\":");
            assertThat(rejection.offset()).isEqualTo(GOOD.length() + 3);
            assertThat(rejection.origin().ordinal()).isEqualTo(1);
        });
    }

    @Test
    void a_line_that_is_too_long_is_rejected_whatever_its_length() {
        for (int length : List.of(1025, 3000, 100_000)) {
            Path file = Reads.file(
                    directory, "events.jsonl", GOOD + "\n{\"x\":\"" + "y".repeat(length) + "\"}\n" + GOOD + "\n");

            var records = Reads.all(
                    file, mapping().build(), FileOptions.upTo(Example.LATEST).withRecordLimit(1024));

            assertThat(Reads.told(records))
                    .containsExactly(
                            "1: " + TOLD,
                            "2: EVT-008: found a record of more than 1024 bytes, the limit for one",
                            "3: " + TOLD);
        }
    }

    @Test
    void lines_of_any_length_up_to_the_limit_are_read_whole() {
        for (String lineEnd : List.of("\n", "\r\n")) {
            StringBuilder content = new StringBuilder();
            List<String> expected = new ArrayList<>();
            Random random = new Random(7);
            for (int line = 1; line <= 60; line++) {
                int padding = switch (random.nextInt(6)) {
                    case 0 -> (1 << 20) - 90 + random.nextInt(60);
                    case 1 -> (1 << 20) + random.nextInt(200_000);
                    case 2 -> (1 << 16) - 60 + random.nextInt(120);
                    default -> random.nextInt(300_000);
                };
                String object = "{\"pad\":\"" + "x".repeat(padding) + "\"," + GOOD.substring(1);
                content.append(object).append(lineEnd);
                expected.add(line + ": "
                        + (object.length() < 1 << 20
                                ? TOLD
                                : "EVT-008: found a record of more than 1048576 bytes, the limit for one"));
            }
            Path file = Reads.file(directory, "events.jsonl", content.toString());

            assertThat(Reads.told(Reads.all(file, mapping()))).isEqualTo(expected);
        }
    }

    @Test
    void a_last_line_without_a_line_end_is_read_wherever_the_file_ends() {
        for (int size : List.of(1 << 18, 1 << 19, 1 << 20)) {
            for (int last : List.of(70_000, 140_000, size)) {
                StringBuilder content = new StringBuilder();
                while (size - last - content.length() > 1_000) {
                    content.append(padded(200)).append('\n');
                }
                if (size > last) {
                    content.append(padded(size - last - content.length() - 1)).append('\n');
                }
                content.append(padded(last));
                Path file = Reads.file(directory, "events.jsonl", content.toString());
                var options = FileOptions.upTo(Example.LATEST).withRecordLimit(size);

                assertThat(content).hasSize(size);
                assertThat(Reads.told(Reads.all(file, mapping().build(), options)))
                        .allMatch(told -> told.endsWith(": " + TOLD))
                        .hasSize((int) content.chars().filter(c -> c == '\n').count() + 1);
            }
        }
    }

    /** A good object of that many bytes. */
    private static String padded(int length) {
        String head = "{\"pad\":\"";
        String tail = "\"," + GOOD.substring(1);
        return head + "x".repeat(length - head.length() - tail.length()) + tail;
    }

    @Test
    void a_return_before_the_line_end_belongs_to_the_line_only_where_two_stand() {
        String bad = GOOD.replace("visit", "visot");
        Path file = Reads.file(directory, "events.jsonl", GOOD + "\r\r\n" + bad + "\r\n" + bad + "\r\r\n");

        assertThat(Reads.all(file, mapping()).stream()
                        .filter(FileRecord.Rejection.class::isInstance)
                        .map(record -> ((FileRecord.Rejection) record).raw()))
                .containsExactly(bad, bad + "\r");
    }

    @Test
    void bytes_that_are_not_utf8_are_noticed_in_the_middle_of_a_stream() {
        byte[] bytes = (GOOD + "\n" + GOOD.replace("\"u\"", "\"?\"") + "\n" + GOOD.replace("\"u\"", "\"\u00fc\"")
                        + "\n")
                .getBytes(UTF_8);
        bytes[new String(bytes, UTF_8).indexOf('?')] = (byte) 0xe9;
        Path file = Reads.file(directory, "events.jsonl", bytes);

        assertThat(Reads.told(Reads.all(file, mapping())))
                .containsExactly(
                        "1: " + TOLD,
                        "2: EVT-007: found the byte 0xE9 at place 10 of the record, which is not UTF-8; is the file in another"
                                + " encoding, such as Windows-1252? Then convert it, for instance with iconv",
                        "3: " + TOLD.replace("=u", "=\u00fc"));
    }

    @Test
    void a_file_without_what_every_event_needs_is_refused_at_once() {
        assertThatThrownBy(() -> lines(mapping(), "{\"User\":\"u\",\"context\":{\"event\":\"visit\"},\"tim\":1}", "x"))
                .isInstanceOf(WrongFile.class)
                .hasMessage(
                        "CON-004 events.jsonl: none of the first 2 records has 'user' (but 'User') or 'device', nor 'time' (but"
                                + " 'tim'), nor 'event'. They have User, context.event, tim. Correct the names in the mapping, or use the"
                                + " file the mapping is meant for.");
    }

    @Test
    void an_object_over_several_lines_is_explained() {
        assertThatThrownBy(() -> lines(mapping(), "{", "\"user\":\"u\"", "}"))
                .hasMessageStartingWith("CON-003 events.jsonl: none of the first 3 records can be read.")
                .hasMessageContaining("jq -c .");
    }

    @Test
    void a_json_list_is_explained() {
        assertThatThrownBy(() -> lines(mapping(), "[" + GOOD + "]"))
                .hasMessage(
                        "CON-003 events.jsonl is one JSON list; expected one object on each line. Convert it, for instance:"
                                + " jq -c '.[]' events.jsonl");
    }
}
