package dev.forestall.testkit;

import java.util.List;
import java.util.Random;

/** Chance for tests, all of it from one seed. */
public final class Dice {

    private final Random random;

    public Dice(long seed) {
        this.random = new Random(seed);
    }

    /** A whole number, both ends included. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** True so often out of a hundred times. */
    public boolean percent(int often) {
        return random.nextInt(100) < often;
    }

    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
