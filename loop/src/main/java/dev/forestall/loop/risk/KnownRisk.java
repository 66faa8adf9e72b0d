package dev.forestall.loop.risk;

import dev.forestall.loop.event.Probability;

/**
 * The latest probability of a prediction, as it was known at a moment.
 *
 * @param prediction what is predicted
 * @param model which model said so
 * @param probability of the outcome
 * @param level the highest level that it had reached; 0 when it had reached none
 */
public record KnownRisk(String prediction, String model, Probability probability, double level) {}
