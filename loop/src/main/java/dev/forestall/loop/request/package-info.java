/**
 * What becomes of what was requested?
 *
 * <p>Action requests go in, and what the outside reports of them; a {@link dev.forestall.loop.request.Permit} comes out when one may be sent,
 * or a {@link dev.forestall.loop.request.RequestChange}: deferred, held, refused, outbid, withdrawn, expired. The gate is asked with the state
 * of that moment.
 */
@NullMarked
package dev.forestall.loop.request;

import org.jspecify.annotations.NullMarked;
