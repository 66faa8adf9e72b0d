package dev.forestall.benchmarks.forestall;

import static java.util.Objects.requireNonNull;

import dev.forestall.benchmarks.engine.EventTimeOrder;
import dev.forestall.benchmarks.engine.Workload;
import dev.forestall.benchmarks.engine.Workload.Form;
import dev.forestall.connectors.files.FileOptions;
import dev.forestall.connectors.files.FileRecord;
import dev.forestall.connectors.files.FileSource;
import dev.forestall.embedded.Host;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.pack.Pack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * One part of the stream as events of the loop, in event-time order. Objects are made beforehand; from JSON they are read by
 * Forestall's own reader of files.
 */
final class Events {

    private static final Instant LATEST = Instant.parse("2027-01-01T00:00:00Z");
    private static final int USER_ID = 0;

    private Events() {}

    static Iterable<Event> of(Pack pack, Workload workload, int part, int parts) {
        if (workload.form() == Form.JSON) {
            return () -> inOrder(new FromFile(source(pack, workload, part, parts)));
        }
        var events = objects(pack, workload, part, parts);
        return workload.form() == Form.PACED ? events : () -> inOrder(events.iterator());
    }

    /** Lets a host accept the whole stream, as one source that can be read again. */
    static void into(Host host, Pack pack, Workload workload) {
        long ordinal = 0;
        for (var event : of(pack, workload, 0, 1)) {
            host.accept(new Logged.Arrived(new Origin("stream", ordinal, ordinal + 1), event));
            ordinal++;
        }
    }

    private static FileSource source(Pack pack, Workload workload, int part, int parts) {
        return FileSource.open(
                workload.files(parts).get(part),
                pack.files().getFirst(),
                pack.definition().plan(),
                FileOptions.upTo(LATEST));
    }

    private static Iterator<Event> inOrder(Iterator<Event> arrivals) {
        return new EventTimeOrder<>(arrivals, Event::atMillis);
    }

    private static ArrayList<Event> objects(Pack pack, Workload workload, int part, int parts) {
        var plan = pack.definition().plan();
        var events = new ArrayList<Event>();
        for (var arrivals = workload.arrivals(part, parts); arrivals.hasNext(); ) {
            var activity = arrivals.next();
            var type = requireNonNull(plan.typeOrNull(activity.type()));
            events.add(Event.of(plan, type, "", activity.at())
                    .identifier(USER_ID, activity.customer())
                    .build());
        }
        return events;
    }

    private static final class FromFile implements Iterator<Event> {

        private final FileSource source;
        private Optional<FileRecord> ahead;

        FromFile(FileSource source) {
            this.source = source;
            this.ahead = source.next();
        }

        @Override
        public boolean hasNext() {
            return ahead.isPresent();
        }

        @Override
        public Event next() {
            var record = ahead.orElseThrow(NoSuchElementException::new);
            ahead = source.next();
            if (ahead.isEmpty()) {
                source.close();
            }
            return switch (record) {
                case FileRecord.Arrived arrived -> arrived.event();
                case FileRecord.Rejection rejection ->
                    throw new IllegalStateException("line " + rejection.origin().line() + " was set aside: "
                            + rejection.rejected().detail());
            };
        }
    }
}
