/**
 * How does it reach the customer?
 *
 * <p>One package per way. What may be sent, and when, was decided before; a channel sends what it is given, once, and says what came of it.
 */
@NullMarked
package dev.forestall.channels;

import org.jspecify.annotations.NullMarked;
