/**
 * What is happening now, for those who watch?
 *
 * <p>Committed effects go in once for all watchers; each watcher gets them in the order of the record, and goes on where it broke off. Who
 * reads too slowly is let go before it costs the others anything.
 */
@NullMarked
package dev.forestall.server.live;

import org.jspecify.annotations.NullMarked;
