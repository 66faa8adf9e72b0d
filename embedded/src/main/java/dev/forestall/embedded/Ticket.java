package dev.forestall.embedded;

import dev.forestall.loop.host.Acceptance.Receipt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The answer that one sender waits for. */
final class Ticket {

    private final CompletableFuture<Receipt> durable = new CompletableFuture<>();
    private int known;

    CompletableFuture<Receipt> durable() {
        return durable;
    }

    /** One of the records was in the log already. */
    void passOver() {
        known++;
    }

    /** @param answers where whoever waits goes on: it is not to hold up the log */
    void complete(String position, Executor answers) {
        Receipt receipt = new Receipt(position, known);
        answers.execute(() -> durable.complete(receipt));
    }

    void fail(Throwable cause, Executor answers) {
        answers.execute(() -> durable.completeExceptionally(cause));
    }
}
