/**
 * Who may do what?
 *
 * <p>Keys of programs and passwords of people go in; who it is and what they may comes out, or a refusal that says nothing more. Nothing
 * here is kept in a form that could be used again by whoever reads it.
 */
@NullMarked
package dev.forestall.server.security;

import org.jspecify.annotations.NullMarked;
