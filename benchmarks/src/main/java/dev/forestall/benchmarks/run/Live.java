package dev.forestall.benchmarks.run;

import dev.forestall.benchmarks.live.LiveServer;
import dev.forestall.benchmarks.live.Readers;
import dev.forestall.benchmarks.live.Schedule;
import dev.forestall.benchmarks.live.Schedule.Answers;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * A server as its users start it: how soon it is ready, what it takes while nothing comes, how much it takes in over HTTP, how soon somebody hears of what
 * follows from a request, and how soon a page is answered beside all that.
 */
final class Live {

    private static final Path PACK = Path.of("benchmarks", "src", "main", "resources", "packs", "live");
    private static final int BATCH = 100;
    private static final int CUSTOMERS = 20_000;
    private static final Duration WARM = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(30);

    private final LiveServer server;
    private final Schedule schedule = new Schedule();
    private final AtomicLong ids = new AtomicLong();
    private final Table table = new Table("a server", "figure", "");

    private Live(LiveServer server) {
        this.server = server;
    }

    static void measure(Options options) throws IOException {
        Path directory = Files.createTempDirectory(
                Files.createDirectories(options.folder().resolve("scratch")), "live");
        try (LiveServer server = LiveServer.start(PACK.toAbsolutePath(), directory)) {
            Live live = new Live(server);
            live.table.add("ready, with a new database, s", Spread.number(server.readySeconds(), 1), "");
            live.idle();
            live.taking();
            live.beside();
            live.manyReaders();
            live.table.print("A server over HTTP; 4 patterns, " + CUSTOMERS + " customers", options);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", interrupted);
        }
    }

    private void idle() throws InterruptedException, IOException {
        Thread.sleep(15_000);
        double before = server.cpuSeconds();
        double database = server.databaseCpuSeconds();
        Thread.sleep(MEASURED.toMillis());
        table.add(
                "idle, % of a core",
                Spread.number(100 * (server.cpuSeconds() - before) / MEASURED.toSeconds(), 2),
                "database " + Spread.number(100 * (server.databaseCpuSeconds() - database) / MEASURED.toSeconds(), 2));
        table.add("idle, resident MB", Long.toString(server.residentBytes() >> 20), "");
    }

    /** As fast as it goes: a few senders, each with a batch on its way. */
    private void taking() throws InterruptedException {
        flood(WARM);
        double before = server.cpuSeconds();
        double database = server.databaseCpuSeconds();
        long began = System.nanoTime();
        long events = flood(MEASURED);
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpu = server.cpuSeconds() - before;
        table.add("batches of 100, events/s", Long.toString(Math.round(events / seconds)), "acknowledged");
        table.add(
                "events per CPU second of the JVM",
                Long.toString(Math.round(events / cpu)),
                "database " + Spread.number((server.databaseCpuSeconds() - database) / cpu, 2) + " of that beside");
    }

