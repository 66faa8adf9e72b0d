package dev.forestall.testkit;

import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Positions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/** A log in memory that can crash: it stands for the process and its disk at once. Any thread may use it. */
public final class MemoryInputLog implements InputLog {

    private final List<Entry> entries = new ArrayList<>();

    /** The position that the next record gets. */
    private long end;

    private long start;
    private long durableEnd;
    private boolean closed;

    /**
     * Ends the process. Of what was not synced, the first records may have reached the disk all the same.
     *
     * @param lucky how many of them did, at most
     */
    public synchronized MemoryInputLog crash(int lucky) {
        int kept = Math.min(place(durableEnd) + lucky, entries.size());
        durableEnd = kept < entries.size() ? entries.get(kept).position() : end;
        end = durableEnd;
        entries.subList(kept, entries.size()).clear();
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
        entries.add(new Entry(end, atMillis, Arrays.copyOfRange(buffer, offset, offset + length)));
        return end++;
    }

    @Override
    public synchronized long raiseEpoch() {
        end = Positions.first(Positions.epoch(end) + 1);
        return sync();
    }

    @Override
    public synchronized long sync() {
        requireOpen();
        durableEnd = end;
        return durableEnd;
    }

    @Override
    public synchronized long start() {
        return start;
    }

    @Override
    public synchronized long end() {
        return end;
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
                position = settled(position);
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
        if (!has(position)) {
            throw new IllegalArgumentException("no record has the position " + position);
        }
        var entry = entries.get(place(position));
        return new Entry(position, entry.atMillis(), entry.bytes().clone());
    }

    @Override
    public synchronized long retain(long beforeMillis, long keepFrom) {
        requireOpen();
        while (isOld(beforeMillis, Math.min(keepFrom, durableEnd))) {
            entries.removeFirst();
            start = entries.isEmpty() ? end : entries.getFirst().position();
        }
        return start;
    }

    private boolean isOld(long beforeMillis, long keepFrom) {
        return !entries.isEmpty()
                && entries.getFirst().position() < keepFrom
                && entries.getFirst().atMillis() < beforeMillis;
    }

    @Override
    public synchronized boolean has(long position) {
        int place = place(position);
        return position < durableEnd
                && place < entries.size()
                && entries.get(place).position() == position;
    }

    @Override
    public synchronized long firstLater(long atMillis, long before) {
        for (Entry entry : entries) {
            if (entry.position() >= before || entry.atMillis() > atMillis) {
                return Math.min(entry.position(), before);
            }
        }
        return before;
    }

    @Override
    public synchronized long latest(long records) {
        int durable = place(durableEnd);
        if (records > durable) {
            return start;
        }
        int from = durable - (int) records;
        return from < durable ? entries.get(from).position() : durableEnd;
    }

    /** The position itself, or that of the next record when no record has it. */
    private synchronized long settled(long position) {
        int place = place(position);
        return place < entries.size() ? entries.get(place).position() : Math.max(position, end);
    }

    /** The index of the first record at or behind a position. */
    private int place(long position) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (entries.get(middle).position() < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
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
