/**
 * May this reach the customer now?
 *
 * <p>The rules of the pack about purposes, consent, suppression, quiet hours, business calendars, caps and scarce capacity. What a customer
 * said and what really reached them goes in; allowed, deferred or refused comes out. Asked when deciding, and again when a request is due.
 */
@NullMarked
package dev.forestall.loop.gate;

import org.jspecify.annotations.NullMarked;
