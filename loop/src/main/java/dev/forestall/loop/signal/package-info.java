/**
 * Which patterns of behaviour say that trouble is forming?
 *
 * <p>A closed family of {@link dev.forestall.loop.signal.Detector detectors}, each constant work per event and bounded in memory,
 * looks at events and transitions; {@link dev.forestall.loop.signal.Signal signals} with the events behind them come out: raised
 * once when a condition becomes true, ended when it no longer holds, withdrawn when a late event disproves it.
 */
@NullMarked
package dev.forestall.loop.signal;

import org.jspecify.annotations.NullMarked;
