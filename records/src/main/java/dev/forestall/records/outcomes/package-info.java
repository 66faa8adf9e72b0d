/**
 * What became of it?
 *
 * <p>Outcomes that were observed go in; those of a decision come out.
 */
@NullMarked
package dev.forestall.records.outcomes;

import org.jspecify.annotations.NullMarked;
