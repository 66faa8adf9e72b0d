package dev.forestall.loop.signal;

/**
 * What a declaration costs, at worst, before it goes live.
 *
 * @param bytes of state per subject (or per run of a journey) in which it is active
 * @param wakeUps it can ask for per event that it looks at
 * @param work values looked at per event, at worst
 */
public record Cost(int bytes, int wakeUps, int work) {}
