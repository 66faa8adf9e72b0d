/**
 * What is worth acting on?
 *
 * <p>Signals, signals of others that affect a customer, and levels that risks have crossed, go in; {@link dev.forestall.loop.trigger.Trigger triggers} come out, with the risks and
 * reasons that were known. Alerts and policies name what they wait for by {@link dev.forestall.loop.trigger.TriggerName}.
 */
@NullMarked
package dev.forestall.loop.trigger;

import org.jspecify.annotations.NullMarked;
