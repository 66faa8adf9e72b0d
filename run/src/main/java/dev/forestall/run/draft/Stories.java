package dev.forestall.run.draft;

import dev.forestall.connectors.files.RawRecords;
import dev.forestall.connectors.files.Times;
import dev.forestall.loop.host.FileMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What happened to each customer of a file, in order of time.
 *
 * @param all the customers
 * @param types what can happen, as it stands in the file
 * @param filled of each type, the columns that ever have a value
 * @param steady the columns that say the same at all events of a customer
 * @param ahead of each column that holds times, the share of its values that lie after the event that says them, 0 to 1; of others 0
 * @param firstMillis the earliest event, in milliseconds since 1970 UTC
 * @param lastMillis the latest event
 * @param isDaily whether all times are midnights: the file says days, not hours
 */
record Stories(
        List<Story> all,
        List<String> types,
        List<BitSet> filled,
        BitSet steady,
        List<Double> ahead,
        long firstMillis,
        long lastMillis,
        boolean isDaily) {

    private static final long DAY = 86_400_000;

    /** Of more customers it is not remembered what columns said before; the first ones tell. */
    private static final int REMEMBERED = 200_000;

    /**
     * One customer.
     *
     * @param at when, ascending
     * @param types what, by the numbers of the types
     */
    record Story(long[] at, int[] types) {

        int length() {
            return at.length;
        }

        /** The first event of a type, from an event on; -1 when there is none. */
        int first(int type, int from) {
            for (int i = from; i < types.length; i++) {
                if (types[i] == type) {
                    return i;
                }
            }
            return -1;
        }

        int count(int type) {
            return (int) Arrays.stream(types).filter(each -> each == type).count();
        }

        int last() {
            return types[types.length - 1];
        }
    }

    long span() {
        return lastMillis - firstMillis;
    }

    long events() {
        return all.stream().mapToLong(Story::length).sum();
    }

    /** How long customers wait from one event to the next, ascending. */
    long[] gaps() {
        return all.stream()
                .flatMapToLong(
                        story -> IntStream.range(1, story.length()).mapToLong(i -> story.at()[i] - story.at()[i - 1]))
                .sorted()
                .toArray();
    }

    /** The value below which a share of sorted values lies; 0 when there are none. */
    static long quantile(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
    }

    /**
     * Reads the stories of a file.
     *
     * @param missing texts that mean that there is no value
     * @param most at most so many records
     */
    static Stories read(RawRecords records, List<Column> columns, Roles roles, Set<String> missing, long most) {
        Reader reader = new Reader(records, columns, roles, missing);
        for (long read = 0; read < most && records.next(); read++) {
            reader.take();
        }
        return reader.stories();
    }

    /** One customer while the file is read. */
    private static final class Growing {
        private long[] at = new long[4];
        private int[] types = new int[4];
        private int length;
        private long @Nullable [] said;

        void add(long millis, int type) {
            if (length == at.length) {
                at = Arrays.copyOf(at, 2 * length);
                types = Arrays.copyOf(types, 2 * length);
            }
            at[length] = millis;
            types[length++] = type;
        }

        /** In order of time; what is of the same time stays as it stood in the file. */
        Story story() {
            boolean isSorted = true;
            for (int i = 1; i < length; i++) {
                isSorted &= at[i - 1] <= at[i];
            }
            if (isSorted) {
                return new Story(Arrays.copyOf(at, length), Arrays.copyOf(types, length));
            }
            int[] order = IntStream.range(0, length)
                    .boxed()
                    .sorted((a, b) -> Long.compare(at[a], at[b]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            return new Story(
                    Arrays.stream(order).mapToLong(i -> at[i]).toArray(),
                    Arrays.stream(order).map(i -> types[i]).toArray());
        }
    }

    private static final class Reader {
        private final RawRecords records;
        private final Roles roles;
        private final Set<String> missing;
        private final Times times;
        private final int columns;
        private final SequencedMap<String, Growing> customers = new LinkedHashMap<>();
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> types = new ArrayList<>();
        private final List<BitSet> filled = new ArrayList<>();
        private final BitSet steady = new BitSet();
        private final List<Optional<Times>> timesOf;
        private final long[] timed;
        private final long[] later;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private boolean isDaily = true;

        Reader(RawRecords records, List<Column> all, Roles roles, Set<String> missing) {
            this.records = records;
            this.roles = roles;
            this.missing = missing;
            this.times = roles.format().times();
            this.columns = records.shape().places().size();
            steady.set(0, columns);
            this.timesOf = all.stream()
                    .map(each -> each == roles.time().column() ? Optional.<TimeFormats.Found>empty() : each.time())
                    .map(found -> found.map(TimeFormats.Found::times))
                    .toList();
            this.timed = new long[columns];
            this.later = new long[columns];
        }

        void take() {
            String id = records.text(roles.id().column().place());
            String time = records.text(roles.time().column().place());
            long at = time == null ? Times.UNREADABLE : times.millis(time);
            String type = type();
            if (id == null || missing.contains(id) || at == Times.UNREADABLE || type.isEmpty()) {
                return;
            }
            int number = numbers.computeIfAbsent(type, each -> {
                types.add(each);
                filled.add(new BitSet());
                return types.size() - 1;
            });
            Growing customer = customers.computeIfAbsent(id, each -> new Growing());
            customer.add(at, number);
            first = Math.min(first, at);
            last = Math.max(last, at);
            isDaily &= at % DAY == 0;
            look(customer, number, at);
        }

        private String type() {
            if (roles.types().isEmpty()) {
                return "record";
            }
            StringBuilder type = new StringBuilder();
            for (Roles.Guess each : roles.types()) {
                String text = records.text(each.column().place());
                type.append(type.isEmpty() ? "" : FileMapping.JOINT)
                        .append(text == null || missing.contains(text) ? "" : text);
            }
            return type.toString();
        }

        private void look(Growing customer, int type, long at) {
            boolean isRemembered = customers.size() <= REMEMBERED;
            if (isRemembered && customer.said == null) {
                customer.said = new long[columns];
            }
            for (int column = 0; column < columns; column++) {
                String text = records.text(column);
                if (text == null || missing.contains(text)) {
                    continue;
                }
                filled.get(type).set(column);
                if (timesOf.get(column).isPresent()) {
                    timed[column]++;
                    later[column] += timesOf.get(column).get().millis(text) > at ? 1 : 0;
                }
                if (customer.said != null && steady.get(column)) {
                    long hash = DistinctCount.hash(text) | 1;
                    if (customer.said[column] != 0 && customer.said[column] != hash) {
                        steady.clear(column);
                    }
                    customer.said[column] = hash;
                }
            }
        }

        private List<Double> ahead() {
            return IntStream.range(0, columns)
                    .mapToObj(column -> timed[column] == 0 ? 0 : (double) later[column] / timed[column])
                    .toList();
        }

        Stories stories() {
            List<Story> all = customers.values().stream().map(Growing::story).toList();
            return new Stories(all, List.copyOf(types), List.copyOf(filled), steady, ahead(), first, last, isDaily);
        }
    }
}
