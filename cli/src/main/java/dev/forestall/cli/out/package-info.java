/**
 * What do analysts open?
 *
 * <p>Committed effects go in, in the order of the log; one file per kind comes out, as JSON Lines and as Parquet. The same input gives the same
 * bytes.
 */
@NullMarked
package dev.forestall.cli.out;

import org.jspecify.annotations.NullMarked;
