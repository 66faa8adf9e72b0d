/**
 * Who should know, and until when?
 *
 * <p>Signals go in; {@link dev.forestall.loop.alert.Alert alerts} with an owner come out: raised once, merged while open, escalated when
 * nobody resolves them, resolved when their signals have ended, suppressed when the same was said shortly before.
 */
@NullMarked
package dev.forestall.loop.alert;

import org.jspecify.annotations.NullMarked;
