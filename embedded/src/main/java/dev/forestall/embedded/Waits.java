package dev.forestall.embedded;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Those who wait until what they have handed over is worked in. For any thread. */
final class Waits implements AutoCloseable {

    private final Host host;
    private final PriorityQueue<Wait> waiting = new PriorityQueue<>(Comparator.comparingLong(Wait::position));
    private final ExecutorService answers = Executors.newVirtualThreadPerTaskExecutor();
    private boolean isClosed;

    private record Wait(long position, CompletableFuture<Void> answer) {}

    Waits(Host host) {
        this.host = host;
        host.whenWorked(this::look);
    }

    /** @param position behind what is waited for */
    CompletionStage<Void> worked(long position) {
        Wait wait = new Wait(position, new CompletableFuture<>());
        synchronized (this) {
            if (isClosed) {
                throw new IllegalStateException("the engine is closed");
            }
            waiting.add(wait);
        }
        // It may have happened before anybody waited.
        look();
        return wait.answer().minimalCompletionStage();
    }

    private synchronized void look() {
        if (waiting.isEmpty()) {
            return;
        }
        long committed = host.committed();
        while (!waiting.isEmpty() && waiting.peek().position() <= committed) {
            CompletableFuture<Void> answer = waiting.poll().answer();
            answers.execute(() -> answer.complete(null));
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        waiting.forEach(wait -> answers.execute(
                () -> wait.answer().completeExceptionally(new IllegalStateException("the engine is closed"))));
        waiting.clear();
        answers.shutdown();
    }
}
