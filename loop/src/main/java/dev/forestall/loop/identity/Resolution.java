package dev.forestall.loop.identity;

import dev.forestall.loop.event.SubjectId;
import java.util.Optional;

/**
 * To whom an event belongs, and what it has changed.
 *
 * @param customer whose event it is; empty when it carries no identifier of customers
 * @param change who became one or fell apart by this event; {@link Change#NONE} as a rule
 */
public record Resolution(Optional<SubjectId> customer, Change change) {

    static final Resolution NOBODY = new Resolution(Optional.empty(), Change.NONE);
}
