package dev.forestall.connectors.files;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Rejected;

/** What became of one record. */
public sealed interface Reading {

    /** It is an event. */
    record Good(Event event) implements Reading {}

    /** It cannot be used, and why. */
    record Bad(Rejected rejected) implements Reading {}

    /** The mapping leaves such records out on purpose. */
    enum Ignored implements Reading {
        IGNORED
    }
}
