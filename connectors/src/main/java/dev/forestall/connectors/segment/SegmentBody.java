package dev.forestall.connectors.segment;

import dev.forestall.connectors.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * The body of a request, before anybody knows which source sent it. Immutable.
 *
 * @param whole what it says
 * @param items the calls in it, in their order; one when it is no batch
 * @param call what the calls are; {@link SegmentCall#BATCH} when each says so itself
 */
public record SegmentBody(Json.Entries whole, List<Json> items, SegmentCall call) {

    public SegmentBody {
        items = List.copyOf(items);
    }

    /** What a body is. */
    public sealed interface Reading {
        /** It can be looked into. */
        record Read(SegmentBody body) implements Reading {}

        /** It is no call at all, so that nothing of it can be kept. */
        record Unreadable(String detail) implements Reading {}
    }

    /** The write key in it: that of the whole, else that of the first call that has one. Some libraries send no header. */
    public Optional<String> writeKey() {
        return whole.scalar("writeKey")
                .or(() -> items.stream()
                        .filter(Json.Entries.class::isInstance)
                        .flatMap(item -> ((Json.Entries) item).scalar("writeKey").stream())
                        .findFirst());
    }
}
