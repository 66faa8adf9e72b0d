package dev.forestall.pack.grammar;

import java.math.BigDecimal;

/** Percentages as packs write them. */
public final class Shares {

    private Shares() {}

    /** A percentage as a share: {@code 40%} is 0.4. */
    public static double share(String percent) {
        return new BigDecimal(percent.substring(0, percent.length() - 1))
                .movePointLeft(2)
                .doubleValue();
    }
}
