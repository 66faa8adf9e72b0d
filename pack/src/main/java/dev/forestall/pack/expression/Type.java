package dev.forestall.pack.expression;

import dev.forestall.loop.event.Property;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * What kind of value an expression has.
 *
 * @param sort of value
 * @param currency of money; null for anything else
 */
public record Type(Sort sort, @Nullable Currency currency) {

    public static final Type TRUTH = new Type(Sort.TRUTH, null);
    public static final Type WHOLE = new Type(Sort.WHOLE, null);
    public static final Type NUMBER = new Type(Sort.NUMBER, null);
    public static final Type TEXT = new Type(Sort.TEXT, null);
    public static final Type TIME = new Type(Sort.TIME, null);
    public static final Type LENGTH = new Type(Sort.LENGTH, null);

    /** The sorts of values. */
    public enum Sort {
        TRUTH("true or false"),
        WHOLE("a whole number"),
        NUMBER("a number"),
        TEXT("a text"),
        TIME("a time"),
        LENGTH("a duration");

        private final String words;

        Sort(String words) {
            this.words = words;
        }
    }

    public static Type money(Currency currency) {
        return new Type(Sort.NUMBER, currency);
    }

    public static Type of(Property property) {
        return switch (property.type()) {
            case STRING -> TEXT;
            case NUMBER -> NUMBER;
            case INTEGER -> WHOLE;
            case BOOLEAN -> TRUTH;
            case MONEY -> money(Currency.getInstance(property.unit()));
            case TIME -> TIME;
            case DURATION -> LENGTH;
        };
    }

    public boolean isText() {
        return sort == Sort.TEXT;
    }

    /** Whether it is a plain or money number, not a time. */
    public boolean isNumber() {
        return sort == Sort.WHOLE || sort == Sort.NUMBER;
    }

    /** How many minor units a major unit of the currency has; 1 for anything but money. */
    double minorUnits() {
        return currency == null ? 1 : minorUnits(currency);
    }

    static double minorUnits(Currency currency) {
        return Math.pow(10, Math.max(0, currency.getDefaultFractionDigits()));
    }

    /** For people: {@code a text}, {@code money in EUR}. */
    public String described() {
        return currency == null ? sort.words : "money in " + currency.getCurrencyCode();
    }
}
