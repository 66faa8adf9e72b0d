package dev.forestall.connectors.segment;

import dev.forestall.connectors.files.Times;
import dev.forestall.connectors.json.Json;
import dev.forestall.loop.host.FileMapping.TimeFormat;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.host.SourceMapping;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;

/** One call: what it says, and what the request around it says for all its calls. */
record Call(SegmentCall type, Json.Entries said, Around around) {

    static final Times ISO = Times.of(new TimeFormat.Iso(ZoneOffset.UTC));

    /**
     * What holds for all calls of a request.
     *
     * @param whole the body, whose context is merged under each call's
     * @param receivedMillis when it was received
     */
    record Around(Json.Entries whole, long receivedMillis) {

        Origin origin(String source, Json item) {
            long sent = item instanceof Json.Entries said ? sentAtMillis(said) : 0;
            return new Origin(source, Origin.NONE, 0).live(sent, receivedMillis);
        }

        /** When the call was sent, by the sender's clock, in milliseconds since 1970 UTC; 0 when that cannot be known. */
        long sentAtMillis(Json.Entries said) {
            long millis = said.scalar("sentAt")
                    .or(() -> whole.scalar("sentAt"))
                    .map(ISO::millis)
                    .orElse(0L);
            return millis == Times.UNREADABLE ? 0 : millis;
        }
    }

    Origin origin(String source) {
        return around.origin(source, said);
    }

    /** What the sender calls it; what it says, when it says when it happened; else empty, and nobody can tell a repetition. */
    String id() {
        return said.scalar("messageId").orElseGet(() -> timestamp().isPresent() ? hashed(said.slice()) : "");
    }

    Optional<String> timestamp() {
        return said.scalar("timestamp").or(() -> said.scalar("originalTimestamp"));
    }

    /** When it happened, in milliseconds since 1970 UTC; {@link Times#UNREADABLE} when that cannot be read. */
    long atMillis(SourceMapping.Clock clock) {
        Optional<String> timestamp = timestamp();
        if (timestamp.isEmpty()) {
            return around.receivedMillis();
        }
        long at = ISO.millis(timestamp.get());
        return at == Times.UNREADABLE
                ? at
                : SenderClock.corrected(
                        clock,
                        context("library.name").orElse(""),
                        at,
                        around.sentAtMillis(said),
                        around.receivedMillis());
    }

    /** What the context says at a place: the call's own, else that of the whole request. */
    Optional<String> context(String place) {
        return said.entries("context")
                .scalar(place)
                .or(() -> around.whole().entries("context").scalar(place));
    }

    /** Under which name it says everything else. */
    String details() {
        return switch (type) {
            case TRACK, PAGE, SCREEN -> "properties";
            case IDENTIFY, GROUP, ALIAS, BATCH -> "traits";
        };
    }

    /** The value of a property; name and category of a page stand beside its properties. */
    Json property(String name, Json.Entries details) {
        Json value = details.get(name);
        boolean isBeside = (type == SegmentCall.PAGE || type == SegmentCall.SCREEN)
                && (name.equals("name") || name.equals("category"));
        return value == Json.Null.NULL && isBeside ? said.get(name) : value;
    }

    private static String hashed(Json.Slice said) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(said.bytes(), said.from(), said.length());
            return "sha256:" + HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
