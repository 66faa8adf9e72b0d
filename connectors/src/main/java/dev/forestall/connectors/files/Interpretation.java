package dev.forestall.connectors.files;

import java.util.SortedMap;
import java.util.TreeMap;

/** What is made of the values of one record. Knows nothing of formats. For one thread. */
interface Interpretation {

    /** The places whose values it wants to see. */
    Places places();

    /**
     * Reads one record.
     *
     * @param latestMillis the latest time that is let in, in milliseconds since 1970 UTC
     */
    Reading read(RecordValues values, long latestMillis);

    /** In how many records so far the identifier of a name was a word that names nobody. */
    default SortedMap<String, Long> placeholders() {
        return new TreeMap<>();
    }
}
