package dev.forestall.pack.model;

import dev.forestall.loop.risk.Fitted;
import dev.forestall.loop.risk.Spreads;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model as it is kept: what it is, and where it comes from.
 *
 * @param fitted what the loop needs
 * @param external what an external model is made of; null for one that was learned here
 * @param spreads how what it looks at lay in training; null when that was not kept, as in files of format 1
 * @param provenance where it comes from
 */
public record SavedModel(
        Fitted fitted,
        @Nullable External external,
        @Nullable Spreads spreads,
        Provenance provenance) {

    /** A model that was learned here, of which nobody knows how what it looks at lay. */
    public SavedModel(Fitted fitted, Provenance provenance) {
        this(fitted, null, null, provenance);
    }

    public SavedModel {
        if (fitted.isExternal() != (external != null)) {
            throw new IllegalArgumentException("model " + fitted.model()
                    + (fitted.isExternal()
                            ? " is external, and its file is not named"
                            : " is not external, but has a file"));
        }
        if (spreads != null && spreads.inputs().size() != fitted.inputs().size()) {
            throw new IllegalArgumentException("model " + fitted.model() + " has "
                    + fitted.inputs().size() + " inputs, and it is said how "
                    + spreads.inputs().size() + " of them lay");
        }
    }

    /**
     * What an external model is made of.
     *
     * @param sha256 of the file in the ONNX format that lies beside: lower-case hexadecimal digits
     * @param binding which features its inputs are given, as it was written; empty when each has the name of its own
     */
    public record External(String sha256, String binding) {}

    /**
     * Where a model comes from.
     *
     * @param dataHash names the log it was learned from, such as the SHA-256 of its bytes
     * @param packHash the hash of the pack with its baselines and without models
     * @param version of Forestall that learned it
     * @param seed of all draws
     * @param moments from how many it was learned
     * @param subjects of how many customers they were
     * @param from the earliest moment
     * @param to the latest
     * @param metrics how good it was on the test, by name
     */
    public record Provenance(
            String dataHash,
            String packHash,
            String version,
            long seed,
            int moments,
            int subjects,
            Instant from,
            Instant to,
            SortedMap<String, Double> metrics) {

        public Provenance {
            metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        }
    }

    public String prediction() {
        return fitted.prediction();
    }

    /** Names it by its content. */
    public String name() {
        return fitted.model();
    }
}
