package dev.forestall.loop.host;

import dev.forestall.loop.Effect;
import java.util.List;

/**
 * Some committed effects, one or more, in the order of the record.
 *
 * @param next the place behind them; whoever stores it together with what they made of the effects has each exactly once
 */
public record EffectBatch(List<Effect> effects, EffectOffset next) {

    public EffectBatch {
        effects = List.copyOf(effects);
        if (effects.isEmpty()) {
            throw new IllegalArgumentException("a batch without effects");
        }
    }
}
