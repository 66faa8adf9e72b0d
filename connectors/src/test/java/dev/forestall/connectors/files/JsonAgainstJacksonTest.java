package dev.forestall.connectors.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random objects, whole and damaged, are read and refused as a strict reader of another make reads and refuses them. */
class JsonAgainstJacksonTest {

    private static final List<String> PLACES = List.of("a", "b.c", "b.d.e", "f", "user.name", "ü");

    private static final JsonFactory JACKSON = new JsonFactory();

    @Test
    void whole_objects_give_the_same_values() {
        for (long seed = 0; seed < 5_000; seed++) {
            byte[] object = new Writer(seed).object().getBytes(UTF_8);

            var expected = jackson(object);
            assertThat(ours(object))
                    .as("seed %d: %s", seed, new String(object, UTF_8))
                    .isEqualTo(expected);
            assertThat(expected).isNotNull();
        }
    }

    @Test
    void damaged_objects_are_refused_or_read_alike() {
        int refused = 0;
        for (long seed = 0; seed < 40_000; seed++) {
            byte[] object = damaged(new Writer(seed).object().getBytes(UTF_8), new Random(seed));
            if (Utf8.firstBad(object, 0, object.length) >= 0) {
                continue;
            }
            var expected = jackson(object);
            assertThat(ours(object))
                    .as("seed %d: %s", seed, new String(object, UTF_8))
                    .isEqualTo(expected);
            refused += expected == null ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(20_000);
    }

    @Test
    void who_has_met_an_object_before_reads_what_has_become_of_it_as_anybody_does() {
        for (long seed = 0; seed < 40_000; seed++) {
            byte[] met = new Writer(seed).object().getBytes(UTF_8);
            byte[] object = damaged(met, new Random(seed));
            if (Utf8.firstBad(object, 0, object.length) >= 0) {
                continue;
            }
            JsonFields fields = fields();
            ours(fields, met);
            ours(fields, new Writer(seed + 1).object().getBytes(UTF_8));
            assertThat(ours(fields, met)).isEqualTo(jackson(met));
            assertThat(ours(fields, object))
                    .as("seed %d: %s", seed, new String(object, UTF_8))
                    .isEqualTo(jackson(object));
        }
    }

    @Test
    void a_line_that_is_taken_for_one_of_a_known_shape_is_what_stands_on_it() {
        int along = 0;
        int others = 0;
        for (long seed = 0; seed < 40_000; seed++) {
            Random random = new Random(seed);
            byte[] met = new Writer(seed).object().getBytes(UTF_8);
            byte[] object = random.nextInt(3) == 0 ? met.clone() : damaged(met, random);
            if (random.nextInt(8) == 0) {
                object[random.nextInt(object.length)] = (byte) random.nextInt(0x80, 0x100);
            }
            byte[] among = Arrays.copyOf(object, object.length + 20);
            byte[] behind = List.of("\n", "\r\n", "\r", " \n", "")
                    .get(random.nextInt(5))
                    .getBytes(UTF_8);
            System.arraycopy(behind, 0, among, object.length, behind.length);
            JsonFields fields = fields();
            ours(fields, met);

            int end = fields.readLine(among, 0, object.length + behind.length - (random.nextInt(4) == 0 ? 1 : 0));

            if (end >= 0) {
                along++;
                others += Arrays.equals(object, met) ? 0 : 1;
                byte[] line = Arrays.copyOf(among, end);
                assertThat(new String(line, UTF_8)).isEqualTo(line(among));
                assertThat(Utf8.firstBad(line, 0, end)).isNegative();
                assertThat(values(fields))
                        .as("seed %d: %s", seed, new String(line, UTF_8))
                        .isEqualTo(jackson(line));
            }
        }
        assertThat(along).isGreaterThan(2_000);
        assertThat(others).isGreaterThan(100);
    }

    /** What stands before the first line end. */
    private static String line(byte[] bytes) {
        return new String(bytes, UTF_8).split("\r?\n", 2)[0];
    }

    @Test
    void a_stream_of_ever_different_objects_is_read_as_one_by_one() {
        JsonFields fields = fields();
        for (long seed = 0; seed < 20_000; seed++) {
            byte[] object =
                    new Writer(seed % 3 == 0 ? seed : seed % 20).object().getBytes(UTF_8);
            assertThat(ours(fields, object)).as("seed %d", seed).isEqualTo(jackson(object));
        }
    }

    @Test
    void long_names_and_long_lists_are_read_every_time_and_not_kept() {
        JsonFields fields = fields();
        for (int i = 0; i < 40; i++) {
            byte[] names = ("{\"" + "n".repeat(30_000 + i) + "\":1,\"a\":\"x\"}").getBytes(UTF_8);
            byte[] list = ("{\"other\":[" + "1,".repeat(2_000 + i) + "1],\"a\":\"y\"}").getBytes(UTF_8);
            assertThat(ours(fields, names)).isEqualTo(jackson(names));
            assertThat(ours(fields, list)).isEqualTo(jackson(list));
        }
        assertThat(fields.shapes().bytes()).isLessThanOrEqualTo(1 << 16);
    }

    /** The values of the places, or null when the object is malformed. */
    private static @Nullable List<@Nullable String> ours(byte[] object) {
        return ours(fields(), object);
    }

    private static JsonFields fields() {
        Places places = new Places();
        PLACES.forEach(places::number);
        return new JsonFields(places);
    }

    private static @Nullable List<@Nullable String> ours(JsonFields fields, byte[] object) {
        byte[] among = new byte[object.length + 40];
        Arrays.fill(among, (byte) '"');
        System.arraycopy(object, 0, among, 20, object.length);
        return fields.read(among, 20, 20 + object.length).isPresent() ? null : values(fields);
    }

    private static List<@Nullable String> values(JsonFields fields) {
        List<@Nullable String> values = new ArrayList<>();
        for (int place = 0; place < PLACES.size(); place++) {
            values.add(fields.values().text(place));
        }
        return values;
    }

    private static @Nullable List<@Nullable String> jackson(byte[] object) {
        @Nullable String[] values = new String[PLACES.size()];
        try (JsonParser json = JACKSON.createParser(object)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            readObject(json, "", values);
            return json.nextToken() == null ? Arrays.asList(values) : null;
        } catch (IOException malformed) {
            return null;
        }
    }

    /** The standard leaves open what half a surrogate pair is; we refuse it, for it cannot be written as UTF-8. */
    private static String whole(String text) throws IOException {
        if (text.codePoints().anyMatch(one -> one >= Character.MIN_SURROGATE && one <= Character.MAX_SURROGATE)) {
            throw new IOException("half a character");
        }
        return text;
    }

    /** Names on the way are joined by a zero, which no name holds, for names may hold dots. */
    private static void readObject(JsonParser json, String above, @Nullable String[] values) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String path = above + json.currentName();
            int place = place(path);
            boolean leadsOn =
                    PLACES.stream().anyMatch(wanted -> wanted.replace('.', '\0').startsWith(path + '\0'));
            JsonToken token = json.nextToken();
            boolean isStructure = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
            if (token == JsonToken.START_OBJECT && leadsOn) {
                readObject(json, path + '\0', values);
            } else if (isStructure) {
                json.skipChildren();
            }
            if (place >= 0) {
                values[place] = isStructure
                        ? RecordValues.STRUCTURE
                        : token == JsonToken.VALUE_NULL ? null : whole(json.getText());
            }
        }
    }

    private static int place(String path) {
        for (int place = 0; place < PLACES.size(); place++) {
            if (PLACES.get(place).replace('.', '\0').equals(path)
                    || PLACES.get(place).equals(path)) {
                return place;
            }
        }
        return -1;
    }

    private static byte[] damaged(byte[] object, Random random) {
        byte[] changed = object.clone();
        byte[] signs = "{}[]\",:\\ntf0123456789-+.eE ux\t'/*N".getBytes(UTF_8);
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            int at = random.nextInt(changed.length);
            byte sign = signs[random.nextInt(signs.length)];
            changed = switch (random.nextInt(4)) {
                case 0 -> Arrays.copyOf(changed, Math.max(1, at));
                case 1 -> without(changed, at);
                case 2 -> with(changed, at, sign);
                default -> {
                    changed[at] = sign;
                    yield changed;
                }
            };
        }
        return changed;
    }

    private static byte[] without(byte[] bytes, int at) {
        byte[] less = new byte[Math.max(1, bytes.length - 1)];
        System.arraycopy(bytes, 0, less, 0, Math.min(at, less.length));
        System.arraycopy(bytes, at + 1, less, Math.min(at, less.length), Math.max(0, bytes.length - at - 1));
        return less;
    }

    private static byte[] with(byte[] bytes, int at, byte sign) {
        byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, at, more, at + 1, bytes.length - at);
        more[at] = sign;
        return more;
    }

    /** Writes random objects, with names that are wanted and others, and white space in between. */
    private record Writer(Random random) {

        private static final List<String> NAMES = List.of(
                "a",
                "b",
                "c",
                "d",
                "e",
                "f",
                "user",
                "name",
                "user.name",
                "b.c",
                "ü",
                "other",
                "日本",
                "a\\u0062",
                "\\u0061");
        private static final List<String> TEXTS = List.of(
                "",
                "x",
                "some words",
                "\\\"quoted\\\"",
                "back\\\\slash",
                "\\u00e9\\n\\t\\/",
                "ä日本🙂",
                "\\ud83d\\ude42",
                "it's 5/6",
                "abcdefghijklmnopqrstuvwxyz0123456789",
                "[1,2]",
                "{",
                "2025-03-01T10:00:00Z");
        private static final List<String> NUMBERS = List.of(
                "0", "-0", "1", "-12", "12.5", "1e5", "1E-5", "-1.25e+3", "123456789012345678901234567890", "0.000001");

        Writer(long seed) {
            this(new Random(seed));
        }

        String object() {
            return space() + object(0) + space();
        }

        private String object(int depth) {
            List<String> fields = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                fields.add(space() + '"' + pick(NAMES) + '"' + space() + ':' + space() + value(depth + 1) + space());
            }
            return "{" + String.join(",", fields) + "}";
        }

        private String value(int depth) {
            return switch (random.nextInt(depth > 4 ? 5 : 8)) {
                case 0 -> "true";
                case 1 -> "false";
                case 2 -> "null";
                case 3 -> pick(NUMBERS);
                case 4 -> '"' + pick(TEXTS) + '"';
                case 5 -> array(depth);
                default -> object(depth);
            };
        }

        private String array(int depth) {
            List<String> values = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                values.add(space() + value(depth + 1) + space());
            }
            return "[" + String.join(",", values) + "]";
        }

        private String space() {
            return pick(List.of("", "", "", " ", "\t", "  "));
        }

        private String pick(List<String> from) {
            return from.get(random.nextInt(from.size()));
        }
    }
}
