package dev.forestall.loop.risk;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Message;

/** Asks the models that the loop cannot compute, for people who look. */
public interface Asking {

    /**
     * Asks one question, and why whatever the probability.
     *
     * @param id of the question
     * @throws IllegalStateException when the model cannot answer
     */
    Message.Answer answer(Message.Question question, EffectId id);

    /**
     * The log odds of one row.
     *
     * @throws IllegalStateException when the model cannot answer
     */
    double logOdds(String model, float[] row);
}
