package dev.forestall.acceptance.identity;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.Unmerge;
import java.util.List;

/** One record of a log that says something about who is who. Its place in the list is its position. */
sealed interface Said {

    /** Something happened; it carries these identifiers of customers. */
    record Happened(List<Identifier> carried, Event event) implements Said {}

    /** Somebody unmerged two identifiers. */
    record Unmerged(Unmerge unmerge) implements Said {}

    /** Something that has nothing to do with identity, so that what follows keeps its position. */
    record Nothing() implements Said {}
}
