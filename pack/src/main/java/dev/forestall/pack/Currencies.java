package dev.forestall.pack;

import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import java.util.Currency;

/** Reads currencies. */
final class Currencies {

    private Currencies() {}

    /** The currency behind a key, or the standard one when there is none or it does not exist. */
    static Currency read(Section section, String key, Currency standard, Problems problems) {
        String code = section.text(key, standard.getCurrencyCode());
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException unknown) {
            problems.error(
                    PackError.WRONG_VALUE,
                    section.placeOf(key),
                    section.pathOf(key),
                    "there is no currency '" + code + "'",
                    "Write a code of ISO 4217 such as EUR or USD");
            return standard;
        }
    }
}
