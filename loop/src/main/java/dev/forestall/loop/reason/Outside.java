package dev.forestall.loop.reason;

/**
 * Something outside of the customer that is not as it should be now: a cohort they belong to is off its expectation, or
 * a signal stands of an entity they depend on.
 *
 * @param signal of the cohort or entity
 * @param share how much of what raises the risk it accounts for, 0 to 1, in log odds; NaN when the model has not learned from one like
 *     it and so cannot say
 */
public record Outside(String signal, double share) {}
