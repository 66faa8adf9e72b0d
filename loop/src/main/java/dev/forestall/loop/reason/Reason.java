package dev.forestall.loop.reason;

/**
 * One thing that moves a risk, among those that move it most.
 *
 * @param group what it is about: {@code event call_missed}, {@code journey application}
 * @param feature the key of the feature that says most of it
 * @param value of that feature; NaN when it is absent
 * @param usualLow the lower end of its usual values; NaN when unknown
 * @param usualHigh the upper end
 * @param logOdds by how much all features of the group together move the log odds: above 0 they raise the risk
 */
public record Reason(String group, String feature, double value, double usualLow, double usualHigh, double logOdds) {}
