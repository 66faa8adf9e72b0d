package dev.forestall.connectors.segment;

import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * What the calls of one request become. Immutable.
 *
 * @param records for the log, in the order of the calls
 * @param items what became of each call, in their order
 */
public record SegmentRecords(List<Logged> records, List<Item> items) {
    public SegmentRecords {
        records = List.copyOf(records);
        items = List.copyOf(items);
    }

    /**
     * What became of one call: it may be several records, or none when it says nothing that the tracking plan wants to know.
     *
     * @param from the place of its first record
     * @param until the place behind its last
     * @param rejected what is wrong with it; it is a record too
     * @param unknown optional properties whose values could not be read: {@code order_placed.discount}
     */
    public record Item(int from, int until, Optional<Rejected> rejected, List<String> unknown) {
        public Item {
            unknown = List.copyOf(unknown);
        }

        /** Whether all of it was sent before. */
        public boolean isDuplicate(SortedSet<Integer> known) {
            return rejected.isEmpty()
                    && until > from
                    && known.subSet(from, until).size() == until - from;
        }
    }

    /** How many calls could be used, those sent before among them. */
    public int accepted() {
        return items.size() - rejected();
    }

    /** How many calls could not be used. */
    public int rejected() {
        return (int) items.stream().filter(item -> item.rejected().isPresent()).count();
    }

    /**
     * How many calls were sent before.
     *
     * @param known the places of the records that the log had already
     */
    public int duplicates(List<Integer> known) {
        SortedSet<Integer> places = new TreeSet<>(known);
        return (int) items.stream().filter(item -> item.isDuplicate(places)).count();
    }

    /**
     * The same, come from a source that can be read again.
     *
     * @param places of each call: that of its first record, the further ones stand at the ordinals behind
     */
    public SegmentRecords at(IntFunction<Origin> places) {
        List<Logged> placed = new ArrayList<>(records);
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            for (int record = item.from; record < item.until; record++) {
                placed.set(record, at(placed.get(record), places.apply(i), record - item.from));
            }
        }
        return new SegmentRecords(placed, items);
    }

    private static Logged at(Logged logged, Origin place, int behind) {
        return switch (logged) {
            case Logged.Arrived arrived -> new Logged.Arrived(at(arrived.origin(), place, behind), arrived.event());
            case Logged.Reported reported ->
                new Logged.Reported(at(reported.origin(), place, behind), reported.report());
            case Logged.Rejection rejection ->
                new Logged.Rejection(at(rejection.origin(), place, behind), rejection.rejected(), rejection.raw());
            default -> throw new IllegalStateException("a call became " + logged);
        };
    }

    private static Origin at(Origin said, Origin place, int behind) {
        return new Origin(place.source(), place.ordinal() + behind, place.line())
                .live(said.sentAtMillis(), said.receivedAtMillis());
    }
}
