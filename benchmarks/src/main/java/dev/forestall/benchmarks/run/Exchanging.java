package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.forestall.ExchangingHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/**
 * How long a customer waits while another definition takes over and a signal is filled from the past of 20,000 others: from accepting an event of
 * theirs until a subscriber has what came of it, before, until the definition is in force, and until its hindsight is noted.
 */
final class Exchanging {

    private static final int CUSTOMERS = 20_000;
    private static final int EACH = 5;
    private static final int WARM_UP = 300;
    private static final int MEASURED = 1_000;

    private Exchanging() {}

    static void measure(Options options) throws IOException {
        Path directory = Files.createTempDirectory(
                Files.createDirectories(options.folder().resolve("scratch")), "exchanging");
        var table = new Table("one event of a customer", "events", "p50 ms", "p99 ms", "longest ms");
        try (ExchangingHost host = new ExchangingHost(directory.resolve("host"), CUSTOMERS, EACH)) {
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
            CompletableFuture<Void> exchanged = host.exchange().toCompletableFuture();
            do {
                meanwhile.add(host.contact());
            } while (!exchanged.isDone());
            exchanged.join();
            add(table, "until the definition is in force, " + seconds(began), meanwhile);
            LongStream.Builder behind = LongStream.builder();
            began = System.nanoTime();
            do {
                behind.add(host.contact());
            } while (!host.isNoted());
            add(table, "until hindsight is noted, " + seconds(began), behind);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", interrupted);
        }
        table.print("A definition takes over; " + CUSTOMERS + " customers of " + EACH + " events each", options);
    }

    private static String seconds(long since) {
        return Spread.number((System.nanoTime() - since) / 1e9, 1) + " s";
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
