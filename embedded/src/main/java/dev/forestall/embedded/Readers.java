package dev.forestall.embedded;

import dev.forestall.loop.host.EngineBusy;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A few threads that look at what is known. More readings than may wait are refused, so that a flood of them takes no memory. */
final class Readers implements AutoCloseable {

    private final EngineOptions options;
    private final ThreadPoolExecutor threads;
    private final ExecutorService answers = Executors.newVirtualThreadPerTaskExecutor();

    Readers(EngineOptions options) {
        this.options = options;
        AtomicInteger made = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                options.readers(),
                options.readers(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(options.readings()),
                task -> {
                    Thread named = new Thread(task, "forestall-reader-" + made.incrementAndGet());
                    named.setDaemon(true);
                    return named;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Whoever waits for the answer goes on elsewhere than on a reader's thread. */
    <T> CompletionStage<T> read(Supplier<T> reading) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    T found = reading.get();
                    answers.execute(() -> answer.complete(found));
                } catch (RuntimeException | Error failed) {
                    answers.execute(() -> answer.completeExceptionally(failed));
                }
            });
        } catch (RejectedExecutionException refused) {
            answer.completeExceptionally(
                    threads.isShutdown()
                            ? new IllegalStateException("the engine is closed")
                            : new EngineBusy(options.readings() + " readings wait already", options.retryAfter()));
        }
        return answer.minimalCompletionStage();
    }

    /** Lets those finish that have begun or wait: afterwards nobody reads any more. */
    @Override
    public void close() {
        threads.close();
        answers.shutdown();
    }
}
