package dev.forestall.pack.expression;

import dev.forestall.loop.expression.Formula;
import dev.forestall.pack.expression.Type.Sort;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.problem.PackError;
import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Formulas whose result is money in the pack's currency. */
public final class Money {

    private Money() {}

    /**
     * The formula behind a key, in minor units, or null when there is none or something is wrong with it. A plain number counts as
     * major units.
     */
    public static @Nullable Formula minor(Expressions expressions, Section section, String key, Site site) {
        Currency currency = expressions.names().currency();
        Optional<Compiled> compiled = section.scalar(key)
                .flatMap(text -> expressions.compile(text, section.pathOf(key), site, Sort.NUMBER, Sort.WHOLE));
        if (compiled.isEmpty()) {
            return null;
        }
        Currency its = compiled.get().type().currency();
        if (its != null && !its.equals(currency)) {
            expressions
                    .problems()
                    .error(
                            PackError.MIXED_CURRENCIES,
                            section.placeOf(key),
                            section.pathOf(key),
                            "this is money in " + its,
                            "Values of the pack are counted in " + currency);
            return null;
        }
        return compiled.get().minor(Type.minorUnits(currency));
    }
}
