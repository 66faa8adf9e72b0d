/**
 * What happened, and why?
 *
 * <p>An id goes in; the chain of effects behind it comes out, back to the lines of the file. Or a customer and an instant go in; all that
 * was known of them then comes out.
 */
@NullMarked
package dev.forestall.cli.look;

import org.jspecify.annotations.NullMarked;
