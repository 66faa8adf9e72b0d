/**
 * Which moments of history are there to learn from, and which to be tested on?
 *
 * <p>A table has one row for each moment: what was known, and what came of it. A split tells rows apart so that nothing of the time to
 * be tested on helps training.
 */
@NullMarked
package dev.forestall.learning.table;

import org.jspecify.annotations.NullMarked;
