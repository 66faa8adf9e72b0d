/**
 * Why is a risk what it is?
 *
 * <p>In goes a model and a moment; out come the few things that move the probability most, each with its value against what is usual.
 * Contributions are exact: together with the base they add up to the log odds.
 */
@NullMarked
package dev.forestall.loop.reason;

import org.jspecify.annotations.NullMarked;
