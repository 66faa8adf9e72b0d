/**
 * How does an action reach a system that listens for it?
 *
 * <p>A delivery goes in; a signed request by Standard Webhooks 1.0 goes out, to nobody but those who may be called; the answer comes back.
 */
@NullMarked
package dev.forestall.channels.webhook;

import org.jspecify.annotations.NullMarked;
