package dev.forestall.pack;

import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.util.Set;
import java.util.TreeSet;

/** Reads references to signals: {@code signal.offer_stall}, or the name alone. */
final class SignalNames {

    private static final String PREFIX = "signal.";

    private SignalNames() {}

    /** The declared signals that a key refers to; those that do not exist are reported. */
    static Set<String> read(Section section, String key, SignalsReader signals, Problems problems) {
        Set<String> names = new TreeSet<>();
        for (Scalar scalar : section.scalars(key)) {
            String name = scalar.text().startsWith(PREFIX) ? scalar.text().substring(PREFIX.length()) : scalar.text();
            if (signals.names().contains(name)) {
                names.add(name);
            } else {
                problems.unknown(
                        PackError.UNKNOWN_NAME, scalar.place(), section.pathOf(key), "signal", name, signals.names());
            }
        }
        return names;
    }
}
