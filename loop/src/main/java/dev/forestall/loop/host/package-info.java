/**
 * What does a host of the loop need?
 *
 * <p>The small interfaces that hosts fill in (the log of inputs, the store of states), what they store (inputs and effects as bytes),
 * and what connectors hand them.
 */
@NullMarked
package dev.forestall.loop.host;

import org.jspecify.annotations.NullMarked;
