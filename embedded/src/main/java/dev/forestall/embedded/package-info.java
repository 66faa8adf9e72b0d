/**
 * Runs the loop in one process and one directory.
 *
 * <p>The {@link dev.forestall.embedded.Host} writes inputs to a log, lets partitions step the subjects, and commits states, effects and
 * position together; effects are handed out only when they are committed.
 */
@NullMarked
package dev.forestall.embedded;

import org.jspecify.annotations.NullMarked;
