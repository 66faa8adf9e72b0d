package dev.forestall.loop.feature;

import dev.forestall.loop.expression.Moment;
import java.util.List;

/** Some features in an order: the columns of a table, or of what a model looks at. Immutable. */
public final class FeatureSpace {

    /** Larger numbers count as this: what is infinite could be neither learned from nor scored. */
    private static final double LARGEST = 1e30;

    private final List<Feature> features;
    private final Feature.Reading[] readings;

    public FeatureSpace(List<Feature> features) {
        this.features = List.copyOf(features);
        this.readings = features.stream().map(Feature::reading).toArray(Feature.Reading[]::new);
    }

    public List<Feature> features() {
        return features;
    }

    public int size() {
        return readings.length;
    }

    /** Reads all of them; what is absent is NaN. */
    void fill(Track track, Moment moment, float[] row) {
        for (int i = 0; i < readings.length; i++) {
            double value = readings[i].of(track, moment);
            row[i] = (float) Math.max(-LARGEST, Math.min(LARGEST, value));
        }
    }
}
