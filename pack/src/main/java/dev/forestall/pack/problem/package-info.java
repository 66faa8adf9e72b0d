/**
 * What is wrong with a pack, and where?
 *
 * <p>Everything that reads a pack puts what it finds into {@link dev.forestall.pack.problem.Problems}; the person who wrote the
 * pack gets all of it at once, with file, line, column, what was expected and the nearest valid name.
 */
@NullMarked
package dev.forestall.pack.problem;

import org.jspecify.annotations.NullMarked;
