package dev.forestall.loop.risk;

import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Formula;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a predictive question: what may happen, within which time, asked of whom and when. Immutable.
 *
 * @param name as the pack calls it
 * @param target what counts as the outcome
 * @param horizonMillis the horizon: the outcome counts in (t, t + within]; 0 only for what is labelled
 * @param scoreAt when it is asked
 * @param population of whom: what must hold at the moment
 * @param levels probabilities at whose crossing somebody wants to know, ascending
 * @param valueMinor what is at stake at the moment, in minor units; null when not said
 * @param challengerShare of the customers, those whom the challenger answers, 0 to 1
 * @param description what it means, for people
 */
public record Prediction(
        String name,
        Question target,
        long horizonMillis,
        Moments scoreAt,
        Condition population,
        List<Double> levels,
        @Nullable Formula valueMinor,
        double challengerShare,
        String description) {

    public Prediction {
        levels = List.copyOf(levels);
        if (horizonMillis < 0 || horizonMillis == 0 && !(target instanceof Question.Labelled)) {
            throw new IllegalArgumentException("prediction " + name + " needs a horizon above 0");
        }
        if (!(challengerShare >= 0 && challengerShare < 1)) {
            throw new IllegalArgumentException(
                    "prediction " + name + ": a challenger cannot answer a share of " + challengerShare);
        }
        double before = 0;
        for (double level : levels) {
            if (!(level > before && level < 1)) {
                throw new IllegalArgumentException(
                        "prediction " + name + ": levels must ascend between 0 and 1, got " + levels);
            }
            before = level;
        }
    }

    /** How policies and alerts call a level. */
    public String trigger(int level) {
        return trigger(name, levels.get(level));
    }

    /** How policies and alerts call a level of a prediction: the same text for the same number. */
    public static String trigger(String prediction, double level) {
        return "risk." + prediction + " > "
                + BigDecimal.valueOf(level).stripTrailingZeros().toPlainString();
    }
}
