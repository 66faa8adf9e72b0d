package dev.forestall.pack;

import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what policies and alerts wait for: signals, as {@code signal.offer_stall} or by name
 * alone, signals of others that affect a customer, as {@code context.outage}, and levels of risks. */
final class Triggers {

    private static final String SIGNAL = "signal.";
    private static final String CONTEXT = "context.";
    private static final String RISK = "risk.";

    private static final Pattern LEVEL = Pattern.compile("0\\.[0-9]{1,6}");

    private Triggers() {}

    /** A level of a prediction's probability. */
    record RiskLevel(String prediction, double level) {}

    /** The level of a risk that a text names; nothing when it names none. */
    static Optional<RiskLevel> risk(String text) {
        int above = text.indexOf(" > ");
        if (!text.startsWith(RISK) || above < 0) {
            return Optional.empty();
        }
        String number = text.substring(above + 3);
        // What is no such number has been reported by the inspection of the pack's shape.
        double level = LEVEL.matcher(number).matches() ? Double.parseDouble(number) : 0;
        return level > 0 && level < 1
                ? Optional.of(new RiskLevel(text.substring(RISK.length(), above), level))
                : Optional.empty();
    }

    /** What a key waits for; what does not exist is reported. */
    static Set<TriggerName> read(
            Section section, String key, SignalsReader signals, List<String> predictions, Problems problems) {
        List<TriggerName> names = new ArrayList<>();
        for (Scalar scalar : section.scalars(key)) {
            names.addAll(read(scalar.text(), scalar, section.pathOf(key), signals, predictions, problems));
        }
        return TriggerName.ordered(names);
    }

    /** What a text names, at some place; what does not exist is reported. */
    static Set<TriggerName> read(
            String text, Scalar at, String path, SignalsReader signals, List<String> predictions, Problems problems) {
        if (text.startsWith(RISK)) {
            return risks(text, at, path, predictions, problems);
        }
        if (text.startsWith(CONTEXT)) {
            return context(text, at, path, signals, problems);
        }
        return TriggerName.signals(signals(text, at, path, signals, problems).toArray(String[]::new));
    }

    /** A signal of others, as the customers see it whom it affects. */
    private static Set<TriggerName> context(
            String text, Scalar at, String path, SignalsReader signals, Problems problems) {
        String name = text.substring(CONTEXT.length());
        List<String> valid =
                signals.names().stream().filter(signals::affectsCustomers).toList();
        if (valid.contains(name)) {
            return Set.of(new TriggerName.OfContext(name));
        }
        problems.unknown(
                PackError.UNKNOWN_NAME,
                at.place(),
                path,
                "signal of a group or entity that affects customers",
                name,
                valid);
        return Set.of();
    }

    private static Set<TriggerName> risks(
            String text, Scalar at, String path, List<String> predictions, Problems problems) {
        RiskLevel level = risk(text).orElse(null);
        if (level == null) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    at.place(),
                    path,
                    text + " is never reached anew",
                    "Expected a level above 0 and below 1");
            return Set.of();
        }
        if (!predictions.contains(level.prediction())) {
            problems.unknown(PackError.UNKNOWN_NAME, at.place(), path, "prediction", level.prediction(), predictions);
            return Set.of();
        }
        return Set.of(new TriggerName.OfRisk(level.prediction(), level.level()));
    }

    /** The declared signal that a text names. */
    static Set<String> signals(String text, Scalar at, String path, SignalsReader signals, Problems problems) {
        String name = text.startsWith(SIGNAL) ? text.substring(SIGNAL.length()) : text;
        if (signals.names().contains(name)) {
            return Set.of(name);
        }
        problems.unknown(PackError.UNKNOWN_NAME, at.place(), path, "signal", name, signals.names());
        return Set.of();
    }
}
