/**
 * What was decided?
 *
 * <p>Decisions go in; lists of them by policy and customer come out.
 */
@NullMarked
package dev.forestall.records.decisions;

import org.jspecify.annotations.NullMarked;
