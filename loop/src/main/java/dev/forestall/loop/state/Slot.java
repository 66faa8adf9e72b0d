package dev.forestall.loop.state;

/**
 * The place of one declared thing among all that a subject remembers. Stages number their slots one after the other, so the
 * cells of a stage lie together: its slice.
 *
 * @param number from 0, unique within a definition
 * @param memory how its cells are read and written
 * @param <C> what its cells hold
 */
public record Slot<C>(int number, Memory<C> memory) {}
