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

    /**
     * @param currency of amounts
     * @param names what people call the things that reasons are about: by group, or by the bare name of it
     */
    public Wording(Features features, Currency currency, Map<String, String> names) {
        this.features = features;
        this.currency = currency;
        this.names = new TreeMap<>(names);
    }

    /** Such as {@code calls about the offer, so far: 4 (usual 0 to 1)}. */
    public String of(Reason reason) {
        Optional<Feature> feature = features.find(reason.feature());
        if (feature.isEmpty()) {
            return reason.feature() + " is " + number(reason.value());
        }
        String words = named(feature.get());
        Unit unit = feature.get().unit();
        if (unit == Unit.FLAG && !Double.isNaN(reason.value())) {
            return reason.value() >= 0.5 ? words : "not so: " + words;
        }
        if (Double.isNaN(reason.value())) {
            return words + ": never yet";
        }
        return words + ": " + shown(reason.value(), unit) + usual(reason, unit);
    }

    /** Such as {@code calls about the offer, so far: 1 instead of 4}. */
    public String of(Change change) {
        Optional<Feature> feature = features.find(change.feature());
        if (feature.isEmpty()) {
            return change.feature() + " is " + number(change.to());
        }
        String words = named(feature.get());
        Unit unit = feature.get().unit();
        if (unit == Unit.FLAG) {
            return (change.to() >= 0.5 ? "" : "not: ") + words;
        }
        String to = Double.isNaN(change.to()) ? "never" : shown(change.to(), unit);
        String from = Double.isNaN(change.from()) ? "never" : shown(change.from(), unit);
        return words + ": " + to + " instead of " + from;
    }

    /** A feature in the words of the pack, without a value. */
    public String named(Feature feature) {
        String group = feature.group();
        String bare = group.substring(group.indexOf(' ') + 1);
        String name = names.getOrDefault(group, names.getOrDefault(bare, ""));
        return name.isEmpty() ? feature.words() : feature.words().replace(bare.replace('_', ' '), name);
    }

    /** What a group is called. */
    public String ofGroup(String group) {
        String bare = group.substring(group.indexOf(' ') + 1);
        return names.getOrDefault(group, names.getOrDefault(bare, bare.replace('_', ' ')));
    }

    private String usual(Reason reason, Unit unit) {
        if (Double.isNaN(reason.usualLow()) || Double.isNaN(reason.usualHigh())) {
            return "";
        }
        String low = shown(reason.usualLow(), unit);
        String high = shown(reason.usualHigh(), unit);
        return " (usual " + (low.equals(high) ? low : low + " to " + high) + ")";
    }

    private String shown(double value, Unit unit) {
        return switch (unit) {
            case COUNT -> String.format(Locale.ROOT, "%,.0f", value);
            case NUMBER -> number(value);
            case DAYS -> days(value);
            case MONEY -> money(value);
            case FLAG -> value >= 0.5 ? "yes" : "no";
            case SHARE -> String.format(Locale.ROOT, "%.0f%%", value * 100);
        };
    }

    private String money(double minor) {
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        return String.format(
                Locale.ROOT,
                "%s %,." + digits + "f",
                currency.getCurrencyCode(),
                BigDecimal.valueOf(Math.round(minor), digits));
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.1f", value);
    }

    /** In the unit that fits: minutes, hours or days. */
    private static String days(double days) {
        double size = Math.abs(days);
        if (size < 1.0 / 24) {
            return String.format(Locale.ROOT, "%.0f min", days * 24 * 60);
        }
        return size < 2
                ? String.format(Locale.ROOT, "%.1f h", days * 24)
                : String.format(Locale.ROOT, "%.1f days", days);
    }
}
