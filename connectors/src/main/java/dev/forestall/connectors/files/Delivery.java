package dev.forestall.connectors.files;

import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.Origin;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** In which order records are handed on, without those that the mapping leaves out. */
abstract sealed class Delivery implements Closeable {

    private final RecordReader reader;
    private final Form form;
    private final long from;
    private volatile long ignored;

    /** @param from records that begin before are passed over */
    private Delivery(RecordReader reader, Form form, long from) {
        this.reader = reader;
        this.form = form;
        this.from = from;
    }

    /**
     * The next record, or null.
     *
     * @param source name of the file
     * @param ordinal of the record in the order of delivery
     */
    abstract @Nullable FileRecord next(String source, long ordinal);

    /** Passes over the next record; false when there is none. */
    abstract boolean skip();

    /** How many records there are, once that is known. May be asked by any thread. */
    abstract Optional<Long> prepared();

    long ignored() {
        return ignored;
    }

    /** Moves the reader to the next record that counts. */
    final boolean read() {
        while (reader.next()) {
            if (from > 0 && reader.offset() < from) {
                continue;
            }
            if (reader.reading() != Reading.Ignored.IGNORED) {
                return true;
            }
            ignored = ignored + 1;
        }
        return false;
    }

    /** What the reader has read. */
    final Item item() {
        Reading reading = reader.reading();
        boolean isBad = reading instanceof Reading.Bad;
        return new Item(
                reading,
                reader.line(),
                reader.offset(),
                isBad ? reader.raw() : "",
                isBad ? reader.form(form) : Form.NONE);
    }

    /** As {@link #item}, at its place in the order of delivery. Nearly all are good, and need no item on the way. */
    final FileRecord record(String source, long ordinal) {
        return reader.reading() instanceof Reading.Good good
                ? new FileRecord.Arrived(new Origin(source, ordinal, reader.line()), reader.offset(), good.event())
                : item().at(source, ordinal);
    }

    /** As they stand in the file. */
    static final class AsIs extends Delivery {

        AsIs(RecordReader reader, Form form, FileOptions options) {
            super(reader, form, options.stretch().from());
        }

        @Override
        @Nullable
        FileRecord next(String source, long ordinal) {
            return read() ? record(source, ordinal) : null;
        }

        @Override
        boolean skip() {
            return read();
        }

        @Override
        Optional<Long> prepared() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    /** In order of time, what has none first. */
    static final class ByTime extends Delivery {
        private final TimeSorter sorter;
        private final ItemCodec codec;
        private volatile Optional<Long> prepared = Optional.empty();

        ByTime(RecordReader reader, Form form, TrackingPlan plan, FileOptions options) {
            super(reader, form, options.stretch().from());
            this.sorter = new TimeSorter(options.sortMemory(), options.scratch());
            this.codec = new ItemCodec(plan);
        }

        @Override
        @Nullable
        FileRecord next(String source, long ordinal) {
            return skip()
                    ? codec.read(sorter.bytes(), sorter.from(), sorter.to()).at(source, ordinal)
                    : null;
        }

        @Override
        boolean skip() {
            if (prepared.isEmpty()) {
                prepare();
            }
            return sorter.next();
        }

        private void prepare() {
            while (read()) {
                Item item = item();
                sorter.add(key(item.reading()), codec.write(item));
            }
            sorter.sort();
            prepared = Optional.of(sorter.count());
        }

        /** Times let in lie between 1970 and a little after 2100, which the sorter can hold. */
        private static long key(Reading reading) {
            return reading instanceof Reading.Good good ? good.event().atMillis() + 1 : 0;
        }

        @Override
        Optional<Long> prepared() {
            return prepared;
        }

        @Override
        public void close() throws IOException {
            sorter.close();
        }
    }
}
