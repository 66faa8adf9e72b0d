package dev.forestall.connectors.segment;

import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.json.JsonReader;
import dev.forestall.connectors.segment.SegmentBody.Reading;
import java.util.List;

/** Reads the bodies of requests. Immutable; for any thread. */
public final class SegmentBodies {

    private final SegmentLimits limits;
    private final JsonReader json;

    public SegmentBodies(SegmentLimits limits) {
        this.limits = limits;
        this.json = new JsonReader(limits.depth(), limits.requestBytes());
    }

    /** Reads a body, which is JSON whatever its sender calls it. Whatever it holds, this is no exception. */
    public Reading read(SegmentCall call, byte[] body) {
        return switch (json.read(body)) {
            case JsonReader.Reading.Unreadable unreadable ->
                new Reading.Unreadable("the body cannot be read: " + unreadable.detail());
            case JsonReader.Reading.Read read ->
                read.json() instanceof Json.Entries whole
                        ? read(call, whole)
                        : new Reading.Unreadable("the body is JSON, but no object");
        };
    }

    private Reading read(SegmentCall call, Json.Entries whole) {
        if (call != SegmentCall.BATCH) {
            return new Reading.Read(body(whole, List.of(whole), call));
        }
        if (!(whole.get("batch") instanceof Json.Items batch)) {
            return new Reading.Unreadable("the body has no list `batch`");
        }
        if (batch.values().size() > limits.items()) {
            return new Reading.Unreadable(
                    "the batch holds " + batch.values().size() + " calls; at most " + limits.items() + " are possible");
        }
        return new Reading.Read(body(whole, batch.values(), call));
    }

    private SegmentBody body(Json.Entries whole, List<Json> calls, SegmentCall call) {
        List<SegmentBody.Item> items =
                calls.stream().<SegmentBody.Item>map(SegmentBody.Item.Said::new).toList();
        return new SegmentBody(whole, items, call, limits.eventBytes());
    }
}
