package dev.forestall.embedded;

import dev.forestall.loop.host.Logged;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lets one chunk be worked in while the next ones are being accepted. What failed there fails here, at the next call. */
final class Pipeline implements AutoCloseable {

    /** So many chunks may wait; who accepts more is held up. */
    private static final int AHEAD = 2;

    private final Worker worker;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread named = new Thread(task, "forestall-worker");
        named.setDaemon(true);
        return named;
    });
    private final ArrayBlockingQueue<Future<?>> underWay = new ArrayBlockingQueue<>(AHEAD);

    Pipeline(Worker worker) {
        this.worker = worker;
    }

    void work(long firstPosition, List<Logged> records) {
        if (underWay.remainingCapacity() == 0) {
            awaitFirst();
        }
        underWay.add(thread.submit(() -> worker.work(firstPosition, records)));
    }

    void await() {
        while (!underWay.isEmpty()) {
            awaitFirst();
        }
    }

    private void awaitFirst() {
        try {
            Future<?> first = underWay.peek();
            if (first != null) {
                first.get();
                underWay.remove();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a chunk", interrupted);
        } catch (ExecutionException failed) {
            // The failed chunk stays in the queue: every later call fails the same way, and the position does not move.
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("working in a chunk failed: " + failed.getCause(), failed.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
