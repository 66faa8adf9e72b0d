package dev.forestall.loop.event;

import java.util.Currency;

/**
 * An amount of money: whole minor units and their currency. Never a bare number across packages.
 *
 * @param minor minor units, such as cents; may be negative
 * @param currency ISO 4217
 */
public record Money(long minor, Currency currency) {

    /** Whether a number can be an amount in minor units: neither absent nor infinite, nor so large that it is not exact. */
    public static boolean isAmount(double minor) {
        return Math.abs(minor) < 0x1p53;
    }

    /** Rounded half to even to whole minor units. */
    public static Money ofMinor(double minor, Currency currency) {
        if (!isAmount(minor)) {
            throw new IllegalArgumentException(minor + " minor units are no amount of money");
        }
        return new Money((long) Math.rint(minor), currency);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minor, same(other).minor), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, same(other).minor), currency);
    }

    private Money same(Money other) {
        if (!other.currency.equals(currency)) {
            throw new IllegalArgumentException("cannot combine " + this + " and " + other);
        }
        return other;
    }

    @Override
    public String toString() {
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        return java.math.BigDecimal.valueOf(minor, digits).toPlainString() + " " + currency.getCurrencyCode();
    }
}
