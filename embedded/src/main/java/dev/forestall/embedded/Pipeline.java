package dev.forestall.embedded;

import dev.forestall.loop.host.Logged;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Lets one chunk be worked in while the next ones are being accepted. What failed there fails here, at the next call. */
final class Pipeline implements AutoCloseable {

    /** So many chunks may wait; who accepts more is held up. */
    private static final int AHEAD = 2;

    private final Succession worker;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread named = new Thread(task, "forestall-worker");
        named.setDaemon(true);
        return named;
    });

    /** Whether a commit has been asked for behind all that was handed over. */
    private boolean isSettled = true;

    private volatile Runnable whenWorked = () -> {};

    /** Of the worker's thread. */
    private boolean hasFailed;

    private final ArrayBlockingQueue<Future<?>> underWay = new ArrayBlockingQueue<>(AHEAD);

    Pipeline(Succession worker) {
        this.worker = worker;
    }

    /** @param commit whether what comes of it is to be committed at once */
    void work(long firstPosition, List<Logged> records, boolean commit) {
        submit(() -> {
            worker.work(firstPosition, records);
            if (commit) {
                worker.commit();
            }
        });
        isSettled = commit;
    }

    /** Commits all that was handed over, without waiting for it. */
    void commit() {
        if (!isSettled) {
            submit(worker::commit);
            isSettled = true;
        }
    }

    /** Whether more can be handed over without waiting. Fails with what failed. */
    boolean hasRoom() {
        while (!underWay.isEmpty() && underWay.peek().isDone()) {
            awaitFirst();
        }
        return underWay.remainingCapacity() > 0;
    }

    void whenWorked(Runnable listener) {
        whenWorked = listener;
    }

    /** Commits all that was handed over, and waits for that. */
    void settle() {
        commit();
        while (!underWay.isEmpty()) {
            awaitFirst();
        }
    }

    private void submit(Runnable task) {
        if (underWay.remainingCapacity() == 0) {
            awaitFirst();
        }
        Work work = new Work(task);
        underWay.add(work);
        thread.execute(work);
    }

    /** Whoever listens is told when it is done, not a moment before: they look whether it is. */
    private final class Work extends FutureTask<Boolean> {

        Work(Runnable task) {
            super(() -> Pipeline.this.run(task), true);
        }

        @Override
        protected void done() {
            whenWorked.run();
        }
    }

    /** Nothing follows what failed half-way: a later commit would pass off what is missing as done. */
    private void run(Runnable task) {
        if (hasFailed) {
            return;
        }
        hasFailed = true;
        task.run();
        hasFailed = false;
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
            // The failed chunk stays in the queue, so that every later call fails the same way.
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("working in a chunk failed: " + failed.getCause(), failed.getCause());
        }
    }

    /** Returns when nothing is under way any more: the store may be closed then. */
    @Override
    public void close() {
        thread.close();
    }
}
