/**
 * What is known about a subject?
 *
 * <p>Traits: the first or last value of something, how often or how much of it, for ever or within a time. Events go in,
 * variables for conditions come out.
 */
@NullMarked
package dev.forestall.loop.profile;

import org.jspecify.annotations.NullMarked;
