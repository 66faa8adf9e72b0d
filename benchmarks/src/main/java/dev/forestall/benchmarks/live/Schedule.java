package dev.forestall.benchmarks.live;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * Requests at fixed instants, whether those before are answered or not; a request is as late as its answer is behind its instant. So whoever is made to wait is counted,
 * and not left out.
 */
public final class Schedule {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /**
     * What came of it.
     *
     * @param nanos how late each answer was, ascending
     * @param failed how many were answered otherwise than expected
     */
    public record Answers(long[] nanos, int failed) {

        public double millis(double share) {
            return nanos.length == 0 ? Double.NaN : nanos[(int) Math.min(nanos.length - 1, nanos.length * share)] / 1e6;
        }
    }

    /** @param expected what stands in every good answer */
    public Answers run(int perSecond, Duration duration, String expected, IntFunction<HttpRequest> requests)
            throws InterruptedException {
        int count = (int) (perSecond * duration.toMillis() / 1_000);
        long[] nanos = new long[count];
        AtomicInteger failed = new AtomicInteger();
        long start = System.nanoTime();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                long at = start + 1_000_000_000L * i / perSecond;
                int number = i;
                HttpRequest request = requests.apply(i);
                for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                senders.execute(() -> {
                    if (!send(request, expected)) {
                        failed.incrementAndGet();
                    }
                    nanos[number] = System.nanoTime() - at;
                });
            }
        }
        return new Answers(LongStream.of(nanos).sorted().toArray(), failed.get());
    }

    private boolean send(HttpRequest request, String expected) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains(expected);
        } catch (IOException down) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
