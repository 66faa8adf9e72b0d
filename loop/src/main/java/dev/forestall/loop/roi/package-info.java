/**
 * What became of it, and what was it worth?
 *
 * <p>Decisions and events go in; for each decision and declared outcome, one {@link dev.forestall.loop.roi.Outcome} comes out when it
 * happened or when its time has run out, to be compared between treatment and control.
 */
@NullMarked
package dev.forestall.loop.roi;

import org.jspecify.annotations.NullMarked;
