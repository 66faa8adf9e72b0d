package dev.forestall.benchmarks.flink;

import dev.forestall.benchmarks.stream.Activity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceReader;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the workload into a job in event-time order, like a log with one partition per reader: reader i reads part i, always.
 * Its position is part of Flink's checkpoints.
 */
final class TrafficSource implements Source<Activity, TrafficSource.Part, Boolean> {

    private static final long serialVersionUID = 1;

    private final long run;
    private final int parts;

    TrafficSource(Run run, int parts) {
        this.run = run.number();
        this.parts = parts;
    }

    @Override
    public Boundedness getBoundedness() {
        // Bounded would be run as a batch of its own kind only in batch mode; here it just ends the job.
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<Activity, Part> createReader(SourceReaderContext context) {
        return new IteratorSourceReader<>(context);
    }

    @Override
    public SplitEnumerator<Part, Boolean> createEnumerator(SplitEnumeratorContext<Part> context) {
        return new OnePartEach(context);
    }

    @Override
    public SplitEnumerator<Part, Boolean> restoreEnumerator(SplitEnumeratorContext<Part> context, Boolean checkpoint) {
        throw new UnsupportedOperationException("a benchmark that fails is started anew, never restored");
    }

    @Override
    public SimpleVersionedSerializer<Part> getSplitSerializer() {
        return new PartSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Boolean> getEnumeratorCheckpointSerializer() {
        return new NothingSerializer();
    }

    /** @param position how many activities were given out */
    record Part(long run, int part, int parts, long position) implements IteratorSourceSplit<Activity, Positioned> {

        @Override
        public String splitId() {
            return "part-" + part;
        }

        @Override
        public Positioned getIterator() {
            var activities = new Positioned(Run.of(run).workload().inEventTime(part, parts));
            while (activities.position < position) {
                activities.next();
            }
            return activities;
        }

        @Override
        public Part getUpdatedSplitForIterator(Positioned iterator) {
            return new Part(run, part, parts, iterator.position);
        }
    }

    /** Knows how far it has come. */
    static final class Positioned implements Iterator<Activity> {

        private final Iterator<Activity> activities;
        private long position;

        Positioned(Iterator<Activity> activities) {
            this.activities = activities;
        }

        @Override
        public boolean hasNext() {
            return activities.hasNext();
        }

        @Override
        public Activity next() {
            position++;
            return activities.next();
        }
    }

    private final class OnePartEach implements SplitEnumerator<Part, Boolean> {

        private final SplitEnumeratorContext<Part> context;

        OnePartEach(SplitEnumeratorContext<Part> context) {
            this.context = context;
        }

        @Override
        public void start() {}

        @Override
        public void addReader(int reader) {
            context.assignSplit(new Part(run, reader, parts, 0), reader);
            context.signalNoMoreSplits(reader);
        }

        @Override
        public void handleSplitRequest(int reader, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<Part> splits, int reader) {}

        @Override
        public Boolean snapshotState(long checkpoint) {
            return true;
        }

        @Override
        public void close() {}
    }

    private static final class PartSerializer implements SimpleVersionedSerializer<Part> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Part part) {
            return ByteBuffer.allocate(24)
                    .putLong(part.run)
                    .putInt(part.part)
                    .putInt(part.parts)
                    .putLong(part.position)
                    .array();
        }

        @Override
        public Part deserialize(int version, byte[] bytes) throws IOException {
            var buffer = ByteBuffer.wrap(bytes);
            return new Part(buffer.getLong(), buffer.getInt(), buffer.getInt(), buffer.getLong());
        }
    }

    /** Parts are assigned by number, so the enumerator has nothing to remember. */
    private static final class NothingSerializer implements SimpleVersionedSerializer<Boolean> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Boolean nothing) {
            return new byte[0];
        }

        @Override
        public Boolean deserialize(int version, byte[] bytes) {
            return true;
        }
    }
}
