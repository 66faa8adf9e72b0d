package dev.forestall.loop.trigger;

import dev.forestall.loop.risk.Prediction;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/** What alerts and policies wait for. */
public sealed interface TriggerName {

    /** As a pack writes it. */
    String text();

    /** A signal of the subject. @param signal its name in the pack */
    record OfSignal(String signal) implements TriggerName {
        @Override
        public String text() {
            return "signal." + signal;
        }
    }

    /** A level of a risk. @param prediction its name in the pack @param level the probability that is reached, above 0 and below 1 */
    record OfRisk(String prediction, double level) implements TriggerName {
        @Override
        public String text() {
            return Prediction.trigger(prediction, level);
        }
    }

    /** A signal of others that affects the customer: of a group they are in, or of an entity they depend on. @param signal its name */
    record OfContext(String signal) implements TriggerName {
        @Override
        public String text() {
            return "context." + signal;
        }
    }

    /** Signals by their names. */
    static Set<TriggerName> signals(String... names) {
        Set<TriggerName> all = new TreeSet<>(ORDER);
        for (String name : names) {
            all.add(new OfSignal(name));
        }
        return all;
    }

    /** The same names, in an order of their own that does not depend on how they were given. */
    static Set<TriggerName> ordered(Collection<TriggerName> names) {
        Set<TriggerName> all = new TreeSet<>(ORDER);
        all.addAll(names);
        return Collections.unmodifiableSet(all);
    }

    Comparator<TriggerName> ORDER = Comparator.comparing(TriggerName::text);
}
