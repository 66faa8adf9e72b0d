/**
 * What does a call of Segment's HTTP API say?
 *
 * <p>The body of a request goes in; records for the log come out: events of the tracking plan, reports of language and zone, and
 * rejections with their reason. One bad item harms no other. Knows nothing of HTTP, keys or time.
 */
@NullMarked
package dev.forestall.connectors.segment;

import org.jspecify.annotations.NullMarked;
