package dev.forestall.connectors.segment;

import java.util.Locale;
import java.util.Optional;

/** The calls of Segment's HTTP API. */
public enum SegmentCall {
    /** Something happened. */
    TRACK("t", ""),
    /** Who somebody is, and what is known about them. */
    IDENTIFY("i", "identified"),
    /** A page was looked at. */
    PAGE("p", "page_viewed"),
    /** A screen of an app was looked at. */
    SCREEN("s", "screen_viewed"),
    /** Somebody belongs to a group. */
    GROUP("g", "group_joined"),
    /** Somebody is known by another name too. */
    ALIAS("a", ""),
    /** Several of the others at once. */
    BATCH("b", "");

    private final String shortPath;
    private final String event;

    SegmentCall(String shortPath, String event) {
        this.shortPath = shortPath;
        this.event = event;
    }

    /** The event of the tracking plan that it becomes; empty when it becomes none, or says itself which. */
    String event() {
        return event;
    }

    /** As the field {@code type} of a call says it. */
    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The call by the last part of its address: {@code track}, or {@code t} as browsers write it. */
    public static Optional<SegmentCall> ofPath(String path) {
        for (SegmentCall call : values()) {
            if (path.equals(call.type()) || path.equals(call.shortPath)) {
                return Optional.of(call);
            }
        }
        // What was a back-fill once is a batch like any other, and still what some libraries call.
        return path.equals("import") ? Optional.of(BATCH) : Optional.empty();
    }

    /** The call by the field {@code type} of an item of a batch. */
    static Optional<SegmentCall> ofType(String type) {
        for (SegmentCall call : values()) {
            if (call != BATCH && type.equals(call.type())) {
                return Optional.of(call);
            }
        }
        return Optional.empty();
    }
}
