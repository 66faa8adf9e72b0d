/**
 * What does a subject remember, and in which bytes?
 *
 * <p>A {@link dev.forestall.loop.state.State} is one blob made of cells. Each declared thing that remembers (a journey, a
 * signal, an alert …) owns a {@link dev.forestall.loop.state.Slot}, and there is one cell per slot and key. During a step the
 * cells it touches are decoded, the others are carried over as bytes.
 */
@NullMarked
package dev.forestall.loop.state;

import org.jspecify.annotations.NullMarked;
