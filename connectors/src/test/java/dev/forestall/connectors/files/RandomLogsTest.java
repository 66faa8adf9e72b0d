package dev.forestall.connectors.files;

import static dev.forestall.connectors.files.Example.mapping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.host.FileMapping.Notation;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random events, written in each format by other means, are read back as they were. */
class RandomLogsTest {

    private static final List<String> COLUMNS = List.of(
            "user", "device", "event", "time", "id", "amount", "items", "channel", "gift", "weight", "due", "took",
            "note", "age");
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> WORDS = List.of(
            "web",
            "with, comma",
            "\"quoted\"",
            "two\nlines",
            "ümläut",
            "日本🙂",
            "<tag> & 'more'",
            "back\\slash",
            "tab\there",
            "x");

    @TempDir
    Path directory;

    /** An event, and the texts of its values by column. */
    private record Written(Event event, Map<String, String> values) {}

    @Test
    void the_same_events_come_out_of_csv_json_and_xes() throws IOException {
        for (long seed = 0; seed < 60; seed++) {
            List<Written> written = random(new Random(seed));
            List<String> expected =
                    written.stream().map(each -> Example.told(each.event)).toList();
            List<String> inOrder = written.stream()
                    .map(Written::event)
                    .sorted(Comparator.comparingLong(Event::atMillis))
                    .map(Example::told)
                    .toList();
            boolean packed = seed % 3 == 0;
            for (Path file : List.of(
                    file("log.csv", csv(written), packed),
                    file("log.jsonl", json(written, new Random(seed)), packed),
                    file("log.xes", xes(written), packed))) {
                assertThat(told(file, minor()))
                        .as("seed %d, %s", seed, file.getFileName())
                        .isEqualTo(expected);
                assertThat(told(file, minor().byTime()))
                        .as("seed %d, %s", seed, file.getFileName())
                        .isEqualTo(inOrder);
            }
        }
    }

    private static Example.Mapping minor() {
        return mapping().property("took", "took", new Notation.LengthIn(1));
    }

    private static List<String> told(Path file, Example.Mapping mapping) {
        var records = Reads.all(file, mapping);
        assertThat(Reads.rejected(records)).isEmpty();
        return Reads.events(records).stream().map(Example::told).toList();
    }

    private Path file(String name, String content, boolean packed) {
        byte[] bytes = content.getBytes(UTF_8);
        return Reads.file(directory, packed ? name + ".gz" : name, packed ? Reads.gzip(bytes) : bytes);
    }

    private static List<Written> random(Random random) {
        List<Written> events = new ArrayList<>();
        for (int i = 1 + random.nextInt(40); i > 0; i--) {
            EventType type =
                    Example.PLAN.types().get(random.nextInt(Example.PLAN.types().size()));
            long at = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli() + random.nextInt(20) * 86_400_123L;
            Map<String, String> values = new LinkedHashMap<>();
            var event = Event.of(Example.PLAN, type, "e" + i, at);
            values.put("id", "e" + i);
            values.put("event", type.name());
            values.put("time", Instant.ofEpochMilli(at).toString());
            values.put("user", "u" + random.nextInt(9));
            event.identifier(0, values.get("user"));
            if (random.nextBoolean()) {
                values.put("device", "d" + random.nextInt(9));
                event.identifier(1, values.get("device"));
            }
            for (Property property : type.properties()) {
                if (property.required() || random.nextInt(3) > 0) {
                    values.put(property.name(), value(property, random, event));
                }
            }
            events.add(new Written(event.build(), values));
        }
        return events;
    }

    private static String value(Property property, Random random, Event.Builder event) {
        int slot = property.slot();
        return switch (property.type()) {
            case STRING -> {
                String word = WORDS.get(random.nextInt(WORDS.size()));
                event.text(slot, word);
                yield word;
            }
            case NUMBER -> {
                double number = random.nextInt(4) == 0 ? random.nextInt(100) : random.nextGaussian() * 1e3;
                event.number(slot, number);
                yield String.valueOf(number);
            }
            case BOOLEAN -> {
                boolean truth = random.nextBoolean();
                event.whole(slot, truth ? 1 : 0);
                yield String.valueOf(truth);
            }
            case MONEY -> {
                long minor = random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L);
                event.whole(slot, minor);
                yield BigDecimal.valueOf(minor, 2).toPlainString();
            }
            case TIME -> {
                long millis = random.nextLong(4_000_000_000_000L);
                event.whole(slot, millis);
                yield Instant.ofEpochMilli(millis).toString();
            }
            case INTEGER, DURATION -> {
                long whole = random.nextLong() >> random.nextInt(20, 60);
                event.whole(slot, whole);
                yield String.valueOf(whole);
            }
        };
    }

    private static String csv(List<Written> written) {
        StringBuilder csv = new StringBuilder(String.join(",", COLUMNS)).append('\n');
        for (Written each : written) {
            csv.append(String.join(
                            ",",
                            COLUMNS.stream()
                                    .map(column -> each.values.getOrDefault(column, ""))
                                    .map(value -> "\"" + value.replace("\"", "\"\"") + "\"")
                                    .toList()))
                    .append('\n');
        }
        return csv.toString();
    }

    private static String json(List<Written> written, Random random) throws IOException {
        StringWriter lines = new StringWriter();
        for (Written each : written) {
            StringWriter line = new StringWriter();
            try (JsonGenerator json = JSON.createGenerator(line)) {
                json.writeStartObject();
                for (var value : each.values.entrySet()) {
                    json.writeFieldName(value.getKey());
                    boolean isNumber =
                            List.of("amount", "items", "weight", "took", "age").contains(value.getKey());
                    if (isNumber && random.nextBoolean()) {
                        json.writeNumber(new BigDecimal(value.getValue()));
                    } else if (value.getKey().equals("gift")) {
                        json.writeBoolean(value.getValue().equals("true"));
                    } else {
                        json.writeString(value.getValue());
                    }
                }
                json.writeEndObject();
            }
            lines.append(line.toString()).append('\n');
        }
        return lines.toString();
    }

    private static String xes(List<Written> written) {
        StringBuilder xes = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log><trace>\n");
        for (Written each : written) {
            xes.append("<event>");
            each.values.forEach((key, value) -> xes.append("<string key=\"")
                    .append(key)
                    .append("\" value=\"")
                    .append(value.replace("&", "&amp;")
                            .replace("<", "&lt;")
                            .replace("\"", "&quot;")
                            .replace("\n", "&#10;")
                            .replace("\t", "&#9;"))
                    .append("\"/>"));
            xes.append("</event>\n");
        }
        return xes.append("</trace></log>\n").toString();
    }
}
