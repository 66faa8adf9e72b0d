package dev.forestall.loop.reason;

import dev.forestall.loop.event.Probability;

/**
 * What would have to be different for a risk to be lower: one step on the way, together with those before it.
 *
 * @param group what would be different
 * @param feature the key of the feature that says most of it
 * @param from its value now; NaN when it is absent
 * @param to what it would be: the lower or upper end of what is usual, or NaN for as if it had never been
 * @param probability of the outcome then
 */
public record Change(String group, String feature, double from, double to, Probability probability) {}
