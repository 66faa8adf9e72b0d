package dev.forestall.loop.risk;

import java.util.List;

/**
 * How the values of one input lay in training: so many customers in each bin, one moment of each. Immutable.
 *
 * @param cuts where one bin ends and the next begins, ascending; a value at a cut is in the bin that begins there
 * @param counts by bin, one more than there are cuts; and last, how many had no value
 */
public record Spread(List<Double> cuts, List<Integer> counts) {

    public Spread {
        cuts = List.copyOf(cuts);
        counts = List.copyOf(counts);
        if (counts.size() != cuts.size() + 2) {
            throw new IllegalArgumentException(cuts.size() + " cuts make " + (cuts.size() + 1)
                    + " bins, and one for what is absent; got " + counts.size());
        }
    }

    /** In which bin a value is. */
    public int bin(float value) {
        return bin(cuts, value);
    }

    /** In which of the bins between some cuts a value is; what is absent is in the one behind all others. */
    public static int bin(List<Double> cuts, float value) {
        if (Float.isNaN(value)) {
            return cuts.size() + 1;
        }
        int bin = 0;
        while (bin < cuts.size() && value >= cuts.get(bin)) {
            bin++;
        }
        return bin;
    }
}
