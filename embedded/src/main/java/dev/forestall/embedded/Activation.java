package dev.forestall.embedded;

import dev.forestall.loop.host.InForce;
import dev.forestall.loop.host.StateView;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From where on a definition is in force. What inputs behind it lead to is answered by that definition, until the next activation.
 *
 * @param position of the record in the log with which it came into force; 0 of the first one, which has none
 * @param atMillis of the log's clock at that place
 * @param definition its hash
 * @param semantics of the program that answers: see {@code Loop.SEMANTICS}
 * @param knownSince by declaration, such as {@code signal.late}, from which instant of the log's clock on it knows what happened; what is
 *     not listed knows everything
 * @param generation of the states that came into force with it
 */
public record Activation(
        long position,
        long atMillis,
        String definition,
        int semantics,
        SortedMap<String, Long> knownSince,
        int generation) {

    static final String NAME = "activations";

    public Activation {
        knownSince = Collections.unmodifiableSortedMap(new TreeMap<>(knownSince));
    }

    /** What those who look need to know of it. */
    InForce inForce() {
        return new InForce(position, atMillis, definition, semantics, knownSince);
    }

    /** All of a store, in the order of the log. */
    static List<Activation> all(StateView store) {
        return store.named(NAME).map(Activation::read).orElse(List.of());
    }

    private static List<Activation> read(byte[] bytes) {
        Reader from = new Reader(bytes);
        List<Activation> all = new ArrayList<>();
        for (int left = from.size(); left > 0; left--) {
            long position = from.count();
            long atMillis = from.whole();
            String definition = from.text();
            int semantics = from.size();
            int generation = from.size();
            SortedMap<String, Long> since = new TreeMap<>();
            for (int more = from.size(); more > 0; more--) {
                since.put(from.text(), from.whole());
            }
            all.add(new Activation(position, atMillis, definition, semantics, since, generation));
        }
        return List.copyOf(all);
    }

    static byte[] write(List<Activation> all) {
        Writer to = new Writer();
        to.count(all.size());
        for (Activation each : all) {
            to.count(each.position)
                    .whole(each.atMillis)
                    .text(each.definition)
                    .count(each.semantics)
                    .count(each.generation)
                    .count(each.knownSince.size());
            each.knownSince.forEach((declaration, since) -> to.text(declaration).whole(since));
        }
        return to.toBytes();
    }
}
