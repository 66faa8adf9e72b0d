/**
 * What happened, and why?
 *
 * <p>An effect goes in; the chain of effects behind it comes out, back to the records of the log. Or a customer and an instant go in; all that
 * was known of them then comes out.
 */
@NullMarked
package dev.forestall.views.look;

import org.jspecify.annotations.NullMarked;
