/**
 * Who is this?
 *
 * <p>Events name customers by several identifiers. An event that carries two of them is evidence that they are one customer: a
 * reversible edge. {@link dev.forestall.loop.identity.IdentityGraph} takes events and retractions in log order; out come the
 * customer each event belongs to, and who became one or fell apart. No data moves: states are folded again from the log.
 */
@NullMarked
package dev.forestall.loop.identity;

import org.jspecify.annotations.NullMarked;
