package dev.forestall.connectors.segment;

import dev.forestall.connectors.json.Json;
import dev.forestall.loop.event.Rejected;
import java.util.List;
import java.util.Optional;

/**
 * The body of a request, before anybody knows which source sent it. Immutable.
 *
 * @param whole what it says
 * @param items the calls in it, in their order; one when it is no batch
 * @param call what the calls are; {@link SegmentCall#BATCH} when each says so itself
 * @param maxItem how long one call may be, in bytes
 */
public record SegmentBody(Json.Entries whole, List<Item> items, SegmentCall call, int maxItem) {

    public SegmentBody {
        items = List.copyOf(items);
    }

    /** One of the calls, as far as it can be read. */
    public sealed interface Item {
        /** It says something. */
        record Said(Json json) implements Item {}

        /**
         * It is none, and will be rejected.
         *
         * @param rejected what is wrong with it
         * @param raw as it was sent
         */
        record Unreadable(Rejected rejected, String raw) implements Item {}
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
                .or(() ->
                        items.stream().flatMap(item -> writeKey(item).stream()).findFirst());
    }

    private static Optional<String> writeKey(Item item) {
        return item instanceof Item.Said(Json.Entries said) ? said.scalar("writeKey") : Optional.empty();
    }
}
