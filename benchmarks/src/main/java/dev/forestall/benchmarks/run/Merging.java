package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.forestall.MergingHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * How long another customer waits while two with a million events each turn out to be one: from accepting an event of theirs until a
 * subscriber has what came of it, before the merge and until its past has taken effect and stands in the record.
 */
final class Merging {

    private static final int EACH = 1_000_000;
    private static final int WARM_UP = 300;
    private static final int MEASURED = 1_000;

    private Merging() {}

    static void measure(Options options) throws IOException {
        Path directory = Files.createTempDirectory(
                Files.createDirectories(options.folder().resolve("scratch")), "merging");
        var table = new Table("one event of another customer", "events", "p50 ms", "p99 ms", "longest ms");
        try (MergingHost host = new MergingHost(directory.resolve("host"), EACH)) {
            for (int i = 0; i < WARM_UP; i++) {
                host.contact();
            }
            LongStream.Builder before = LongStream.builder();
            for (int i = 0; i < MEASURED; i++) {
                before.add(host.contact());
            }
            add(table, "before", before);
            LongStream.Builder meanwhile = LongStream.builder();
            long began = System.nanoTime();
            host.merge();
            do {
                meanwhile.add(host.contact());
            } while (!host.isMerged());
            double seconds = (System.nanoTime() - began) / 1e9;
            add(table, "while two pasts are folded, " + Spread.number(seconds, 1) + " s", meanwhile);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", interrupted);
        }
        table.print("Two customers of " + EACH + " events each turn out to be one", options);
    }

    private static void add(Table table, String name, LongStream.Builder nanos) {
        long[] sorted = nanos.build().sorted().toArray();
        table.add(
                name,
                Integer.toString(sorted.length),
                millis(sorted[sorted.length / 2]),
                millis(sorted[sorted.length * 99 / 100]),
                millis(Arrays.stream(sorted).max().orElseThrow()));
    }

    private static String millis(long nanos) {
        return Spread.number(nanos / 1e6, 2);
    }
}
