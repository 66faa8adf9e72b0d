package dev.forestall.loop.host;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Property;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;

/** Reads the value of a property that was kept as text, because it was not declared when it came. */
final class TextValue {

    private TextValue() {}

    /**
     * Gives an event the value, in the plain notation of the property's type: numbers with a decimal point, money in major units, times and
     * lengths of time as ISO 8601.
     *
     * @return whether it is a value of that type; the event is left as it was when not
     */
    static boolean read(String text, Property property, Event.Builder event) {
        int slot = property.slot();
        try {
            switch (property.type()) {
                case STRING -> event.text(slot, text);
                case NUMBER -> {
                    double number = new BigDecimal(text).doubleValue();
                    if (!Double.isFinite(number)) {
                        return false;
                    }
                    event.number(slot, number);
                }
                case INTEGER -> event.whole(slot, new BigDecimal(text).longValueExact());
                case BOOLEAN -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        return false;
                    }
                    event.whole(slot, text.equals("true") ? 1 : 0);
                }
                case MONEY ->
                    event.whole(
                            slot,
                            new BigDecimal(text)
                                    .movePointRight(Currency.getInstance(property.unit())
                                            .getDefaultFractionDigits())
                                    .longValueExact());
                case TIME -> event.whole(slot, Instant.parse(text).toEpochMilli());
                case DURATION -> event.whole(slot, Duration.parse(text).toMillis());
            }
            return true;
        } catch (ArithmeticException | IllegalArgumentException | DateTimeException notOfThatType) {
            return false;
        }
    }
}
