package dev.forestall.pack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.forestall.pack.Baselines.Provenance;
import dev.forestall.pack.Baselines.Share;
import dev.forestall.pack.Baselines.Times;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Baselines as {@code baselines.json}: readable, and the same text for the same baselines. */
public final class BaselinesFile {

    private static final JsonFactory JSON = new JsonFactory();

    /** The version of the format. */
    private static final int SCHEMA = 1;

    private BaselinesFile() {}

    /** As the text of the file. */
    public static String write(Baselines baselines) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            write(json, baselines.provenance());
            json.writeObjectFieldStart("times");
            for (Map.Entry<String, Times> each : baselines.times().entrySet()) {
                write(json, each.getKey(), each.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("shares");
            for (Map.Entry<String, Share> each : baselines.shares().entrySet()) {
                json.writeObjectFieldStart(each.getKey());
                json.writeNumberField("tried", each.getValue().tried());
                json.writeNumberField("hit", each.getValue().hit());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, Provenance provenance) throws IOException {
        json.writeObjectFieldStart("provenance");
        json.writeStringField("data", provenance.dataHash());
        json.writeStringField("pack", provenance.packHash());
        json.writeNumberField("events", provenance.events());
        json.writeStringField("from", provenance.from().toString());
        json.writeStringField("to", provenance.to().toString());
        json.writeStringField("version", provenance.productVersion());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Times times) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("n", times.n());
        json.writeNumberField("p50", times.p50());
        json.writeNumberField("p75", times.p75());
        json.writeNumberField("p90", times.p90());
        json.writeNumberField("p95", times.p95());
        json.writeNumberField("p99", times.p99());
        json.writeEndObject();
    }

    /**
     * Reads the text of the file.
     *
     * @throws IOException with what was found and expected, when it is not one that {@link #write} could have written
     */
    public static Baselines read(String text) throws IOException {
        Map<String, Map<String, Long>> times = new TreeMap<>();
        Map<String, Map<String, Long>> shares = new TreeMap<>();
        Map<String, String> provenance = new TreeMap<>();
        long schema = -1;
        try (JsonParser json = JSON.createParser(text)) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                switch (name) {
                    case "schema" -> schema = number(json);
                    case "provenance" -> provenance.putAll(texts(json));
                    case "times" -> times.putAll(numbersByName(json));
                    case "shares" -> shares.putAll(numbersByName(json));
                    default -> throw new IOException("there is an unknown key '" + name + "'");
                }
            }
            expect(json, json.currentToken(), JsonToken.END_OBJECT);
        }
        if (schema != SCHEMA) {
            throw new IOException("its schema is " + schema + ", and this Forestall reads " + SCHEMA);
        }
        return baselines(provenance, times, shares);
    }

    private static Baselines baselines(
            Map<String, String> provenance, Map<String, Map<String, Long>> times, Map<String, Map<String, Long>> shares)
            throws IOException {
        TreeMap<String, Times> quantiles = new TreeMap<>();
        TreeMap<String, Share> usual = new TreeMap<>();
        try {
            times.forEach((name, each) -> quantiles.put(
                    name,
                    new Times(
                            of(each, "n"),
                            of(each, "p50"),
                            of(each, "p75"),
                            of(each, "p90"),
                            of(each, "p95"),
                            of(each, "p99"))));
            shares.forEach((name, each) -> usual.put(name, new Share(of(each, "tried"), of(each, "hit"))));
            return new Baselines(
                    new Provenance(
                            text(provenance, "data"),
                            text(provenance, "pack"),
                            Long.parseLong(text(provenance, "events")),
                            Instant.parse(text(provenance, "from")),
                            Instant.parse(text(provenance, "to")),
                            text(provenance, "version")),
                    quantiles,
                    usual);
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new IOException(wrong.getMessage(), wrong);
        }
    }

    private static long of(Map<String, Long> numbers, String key) {
        Long number = numbers.get(key);
        if (number == null || number < 0) {
            throw new IllegalArgumentException("'" + key + "' is missing or negative");
        }
        return number;
    }

    private static String text(Map<String, String> texts, String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalArgumentException("'provenance." + key + "' is missing");
        }
        return text;
    }

    private static Map<String, String> texts(JsonParser json) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (!json.nextToken().isScalarValue()) {
                throw new IOException("'" + name + "' is not a single value");
            }
            texts.put(name, json.getText());
        }
        return texts;
    }

    private static Map<String, Map<String, Long>> numbersByName(JsonParser json) throws IOException {
        Map<String, Map<String, Long>> all = new TreeMap<>();
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            Map<String, Long> numbers = new TreeMap<>();
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                json.nextToken();
                numbers.put(key, number(json));
            }
            all.put(name, numbers);
        }
        return all;
    }

    private static long number(JsonParser json) throws IOException {
        expect(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private static void expect(JsonParser json, @org.jspecify.annotations.Nullable JsonToken found, JsonToken expected)
            throws IOException {
        if (found != expected) {
            throw new IOException("line " + json.currentLocation().getLineNr() + " holds " + found + " where "
                    + expected + " is expected");
        }
    }
}
