package dev.forestall.testkit;

import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.InputLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/** A log in memory that can crash: it stands for the process and its disk at once. Any thread may use it. */
public final class MemoryInputLog implements InputLog {

    private final List<Entry> entries = new ArrayList<>();
    private long start;
    private long durableEnd;
    private boolean closed;

    /**
     * Ends the process. Of what was not synced, the first records may have reached the disk all the same.
     *
     * @param lucky how many of them did, at most
     */
    public synchronized MemoryInputLog crash(int lucky) {
        durableEnd = Math.min(end(), durableEnd + lucky);
        entries.subList((int) (durableEnd - start), entries.size()).clear();
        closed = false;
        return this;
    }

    /** Starts again after a clean {@link #close}. */
    public synchronized MemoryInputLog reopen() {
        closed = false;
        return this;
    }

    @Override
    public synchronized long append(byte[] buffer, int offset, int length, long atMillis) {
        requireOpen();
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length < 1 || length > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException(
                    "a record of " + length + " bytes is outside 1.." + MAX_RECORD_BYTES + " bytes");
        }
        var position = end();
        entries.add(new Entry(position, atMillis, Arrays.copyOfRange(buffer, offset, offset + length)));
        return position;
    }

    @Override
    public synchronized long sync() {
        requireOpen();
        durableEnd = end();
        return durableEnd;
    }

    @Override
    public synchronized long start() {
        return start;
    }

    @Override
    public synchronized long end() {
        return start + entries.size();
    }

    @Override
    public synchronized long durableEnd() {
        return durableEnd;
    }

    @Override
    public Cursor<Entry> read(long from) {
        requireWithin(from, durableEnd());
        return new Cursor<>() {
            private long position = from;

            @Override
            public boolean hasNext() {
                return position < durableEnd();
            }

            @Override
            public Entry next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the log is durable up to " + position + " only");
                }
                return get(position++);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public synchronized Entry get(long position) {
        requireWithin(position, durableEnd - 1);
        var entry = entries.get((int) (position - start));
        return new Entry(position, entry.atMillis(), entry.bytes().clone());
    }

    @Override
    public synchronized long retain(long beforeMillis, long keepFrom) {
        requireOpen();
        while (start < Math.min(keepFrom, durableEnd) && entries.getFirst().atMillis() < beforeMillis) {
            entries.removeFirst();
            start++;
        }
        return start;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            sync();
            closed = true;
        }
    }

    private synchronized void requireWithin(long position, long last) {
        requireOpen();
        if (position < start || position > last) {
            throw new IllegalArgumentException("position " + position + " is outside " + start + ".." + last);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the log is closed");
        }
    }
}
