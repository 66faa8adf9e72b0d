/**
 * What do programs ask, and what are they told?
 *
 * <p>Requests of programs go in; JSON comes out, or a problem as RFC 9457 describes it, with a code that programs compare. What can be
 * looked up is what pages show.
 */
@NullMarked
package dev.forestall.server.api;

import org.jspecify.annotations.NullMarked;
