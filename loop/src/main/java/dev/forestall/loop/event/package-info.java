/**
 * What did a customer, or a thing customers depend on, just do?
 *
 * <p>The tracking plan says which events exist and what they carry; an {@link dev.forestall.loop.event.Event} is one of them,
 * typed, at a time, with the identifiers it came with. Input that does not fit becomes {@link
 * dev.forestall.loop.event.Rejected}, never an exception.
 */
@NullMarked
package dev.forestall.loop.event;

import org.jspecify.annotations.NullMarked;
