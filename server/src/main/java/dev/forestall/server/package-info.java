/**
 * How do the parts become one process that real clients talk to?
 *
 * <p>Settings go in; a running server comes out: events in by HTTP, durable before they are acknowledged; what came of them in pages, an
 * API and a stream. {@link dev.forestall.server.Wiring} is the only place where the parts meet, and the only one that knows which host
 * runs the loop.
 */
@NullMarked
package dev.forestall.server;

import org.jspecify.annotations.NullMarked;
