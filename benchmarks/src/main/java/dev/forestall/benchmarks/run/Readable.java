package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.forestall.PromptHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * How long it takes on an idle host from accepting one event until a subscriber has what came of it; beside it, what the disk takes for one
 * sync of as many bytes, measured by turns.
 */
final class Readable {

    private static final int WARM_UP = 300;
    private static final int MEASURED = 1_000;

    /** A record of such an event, with its frame. */
    private static final int RECORD_BYTES = 100;

    private static final int ROOM_BYTES = 1 << 20;

    private Readable() {}

    static void measure(Options options) throws IOException {
        Path directory = Files.createTempDirectory(
                Files.createDirectories(options.folder().resolve("scratch")), "readable");
        long[] readable = new long[MEASURED];
        long[] synced = new long[MEASURED];
        try (PromptHost host = new PromptHost(directory.resolve("host"));
                FileChannel bare = FileChannel.open(
                        directory.resolve("bare"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            bare.write(ByteBuffer.allocate(ROOM_BYTES));
            bare.force(true);
            for (int i = -WARM_UP; i < MEASURED; i++) {
                long sync = sync(bare, (long) (i + WARM_UP) * RECORD_BYTES);
                long read = host.contact();
                if (i >= 0) {
                    synced[i] = sync;
                    readable[i] = read;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", interrupted);
        }
        Arrays.sort(readable);
        Arrays.sort(synced);
        var table = new Table("one event on an idle host", "p50 ms", "p99 ms", "longest ms");
        add(table, "bare fdatasync of " + RECORD_BYTES + " bytes", synced);
        add(table, "from accept to the effect being read", readable);
        table.print("From accepting an event to reading what came of it", options);
    }

    /** In nanoseconds. */
    private static long sync(FileChannel bare, long offset) throws IOException {
        long before = System.nanoTime();
        bare.write(ByteBuffer.allocate(RECORD_BYTES), offset);
        bare.force(false);
        return System.nanoTime() - before;
    }

    private static void add(Table table, String name, long[] sortedNanos) {
        table.add(
                name,
                millis(sortedNanos[sortedNanos.length / 2]),
                millis(sortedNanos[sortedNanos.length * 99 / 100]),
                millis(sortedNanos[sortedNanos.length - 1]));
    }

    private static String millis(long nanos) {
        return Spread.number(nanos / 1e6, 2);
    }
}
