/**
 * What should be done about it?
 *
 * <p>Signals go in; a {@link dev.forestall.loop.action.Decision} comes out with every candidate and why each was rejected, and the
 * chosen action to perform. Some customers are the control group and left alone, so that what actions are worth can be known.
 */
@NullMarked
package dev.forestall.loop.action;

import org.jspecify.annotations.NullMarked;
