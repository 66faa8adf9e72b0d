package dev.forestall.learning.judge;

/**
 * How well some probabilities predicted.
 *
 * @param auc how likely a moment with the outcome has a higher probability than one without; 0.5 is chance
 * @param logLoss mean of -ln of the probability of what came; lower is better
 * @param brier mean squared distance of the probability from what came; lower is better
 */
public record Figures(double auc, double logLoss, double brier) {}