    private long flood(Duration duration) throws InterruptedException {
        AtomicLong taken = new AtomicLong();
        long end = System.nanoTime() + duration.toNanos();
        Thread[] senders = new Thread[4];
        for (int i = 0; i < senders.length; i++) {
            senders[i] = Thread.ofVirtual().start(() -> {
                try {
                    while (System.nanoTime() < end) {
                        Answers one = schedule.run(1_000, Duration.ofMillis(1), "\"accepted\":100", each -> batch());
                        taken.addAndGet(one.failed() == 0 ? BATCH : 0);
                    }
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        for (Thread sender : senders) {
            sender.join();
        }
        return taken.get();
    }

    private HttpRequest batch() {
        StringBuilder batch = new StringBuilder("{\"batch\":[");
        for (int i = 0; i < BATCH; i++) {
            long id = ids.incrementAndGet();
            batch.append(i == 0 ? "" : ",").append(track("c-" + id * 7919 % CUSTOMERS, id, event(id)));
        }
        return server.batch(batch.append("]}").toString());
    }

    /** What fires a signal of a customer whom nobody else speaks of. */
    private String twice(String customer) {
        return "{\"batch\":[" + track(customer, ids.incrementAndGet(), "probe") + ","
                + track(customer, ids.incrementAndGet(), "probe") + "]}";
    }

    private static String event(long id) {
        return switch ((int) (id % 20)) {
            case 0 -> "contact";
            case 1 -> "login_failed";
            case 2 -> "checkout_step";
            case 3 -> "purchase";
            default -> "page_view";
        };
    }

    private static String track(String customer, long id, String event) {
        return "{\"type\":\"track\",\"userId\":\"" + customer + "\",\"messageId\":\"m" + id + "\",\"event\":\"" + event
                + "\",\"timestamp\":\"" + Instant.now() + "\",\"properties\":{}}";
    }

    /** 3,000 events a second, 300 questions a second, and ten customers a second of whom somebody waits to hear. */
    private void beside() throws InterruptedException, IOException {
        try (Readers reader = new Readers(server.stream(), 1)) {
            beside(Duration.ofSeconds(10), reader, "warm");
            long[] heard = beside(MEASURED, reader, "probe");
            table.add(
                    "request to effect at a reader, p50 ms",
                    millis(heard, 0.5),
                    "p99 " + millis(heard, 0.99) + ", " + heard.length + " heard");
        }
    }

    private long[] beside(Duration duration, Readers reader, String name) throws InterruptedException {
        CompletableFuture<Answers> events = start(30, duration, "\"accepted\":100", i -> batch());
        CompletableFuture<Answers> questions =
                start(300, duration, "\"decision\"", i -> server.question("c-" + i * 31L % CUSTOMERS));
        int count = (int) duration.toSeconds() * 10;
        long start = System.nanoTime();
        long[] instants =
                LongStream.range(0, count).map(i -> start + i * 100_000_000L).toArray();
        Answers probes = start(10, duration, "\"accepted\":2", i -> server.batch(twice("probe-" + name + i)))
                .join();
        Answers taken = events.join();
        Answers asked = questions.join();
        if (name.equals("probe")) {
            table.add(
                    "3,000 events/s: batch acknowledged, p50 ms",
                    Spread.number(taken.millis(0.5), 1),
                    "p99 " + Spread.number(taken.millis(0.99), 1) + ", failed " + taken.failed());
            table.add(
                    "300 questions/s beside, p50 ms",
                    Spread.number(asked.millis(0.5), 1),
                    "p99 " + Spread.number(asked.millis(0.99), 1) + ", failed " + asked.failed() + " of "
                            + asked.nanos().length);
            table.add("probes failed", Integer.toString(probes.failed()), "");
        }
        Thread.sleep(2_000);
        return LongStream.range(0, count)
                .flatMap(i -> {
                    Long heard = reader.heardNanos("probe-" + name + i);
                    return heard == null ? LongStream.empty() : LongStream.of(heard - instants[(int) i]);
                })
                .sorted()
                .toArray();
    }

    private CompletableFuture<Answers> start(
            int perSecond, Duration duration, String expected, java.util.function.IntFunction<HttpRequest> requests) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return schedule.run(perSecond, duration, expected, requests);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CompletionException(interrupted);
            }
        });
    }

    private void manyReaders() throws InterruptedException, IOException {
        // Each is a request, and a key may make 600 of them a minute.
        int readers = 500;
        try (Readers all = new Readers(server.stream(), readers)) {
            double before = server.cpuSeconds();
            int told = 50;
            schedule.run(
                    10, Duration.ofSeconds(told / 10), "\"accepted\":2", i -> server.batch(twice("probe-many" + i)));
            Thread.sleep(3_000);
            table.add(
                    readers + " readers of the stream, heard",
                    Long.toString(all.heard()),
                    "of " + readers * told + "; "
                            + Spread.number((server.cpuSeconds() - before) / (readers * told) * 1e6, 0)
                            + " us of CPU each");
        }
        table.add("at the end, resident MB", Long.toString(server.residentBytes() >> 20), "");
    }

    private static String millis(long[] sorted, double share) {
        return sorted.length == 0
                ? "none"
                : Spread.number(sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6, 1);
    }
}
