package dev.forestall.server.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.OptionalLong;

/** Writes JSON into memory: what is answered is whole, or not answered at all. */
public final class JsonBody {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Always with milliseconds, so that texts are as long as each other. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private JsonBody() {}

    /** Writes one value. */
    @FunctionalInterface
    public interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    public static byte[] of(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            writing.to(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("bytes in memory could not be written", impossible);
        }
        return bytes.toByteArray();
    }

    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    static void time(JsonGenerator json, String name, long millis) throws IOException {
        json.writeStringField(name, time(millis));
    }

    static void time(JsonGenerator json, String name, OptionalLong millis) throws IOException {
        if (millis.isPresent()) {
            time(json, name, millis.getAsLong());
        } else {
            json.writeNullField(name);
        }
    }
}
