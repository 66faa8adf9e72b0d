package dev.forestall.connectors.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads one JSON text in UTF-8, no deeper than a limit. Immutable; for any thread. */
public final class JsonReader {

    private final JsonFactory factory;
    private final int maxDepth;

    /**
     * @param maxDepth how deep objects and lists may stand in each other
     * @param maxBytes how long a text may be, which bounds whatever stands in it
     */
    public JsonReader(int maxDepth, int maxBytes) {
        this.maxDepth = maxDepth;
        this.factory = new JsonFactoryBuilder()
                // JSON that travels is UTF-8 (RFC 8259); another encoding would be guessed otherwise.
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                // The names in requests are the sender's: whoever invents them must not fill a table that is never
                // emptied.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(maxBytes)
                        .maxNameLength(1_024)
                        .maxNumberLength(100)
                        .build())
                .build();
    }

    /** What a JSON text says. */
    public sealed interface Reading {
        /** It is JSON. */
        record Read(Json json) implements Reading {}

        /** It is none, or deeper than the limit. */
        record Unreadable(String detail) implements Reading {}
    }

    /** Reads a text. Whatever it holds, this is no exception. */
    public Reading read(byte[] text) {
        try (JsonParser parser = factory.createParser(text)) {
            if (parser.nextToken() == null) {
                return new Reading.Unreadable("it is empty");
            }
            Json json = value(parser, text);
            if (parser.nextToken() != null) {
                return new Reading.Unreadable("more stands behind its end, at " + place(parser.currentTokenLocation()));
            }
            return new Reading.Read(json);
        } catch (StreamConstraintsException beyond) {
            return new Reading.Unreadable(
                    "it is deeper than " + maxDepth + " levels, or a name or number in it is too long");
        } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
            return new Reading.Unreadable("it is no JSON from " + place(malformed.getLocation()) + " on");
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory could not be read", impossible);
        }
    }

    private static String place(JsonLocation location) {
        return location == null ? "its begin" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static Json value(JsonParser parser, byte[] text) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> entries(parser, text);
            case START_ARRAY -> items(parser, text);
            case VALUE_STRING -> new Json.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(parser.getText());
            case VALUE_TRUE -> new Json.Truth(true);
            case VALUE_FALSE -> new Json.Truth(false);
            case VALUE_NULL -> Json.Null.NULL;
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("a value cannot begin with " + parser.currentToken());
        };
    }

    private static Json.Entries entries(JsonParser parser, byte[] text) throws IOException {
        long from = parser.currentTokenLocation().getByteOffset();
        SequencedMap<String, Json> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            values.put(name, value(parser, text));
        }
        return new Json.Entries(values, slice(parser, text, from));
    }

    private static Json.Items items(JsonParser parser, byte[] text) throws IOException {
        long from = parser.currentTokenLocation().getByteOffset();
        List<Json> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser, text));
        }
        return new Json.Items(values, slice(parser, text, from));
    }

    private static Json.Slice slice(JsonParser parser, byte[] text, long from) {
        return new Json.Slice(text, (int) from, (int) parser.currentLocation().getByteOffset());
    }
}
