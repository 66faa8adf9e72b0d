/**
 * Events that are no calls of Segment's: objects of their own, one a line, and CloudEvents. Each is read as the call that would say the same, so that
 * there is one way from what a live source says to the tracking plan.
 */
@NullMarked
package dev.forestall.connectors.events;

import org.jspecify.annotations.NullMarked;
