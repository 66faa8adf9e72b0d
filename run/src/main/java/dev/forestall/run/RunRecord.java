package dev.forestall.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the data of a directory was made of, so that later commands find the pack and the lines of the files again.
 *
 * @param pack where it was, absolute
 * @param latest the latest time an event could plausibly have: when the run was first started. Kept, because a run that goes on must
 *     judge records as it did before
 * @param sources the files that were read, in the order in which they came
 * @param stopped where the run was told to stop, if it was: time has passed up to there, as it would not have in an undisturbed run
 */
record RunRecord(Path pack, Instant latest, List<SourceFile> sources, Optional<Stopped> stopped) {

    private static final int SCHEMA = 2;
    private static final JsonFactory JSON = new JsonFactory();

    RunRecord {
        sources = List.copyOf(sources);
    }

    /**
     * A run stopped at an instant of its log.
     *
     * @param at the instant
     * @param events how many had been taken by then
     */
    record Stopped(Instant at, long events) {}

    /** Of a run that begins now. */
    static RunRecord begun(Path pack) {
        return new RunRecord(pack, Instant.now(), List.of(), Optional.empty());
    }

    /** One file that was read. */
    Optional<SourceFile> source(String name) {
        return sources.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** With a file in the place of one of the same name, else at the end. */
    RunRecord with(SourceFile file) {
        List<SourceFile> all = new ArrayList<>(sources);
        all.removeIf(each -> each.name().equals(file.name()));
        all.add(file);
        return new RunRecord(pack, latest, all, stopped);
    }

    RunRecord withPack(Path other) {
        return new RunRecord(other, latest, sources, stopped);
    }

    RunRecord stopped(Stopped where) {
        return new RunRecord(pack, latest, sources, Optional.of(where));
    }

    RunRecord goingOn() {
        return new RunRecord(pack, latest, sources, Optional.empty());
    }

    /** Replaces the file as a whole, so that a crash leaves the old or the new one. */
    void write(Path file) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            json.writeStringField("pack", pack.toString());
            json.writeStringField("latest", latest.toString());
            json.writeArrayFieldStart("sources");
            for (SourceFile source : sources) {
                source.write(json);
            }
            json.writeEndArray();
            if (stopped.isPresent()) {
                json.writeObjectFieldStart("stopped");
                json.writeStringField("at", stopped.get().at.toString());
                json.writeNumberField("events", stopped.get().events);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.writeString(unfinished, text + "\n");
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @throws IOException when it is none that {@link #write} could have written; the message says what was found */
    static RunRecord read(Path file) throws IOException {
        Path pack = null;
        Instant latest = null;
        List<SourceFile> sources = new ArrayList<>();
        Optional<Stopped> stopped = Optional.empty();
        try (JsonParser json = JSON.createParser(Files.readString(file))) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "schema" -> {
                        if (json.getIntValue() != SCHEMA) {
                            throw new IOException(file + " has schema " + json.getIntValue()
                                    + "; this version reads schema " + SCHEMA);
                        }
                    }
                    case "pack" -> pack = Path.of(json.getText());
                    case "latest" -> latest = Instant.parse(json.getText());
                    case "sources" -> {
                        while (json.nextToken() == JsonToken.START_OBJECT) {
                            sources.add(SourceFile.read(json));
                        }
                    }
                    case "stopped" -> stopped = Optional.of(stopped(json));
                    default -> throw new IOException(file + " has an unknown key '" + name + "'");
                }
            }
        }
        if (pack == null || latest == null) {
            throw new IOException(file + " lacks the pack or the time of the run");
        }
        return new RunRecord(pack, latest, sources, stopped);
    }

    private static Stopped stopped(JsonParser json) throws IOException {
        Instant at = Instant.EPOCH;
        long events = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "at" -> at = Instant.parse(json.getText());
                case "events" -> events = json.getLongValue();
                default -> throw new IOException("where the run stopped has an unknown key '" + name + "'");
            }
        }
        return new Stopped(at, events);
    }
}
