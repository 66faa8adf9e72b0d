package dev.forestall.connectors.files;

import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.FileMapping;
import java.util.Optional;

/** Reads single JSON objects into events, as a mapping says. Any number of objects, one after the other; for one thread. */
public final class JsonEvents {

    private final Interpreter interpreter;
    private final JsonFields fields;

    /** @throws IllegalArgumentException when the mapping names what the tracking plan does not have */
    public JsonEvents(FileMapping mapping, TrackingPlan plan) {
        this.interpreter = new Interpreter(mapping, plan);
        this.fields = new JsonFields(interpreter.places());
    }

    /**
     * Reads the object that stands between two places.
     *
     * @param latestMillis the latest time that is let in, in milliseconds since 1970 UTC
     */
    public Reading read(byte[] bytes, int from, int to, long latestMillis) {
        if (Utf8.firstBad(bytes, from, to) >= 0) {
            return new Reading.Bad(new Rejected(EventError.MALFORMED, "", "found bytes that are not UTF-8"));
        }
        Optional<String> problem = fields.read(bytes, from, to);
        return problem.isPresent()
                ? new Reading.Bad(new Rejected(EventError.MALFORMED, "", problem.get()))
                : interpreter.read(fields.values(), latestMillis);
    }
}
