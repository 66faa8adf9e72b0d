/**
 * How do people read what happened, and why?
 *
 * <p>Views go in; pages of text come out.
 */
@NullMarked
package dev.forestall.cli.look;

import org.jspecify.annotations.NullMarked;
