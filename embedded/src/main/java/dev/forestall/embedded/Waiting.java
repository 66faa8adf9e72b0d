package dev.forestall.embedded;

import dev.forestall.loop.host.Logged;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What waits for the owner of a host: a bounded number of records from any thread, and a few tasks. */
final class Waiting {

    private final int maxRecords;
    private final long maxBytes;
    private final Queue<Item> items = new ArrayDeque<>();
    private int records;
    private long bytes;
    private boolean isNudged;
    private boolean isClosed;

    /** One after the other, in the order in which they came. */
    sealed interface Item {}

    /** Records of one sender. */
    record Sent(List<Logged> records, long bytes, Ticket ticket) implements Item {}

    /** Something to be done with the host. */
    record Task(Runnable run) implements Item {}

    /** Whether something could be left here. */
    enum Left {
        TAKEN,
        FULL,
        CLOSED
    }

    Waiting(int maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    synchronized Left leave(Sent sent) {
        if (isClosed) {
            return Left.CLOSED;
        }
        if (records + sent.records.size() > maxRecords || bytes + sent.bytes > maxBytes) {
            return Left.FULL;
        }
        records += sent.records.size();
        bytes += sent.bytes;
        items.add(sent);
        notifyAll();
        return Left.TAKEN;
    }

    synchronized Left leave(Task task) {
        if (isClosed) {
            return Left.CLOSED;
        }
        items.add(task);
        notifyAll();
        return Left.TAKEN;
    }

    /** There is something else to look after. */
    synchronized void nudge() {
        isNudged = true;
        notifyAll();
    }

    /** Nothing may be left any more; what is here is still taken. */
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    /**
     * Waits for something to do, and takes so many records at most, but one sender's at least.
     *
     * @return null when it is closed and nothing is left
     */
    synchronized @Nullable List<Item> take(int most) throws InterruptedException {
        while (items.isEmpty() && !isNudged && !isClosed) {
            wait();
        }
        isNudged = false;
        if (items.isEmpty() && isClosed) {
            return null;
        }
        List<Item> taken = new ArrayList<>();
        for (int left = most; left > 0 && !items.isEmpty(); ) {
            Item next = items.remove();
            taken.add(next);
            if (next instanceof Sent sent) {
                left -= sent.records.size();
                records -= sent.records.size();
                bytes -= sent.bytes;
            }
        }
        return taken;
    }

    synchronized boolean isEmpty() {
        return items.isEmpty();
    }

    synchronized int records() {
        return records;
    }
}
