package dev.forestall.connectors.files;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.host.FileMapping.Notation;
import dev.forestall.loop.host.FileMapping.TimeFormat;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of one property, written in one notation, into events. */
public sealed interface Values {

    /** Puts the value into the slot; false when the text is no such value. */
    boolean read(String text, Event.Builder event, int slot);

    /** What a value should look like, for people. */
    String expected();

    /** @throws IllegalArgumentException when a property of that type cannot be written in that notation */
    static Values of(Property property, Notation notation) {
        return switch (notation) {
            case Notation.Plain ignored -> plain(property);
            case Notation.Decimal decimal ->
                decimal(property, new Decimals(decimal.decimalMark(), decimal.groupMark()));
            case Notation.MinorUnits ignored -> {
                require(property, PropertyType.MONEY, notation);
                yield new Whole(Decimals.PLAIN, 0, true, "a whole number of the smallest unit of " + property.unit());
            }
            case Notation.Words words -> {
                require(property, PropertyType.BOOLEAN, notation);
                yield new Truth(words.yes(), words.no());
            }
            case Notation.TimeAs time -> {
                require(property, PropertyType.TIME, notation);
                yield new Time(Times.of(time.format()));
            }
            case Notation.LengthIn length -> {
                require(property, PropertyType.DURATION, notation);
                yield new Length(length.unitMillis());
            }
        };
    }

    private static Values plain(Property property) {
        return switch (property.type()) {
            case STRING -> new Text();
            case BOOLEAN -> new Truth(Set.of("true"), Set.of("false"));
            case TIME -> new Time(Times.of(new TimeFormat.Iso(ZoneOffset.UTC)));
            case DURATION -> new IsoLength();
            case NUMBER, INTEGER, MONEY -> decimal(property, Decimals.PLAIN);
        };
    }

    private static Values decimal(Property property, Decimals decimals) {
        return switch (property.type()) {
            case NUMBER -> new Number(decimals);
            case INTEGER -> new Whole(decimals, 0, true, "a whole number such as 42");
            case MONEY -> {
                int digits = minorDigits(property.unit());
                String example =
                        BigDecimal.valueOf(1250, digits).toPlainString().replace('.', decimals.mark());
                yield new Whole(decimals, digits, true, "an amount of " + property.unit() + " such as " + example);
            }
            case STRING, BOOLEAN, TIME, DURATION ->
                throw new IllegalArgumentException("property " + property.name() + " is of type "
                        + property.type().name().toLowerCase(Locale.ROOT)
                        + " and cannot be written as a decimal number");
        };
    }

    /** How many digits the smallest unit has behind the point: 2 for EUR, 0 for JPY. */
    private static int minorDigits(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }

    private static void require(Property property, PropertyType type, Notation notation) {
        if (property.type() != type) {
            throw new IllegalArgumentException("property " + property.name() + " is of type "
                    + property.type().name().toLowerCase(Locale.ROOT) + " and cannot be written as "
                    + notation.getClass().getSimpleName());
        }
    }

    /** Words, as they are. */
    record Text() implements Values {
        @Override
        public boolean read(String text, Event.Builder event, int slot) {
            event.text(slot, text);
            return true;
        }

        @Override
        public String expected() {
            return "a text";
        }
    }

    /** A decimal number. */
    record Number(Decimals decimals) implements Values {
        @Override
        public boolean read(String text, Event.Builder event, int slot) {
            double value = decimals.number(text);
            if (Double.isNaN(value)) {
                return false;
            }
            event.number(slot, value);
            return true;
        }

        @Override
        public String expected() {
            return "a number such as 12" + decimals.mark() + "5";
        }
    }

    /** A number that is stored as a whole one after moving the point. */
    record Whole(Decimals decimals, int scale, boolean exact, String expected) implements Values {
        @Override
        public boolean read(String text, Event.Builder event, int slot) {
            long value = decimals.scaled(text, scale, exact);
            if (value == Decimals.UNREADABLE) {
                return false;
            }
            event.whole(slot, value);
            return true;
        }
    }

    /** True or false in words; capitals do not matter. */
    final class Truth implements Values {
        private final Set<String> yes = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        private final Set<String> no = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

        Truth(Set<String> yes, Set<String> no) {
            this.yes.addAll(yes);
            this.no.addAll(no);
        }

        @Override
        public boolean read(String text, Event.Builder event, int slot) {
            String word = text.strip();
            boolean isTrue = yes.contains(word);
            if (!isTrue && !no.contains(word)) {
                return false;
            }
            event.whole(slot, isTrue ? 1 : 0);
            return true;
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", yes) + " or " + String.join(", ", no);
        }
    }

    /** A point in time. */
    record Time(Times times) implements Values {
        @Override
        public boolean read(String text, Event.Builder event, int slot) {
            long millis = times.millis(text);
            if (millis == Times.UNREADABLE) {
                return false;
            }
            event.whole(slot, millis);
            return true;
        }

        @Override
        public String expected() {
            return times.expected();
        }
    }

    /** A length of time as a number of units. */
    record Length(long unitMillis) implements Values {
        /** A thousandth of a millisecond is kept while multiplying, so that 0.5 minutes and 1/3 hours come out right. */
        private static final int SCALE = 6;

        @Override
        public boolean read(String text, Event.Builder event, int slot) {
            long millionths = Decimals.PLAIN.scaled(text, SCALE, false);
            if (millionths == Decimals.UNREADABLE) {
                return false;
            }
            BigDecimal millis = BigDecimal.valueOf(millionths, SCALE).multiply(BigDecimal.valueOf(unitMillis));
            BigDecimal whole = millis.setScale(0, java.math.RoundingMode.HALF_EVEN);
            if (whole.unscaledValue().bitLength() > 63) {
                return false;
            }
            event.whole(slot, whole.longValue());
            return true;
        }

        @Override
        public String expected() {
            return "a number of units of " + Duration.ofMillis(unitMillis);
        }
    }

    /** A length of time as ISO 8601 writes it, with weeks; years and months have no length of their own. */
    record IsoLength() implements Values {

        private static final Pattern WEEKS = Pattern.compile("([+-]?)P([+-]?\\d{1,9})W(.*)", Pattern.CASE_INSENSITIVE);

        private static long millis(String text) {
            Matcher weeks = WEEKS.matcher(text);
            if (!weeks.matches()) {
                return Duration.parse(text).toMillis();
            }
            Duration rest = weeks.group(3).isEmpty() ? Duration.ZERO : Duration.parse("P" + weeks.group(3));
            Duration all = Duration.ofDays(7 * Long.parseLong(weeks.group(2))).plus(rest);
            return (weeks.group(1).equals("-") ? all.negated() : all).toMillis();
        }

        @Override
        public boolean read(String text, Event.Builder event, int slot) {
            try {
                event.whole(slot, millis(text.strip()));
                return true;
            } catch (DateTimeException | ArithmeticException unreadable) {
                return false;
            }
        }

        @Override
        public String expected() {
            return "a length of time such as PT5M, P3D or P2W";
        }
    }
}
