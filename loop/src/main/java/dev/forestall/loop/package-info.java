/**
 * What happens to one subject when one input arrives?
 *
 * <p>{@link dev.forestall.loop.Loop#step} takes a subject's state and an input through the stages, from signal to ROI, and gives the
 * next state, the effects on the outside and when it wants to be woken. Pure: the same definition, state and input always give the
 * same step, to the last byte.
 */
@NullMarked
package dev.forestall.loop;

import org.jspecify.annotations.NullMarked;
