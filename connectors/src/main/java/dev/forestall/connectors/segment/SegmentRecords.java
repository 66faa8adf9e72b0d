package dev.forestall.connectors.segment;

import dev.forestall.loop.host.Logged;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the calls of one request become. Immutable.
 *
 * @param records for the log, in the order of the calls
 * @param accepted how many calls could be used, those among them that say nothing which the tracking plan wants to know
 * @param rejected how many could not; each is a record too
 * @param unknown how many values of optional properties could not be read, by event and property: {@code order_placed.discount}
 */
public record SegmentRecords(List<Logged> records, int accepted, int rejected, SortedMap<String, Integer> unknown) {
    public SegmentRecords {
        records = List.copyOf(records);
        unknown = Collections.unmodifiableSortedMap(new TreeMap<>(unknown));
    }

    /**
     * How many of the calls were sent before, as nearly as can be told: a call may be several records, and how many of all records were
     * known is all that the log says.
     */
    public int duplicates(int knownRecords) {
        int ofAccepted = records.size() - rejected;
        return ofAccepted == 0 ? 0 : (int) Math.min(accepted, Math.ceilDiv((long) knownRecords * accepted, ofAccepted));
    }
}
