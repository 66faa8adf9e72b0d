/**
 * What could not be used?
 *
 * <p>Rejected records go in; exact counts for ever, and the records themselves up to a quota, come out.
 */
@NullMarked
package dev.forestall.records.rejected;

import org.jspecify.annotations.NullMarked;
