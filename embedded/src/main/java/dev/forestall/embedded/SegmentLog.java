package dev.forestall.embedded;

import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Positions;
import dev.forestall.loop.host.Seals;
import dev.forestall.loop.host.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A log in a directory of segment files, laid out as {@link SegmentFormat} says. Bytes that a crash left unacknowledged
 * at the end are cut off when it is opened, and {@link #tornTail} tells of it; damage anywhere else stops it with a
 * message that names file and byte. Nothing is ever skipped.
 *
 * <p>One object writes to a directory at a time: {@link DataDirectory} holds the lock. An interrupt of the writing thread
 * waits until the disk has answered.
 */
public final class SegmentLog implements InputLog {

    /** Ending of a file that is still being prepared; a crash may leave one, and it means nothing. */
    static final String NEW = ".new";

    private final Folder folder;
    private final LogOptions options;
    private final Seals seals;

    /** What must be durable before records are. */
    private final Runnable beforeWriting;

    /** One after the other, all files are written through this. */
    private final ByteBuffer buffer;

    private final RandomReads randomReads = new RandomReads(this);

    /** Complete files by the position of their first record. */
    private final ConcurrentSkipListMap<Long, Segment.Sealed> sealed;

    private final @Nullable TornTail tornTail;

    private SegmentWriter writer;
    private long end;
    private @Nullable Throwable failure;
    private volatile boolean closed;

    private volatile Durable durable;
    private volatile long start;

    /**
     * What may be read, published to readers as one.
     *
     * @param end all positions before it are durable
     * @param active the file that was written to at that time
     * @param offset all bytes of that file before it are durable
     */
    record Durable(long end, Segment.Active active, long offset) {}

    private SegmentLog(
            Folder folder,
            LogOptions options,
            ByteBuffer buffer,
            ConcurrentSkipListMap<Long, Segment.Sealed> sealed,
            SegmentWriter writer,
            @Nullable TornTail tornTail,
            Seals seals,
            Runnable beforeWriting) {
        this.seals = seals;
        this.beforeWriting = beforeWriting;
        this.folder = folder;
        this.options = options;
        this.buffer = buffer;
        this.sealed = sealed;
        this.writer = writer;
        this.tornTail = tornTail;
        end = writer.segment().first() + writer.records();
        start = sealed.isEmpty() ? writer.segment().first() : sealed.firstKey();
        durable = new Durable(end, writer.segment(), writer.offset());
    }

    /** Opens the log in a directory; creates both when there is none. The caller holds the directory's lock. */
    static SegmentLog open(Path path, LogOptions options) {
        return open(path, options, Seals.NONE, () -> {});
    }

    /** Opens a log whose bodies are sealed with the keys of a ring. */
    static SegmentLog open(Path path, LogOptions options, KeyRing keys) {
        return open(path, options, keys, keys::sync);
    }

    private static SegmentLog open(Path path, LogOptions options, Seals seals, Runnable beforeWriting) {
        try {
            var folder = Folder.create(path);
            var files = SegmentFiles.in(folder);
            var last = files.recoverLast();
            var sealed = files.sealed();
            var tornTail = last != null && last.tornBytes() > 0 ? last.tornTail() : null;
            var buffer = ByteBuffer.allocateDirect(options.bufferBytes());
            SegmentWriter writer;
            if (last == null) {
                writer = SegmentWriter.create(folder, 0, options.segmentBytes(), buffer, beforeWriting);
            } else if (last.complete()) {
                sealed.put(last.first(), last.sealed());
                writer = SegmentWriter.create(folder, last.end(), options.segmentBytes(), buffer, beforeWriting);
            } else {
                writer = SegmentWriter.resume(last, options.segmentBytes(), buffer, beforeWriting);
            }
            return new SegmentLog(folder, options, buffer, sealed, writer, tornTail, seals, beforeWriting);
        } catch (IOException e) {
            throw failed(path, "can't be opened", e);
        }
    }

    /** What opening the log had to cut off, if anything. Worth a line in the host's own log. */
    public Optional<TornTail> tornTail() {
        return Optional.ofNullable(tornTail);
    }

    @Override
    public long append(byte[] source, int offset, int length, long atMillis) {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (length < 1 || length > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException(
                    "a record of " + length + " bytes is outside 1.." + MAX_RECORD_BYTES + " bytes");
        }
        requireWritable();
        try {
            if (writer.records() > 0 && writer.offset() + SegmentFormat.FRAME_BYTES + length > options.segmentBytes()) {
                beginNextSegment(end);
            }
            writer.append(source, offset, length, atMillis);
            return end++;
        } catch (IOException e) {
            throw stopped(e);
        }
    }

    @Override
    public long sync() {
        requireWritable();
        if (durable.end < end) {
            try {
                writer.sync();
                publish();
            } catch (IOException e) {
                throw stopped(e);
            }
        }
        return end;
    }

    private void beginNextSegment(long first) throws IOException {
        sync();
        var complete = writer.seal();
        var next = SegmentWriter.create(folder, first, options.segmentBytes(), buffer, beforeWriting);
        writer.close();
        sealed.put(complete.first(), complete);
        writer = next;
        end = first;
        publish();
    }

    @Override
    public long raiseEpoch() {
        requireWritable();
        try {
            beginNextSegment(Positions.first(Positions.epoch(end) + 1));
            return end;
        } catch (IOException e) {
            throw stopped(e);
        }
    }

    private void publish() {
        durable = new Durable(end, writer.segment(), writer.offset());
    }

    @Override
    public Seals seals() {
        return seals;
    }

    @Override
    public long start() {
        return start;
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public long durableEnd() {
        return durable.end;
    }

    Path path() {
        return folder.path();
    }

    Durable durable() {
        return durable;
    }

    @Override
    public Cursor<Entry> read(long from) {
        requireWithin(from, durableEnd());
        return new SegmentCursor(this, from);
    }

    @Override
    public boolean has(long position) {
        return position >= start && position < durableEnd() && settled(position) == position;
    }

    @Override
    public Entry get(long position) {
        requireWithin(position, durableEnd() - 1);
        if (!has(position)) {
            throw new IllegalArgumentException("position " + position + " of the log " + folder.path()
                    + " has no record: its epoch ends before it");
        }
        try {
            return randomReads.get(position);
        } catch (IOException e) {
            throw failed(folder.path(), "can't be read at record " + position, e);
        }
    }

    private void requireWithin(long position, long last) {
        requireOpen();
        if (position < start || position > last) {
            throw new IllegalArgumentException("position " + position + " is outside " + start + ".." + last
                    + " of the log " + folder.path() + (position < start ? ": it was dropped for its age" : ""));
        }
    }

    /** The file that holds a durable record. */
    Segment segmentOf(long position) {
        var active = durable.active;
        if (position >= active.first()) {
            return active;
        }
        var found = sealed.floorEntry(position);
        if (found == null) {
            throw readTooLate(position);
        }
        return found.getValue();
    }

    /** The position itself, or that of the first record of the next epoch when it stands behind the last one of its own. */
    long settled(long position) {
        var active = durable.active;
        if (position >= active.first()) {
            return position;
        }
        var found = sealed.floorEntry(position);
        if (found == null || position < found.getValue().end()) {
            return position;
        }
        var next = sealed.higherEntry(position);
        return next == null ? active.first() : settled(next.getKey());
    }

    @Override
    public long firstLater(long atMillis, long before) {
        var low = start;
        for (var file : sealed.values()) {
            if (file.end() > before || file.tail().latestMillis() > atMillis) {
                break;
            }
            low = file.end();
        }
        low = settled(low);
        if (low >= before) {
            return before;
        }
        var high = segmentOf(low) instanceof Segment.Sealed complete ? Math.min(complete.end(), before) : before;
        while (low < high) {
            var middle = low + high >>> 1;
            if (get(middle).atMillis() <= atMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public long latest(long records) {
        var published = durable;
        var left = records;
        var first = published.active.first();
        var length = published.end - first;
        for (var older = sealed.lowerEntry(first); left > length && older != null; older = sealed.lowerEntry(first)) {
            left -= length;
            first = older.getKey();
            length = older.getValue().tail().records();
        }
        return first + Math.max(0, length - left);
    }

    StorageException readTooLate(long position) {
        return EmbeddedError.LOG_READ_TOO_LATE.because(
                "record %d of the log %s was dropped for its age while somebody was still reading it; the log now starts at %d. Keep inputs for longer, or read them sooner."
                        .formatted(position, folder.path(), start));
    }

    @Override
    public long retain(long beforeMillis, long keepFrom) {
        requireWritable();
        try {
            for (var oldest = sealed.firstEntry();
                    isOld(oldest, beforeMillis, keepFrom);
                    oldest = sealed.firstEntry()) {
                // One after the other, each for good: a loss of power must not leave a gap.
                var next = sealed.higherKey(oldest.getKey());
                start = next == null ? writer.segment().first() : next;
                sealed.remove(oldest.getKey());
                folder.delete(oldest.getValue().file());
            }
            randomReads.forgetBefore(start);
            return start;
        } catch (IOException e) {
            throw stopped(e);
        }
    }

    private static boolean isOld(Map.@Nullable Entry<Long, Segment.Sealed> oldest, long beforeMillis, long keepFrom) {
        return oldest != null
                && oldest.getValue().tail().latestMillis() < beforeMillis
                && oldest.getValue().end() <= keepFrom;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            if (failure == null) {
                sync();
                writer.trim();
            }
        } catch (IOException e) {
            throw stopped(e);
        } finally {
            abandon();
        }
    }

    /** Lets go of the files as the end of the process would: what is buffered is lost. */
    void abandon() {
        closed = true;
        try (randomReads) {
            writer.close();
        } catch (IOException e) {
            throw failed(folder.path(), "can't be closed", e);
        }
    }

    /** Hands what is buffered to the operating system without making it durable. */
    void flush() throws IOException {
        writer.flush();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the log " + folder.path() + " is closed");
        }
    }

    private void requireWritable() {
        requireOpen();
        if (failure != null) {
            throw EmbeddedError.LOG_STOPPED.because(
                    "the log %s takes nothing more since an earlier write failed (%s), for what the disk holds is unknown until it is opened again. Restart; nothing acknowledged is lost."
                            .formatted(folder.path(), failure),
                    failure);
        }
    }

    private StorageException stopped(IOException cause) {
        failure = cause;
        return failed(folder.path(), "can't be written", cause);
    }

    static StorageException failed(Path path, String what, IOException cause) {
        return EmbeddedError.LOG_FAILED.because(
                "the log %s %s: %s. Is the disk full, or did it fail? Nothing acknowledged is lost: make room or repair the disk, then restart."
                        .formatted(path, what, cause),
                cause);
    }
}
