package dev.forestall.server.ingest;

import dev.forestall.connectors.segment.SegmentRecords;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What came in lately, for people who watch: the last of it, and how much in all. For any thread. */
public final class Tail {

    /** So much is shown. */
    public static final int LENGTH = 100;

    private final Deque<Seen> latest = new ArrayDeque<>();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private Runnable changed = () -> {};

    /**
     * One record that came in.
     *
     * @param ordinal counts all that came in since the start
     * @param source that sent it
     * @param what the event's name, or the code of what is wrong
     * @param detail of what is wrong; empty of what is fine
     * @param isFine whether it could be used
     * @param receivedMillis when it was received
     * @param tookMillis until it was durable
     */
    public record Seen(
            long ordinal,
            String source,
            String what,
            String detail,
            boolean isFine,
            long receivedMillis,
            long tookMillis) {}

    /** Has somebody called whenever something came in. */
    public synchronized void whenChanged(Runnable listener) {
        changed = listener;
    }

    void note(SegmentRecords records, long receivedMillis, long took) {
        accepted.addAndGet(records.accepted());
        rejected.addAndGet(records.rejected());
        Runnable listener;
        synchronized (this) {
            for (Logged each : records.records()) {
                switch (each) {
                    case Logged.Arrived arrived ->
                        add(arrived.origin(), arrived.event().type().name(), "", true, receivedMillis, took);
                    case Logged.Rejection rejection ->
                        add(
                                rejection.origin(),
                                rejection.rejected().code().code(),
                                rejection.rejected().toString(),
                                false,
                                receivedMillis,
                                took);
                    default -> {
                        // What a call says beside its event is no row of its own.
                    }
                }
            }
            listener = changed;
        }
        listener.run();
    }

    private void add(Origin origin, String what, String detail, boolean isFine, long receivedMillis, long took) {
        long ordinal = latest.isEmpty() ? 1 : latest.getLast().ordinal() + 1;
        latest.addLast(new Seen(ordinal, origin.source(), what, detail, isFine, receivedMillis, took));
        if (latest.size() > LENGTH) {
            latest.removeFirst();
        }
    }

    /** The newest first. */
    public synchronized List<Seen> latest() {
        return new ArrayList<>(latest).reversed();
    }

    /** That of the latest; 0 when nothing has come in yet. */
    public synchronized long ordinal() {
        return latest.isEmpty() ? 0 : latest.getLast().ordinal();
    }

    /** Shows nothing of what came in before: it may say something of somebody who is being erased. */
    public synchronized void forget() {
        latest.clear();
    }

    /** How many calls could be used since the start. */
    public long accepted() {
        return accepted.get();
    }

    /** How many calls could not be used since the start. */
    public long rejected() {
        return rejected.get();
    }
}
