/** A small world with fixed stories: a stream of effects that never changes, behind golden files of more than one module. */
@NullMarked
package dev.forestall.testkit.stories;

import org.jspecify.annotations.NullMarked;
