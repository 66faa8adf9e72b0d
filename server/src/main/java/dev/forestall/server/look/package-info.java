/**
 * What do pages and programs see of a customer?
 *
 * <p>A name that somebody typed, or the id of an effect, goes in; who it is, all that was known of them and what led to what comes out,
 * read from the engine as of one commit and from the tables that effects are written into.
 */
@NullMarked
package dev.forestall.server.look;

import org.jspecify.annotations.NullMarked;
