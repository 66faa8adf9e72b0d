package dev.forestall.loop.host;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How what a live source says becomes events of the tracking plan. Immutable.
 *
 * @param name as the pack calls the source, and as records of the log name where they came from
 * @param kind in which form it says it
 * @param identifiers where in a call each identifier stands, by the identifier's name in the tracking plan: {@code userId},
 *     {@code traits.email}
 * @param events the event of the tracking plan by the name that the source uses for it
 * @param clock whose clock says when something happened
 */
public record SourceMapping(
        String name,
        Kind kind,
        SequencedMap<String, String> identifiers,
        SequencedMap<String, String> events,
        Clock clock) {

    /** What a source is called that the pack does not declare. */
    public static final String STANDARD_NAME = "app";

    public SourceMapping {
        identifiers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(identifiers));
        events = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(events));
    }

    /** A source of which nothing is declared: identifiers and events bear the names of the tracking plan. */
    public static SourceMapping standard() {
        return new SourceMapping(STANDARD_NAME, Kind.SEGMENT, new LinkedHashMap<>(), new LinkedHashMap<>(), Clock.AUTO);
    }

    /** In which form a source speaks. */
    public enum Kind {
        /** The calls of Segment's HTTP API: track, identify, page, screen, group, alias, batch. */
        SEGMENT
    }

    /** Whose clock says when something happened. */
    public enum Clock {
        /** That of servers; that of browsers and devices is set right, and that of whoever is ahead of us. */
        AUTO,
        /** The sender's, set right by when the sender says that the call was sent. */
        SEGMENT,
        /** The sender's. */
        TRUST
    }
}
