/**
 * How do events of real clients get in?
 *
 * <p>HTTP requests go in; acknowledgements come out, each only when what it acknowledges is durable. Who sends more than can be written is
 * told when to come again; what cannot be used is told why. Servlets, outside of everything that pages need: this is the way that has to
 * be fast.
 */
@NullMarked
package dev.forestall.server.ingest;

import org.jspecify.annotations.NullMarked;
