/**
 * Which effects do golden files of more than one module show?
 *
 * <p>A small world with fixed stories: a stream of effects that never changes.
 */
@NullMarked
package dev.forestall.testkit.stories;

import org.jspecify.annotations.NullMarked;
