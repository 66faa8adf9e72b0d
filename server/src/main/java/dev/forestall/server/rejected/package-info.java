/**
 * What can be done about what could not be used?
 *
 * <p>Rejected records go in; what they say without what is personal, events out of them, and a change of the pack that would let them be events
 * come out.
 */
@NullMarked
package dev.forestall.server.rejected;

import org.jspecify.annotations.NullMarked;
