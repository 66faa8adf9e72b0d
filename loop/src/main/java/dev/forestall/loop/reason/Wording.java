package dev.forestall.loop.reason;

import dev.forestall.loop.feature.Feature;
import dev.forestall.loop.feature.Features;
import dev.forestall.loop.feature.Unit;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts reasons in words that a service lead can read aloud. Immutable. */
public final class Wording {

    private final Features features;
    private final Currency currency;
    private final Map<String, String> names;
    private final Phrasebook book;

    /**
     * @param currency of amounts
     * @param names what people call the things that reasons are about: by group, or by the bare name of it
     * @param book says it in the language of the reader
     */
    public Wording(Features features, Currency currency, Map<String, String> names, Phrasebook book) {
        this.features = features;
        this.currency = currency;
        this.names = new TreeMap<>(names);
        this.book = book;
    }

    /** Such as {@code calls about the offer, so far: 4 (usual 0 to 1)}. */
    public String of(Reason reason) {
        Optional<Feature> feature = features.find(reason.feature());
        if (feature.isEmpty()) {
            return book.say("{feature} is {value}", reason.feature(), number(reason.value()));
        }
        String words = named(feature.get());
        Unit unit = feature.get().unit();
        if (unit == Unit.FLAG && !Double.isNaN(reason.value())) {
            return reason.value() >= 0.5 ? words : book.say("not so: {what}", words);
        }
        if (Double.isNaN(reason.value())) {
            return book.say("{what}: never yet", words);
        }
        String value = shown(reason.value(), unit);
        return isUsualKnown(reason)
                ? book.say("{what}: {value} (usual {usual})", words, value, usual(reason, unit))
                : book.say("{what}: {value}", words, value);
    }

    /** Such as {@code calls about the offer, so far: 1 instead of 4}. */
    public String of(Change change) {
        Optional<Feature> feature = features.find(change.feature());
        if (feature.isEmpty()) {
            return book.say("{feature} is {value}", change.feature(), number(change.to()));
        }
        String words = named(feature.get());
        Unit unit = feature.get().unit();
        if (unit == Unit.FLAG) {
            return change.to() >= 0.5 ? words : book.say("not: {what}", words);
        }
        String to = Double.isNaN(change.to()) ? book.say("never") : shown(change.to(), unit);
        String from = Double.isNaN(change.from()) ? book.say("never") : shown(change.from(), unit);
        return book.say("{what}: {to} instead of {from}", words, to, from);
    }

    /** A feature in the words of the pack, without a value. */
    public String named(Feature feature) {
        String group = feature.group();
        String bare = group.substring(group.indexOf(' ') + 1);
        String name = names.getOrDefault(group, names.getOrDefault(bare, ""));
        return book.say(feature.phrase(), name);
    }

    /** What a group is called. */
    public String ofGroup(String group) {
        String bare = group.substring(group.indexOf(' ') + 1);
        return names.getOrDefault(group, names.getOrDefault(bare, bare.replace('_', ' ')));
    }

    private String usual(Reason reason, Unit unit) {
        String low = shown(reason.usualLow(), unit);
        String high = shown(reason.usualHigh(), unit);
        return low.equals(high) ? low : book.say("{low} to {high}", low, high);
    }

    private static boolean isUsualKnown(Reason reason) {
        return !Double.isNaN(reason.usualLow()) && !Double.isNaN(reason.usualHigh());
    }

    /** The book that words are taken from. */
    public Phrasebook book() {
        return book;
    }

    private String shown(double value, Unit unit) {
        return switch (unit) {
            case COUNT -> figure("%,.0f", value);
            case NUMBER -> number(value);
            case DAYS -> days(value);
            case MONEY -> money(value);
            case FLAG -> book.say(value >= 0.5 ? "yes" : "no");
            case SHARE -> book.say("{share}%", figure("%.0f", value * 100));
        };
    }

    private String money(double minor) {
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        return currency.getCurrencyCode()
                + ' '
                + figure("%,." + digits + "f", BigDecimal.valueOf(Math.round(minor), digits));
    }

    private String number(double value) {
        return figure(value == Math.rint(value) ? "%,.0f" : "%,.1f", value);
    }

    private String figure(String format, Number value) {
        return book.figure(String.format(Locale.ROOT, format, value));
    }

    /** In the unit that fits: minutes, hours or days. */
    private String days(double days) {
        double size = Math.abs(days);
        if (size < 1.0 / 24) {
            return book.say("{count} min", figure("%.0f", days * 24 * 60));
        }
        return size < 2
                ? book.say("{count} h", figure("%.1f", days * 24))
                : book.say("{count} days", figure("%.1f", days));
    }
}
