package dev.forestall.embedded;

import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.host.Acceptance.Receipt;
import dev.forestall.loop.host.Acceptance.Unusable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The answer that one sender waits for. */
final class Ticket {

    private final CompletableFuture<Receipt> durable = new CompletableFuture<>();
    private final List<Unusable> unusable = new ArrayList<>();
    private final List<Integer> known = new ArrayList<>();

    CompletableFuture<Receipt> durable() {
        return durable;
    }

    /** One of the records was in the log already. */
    void passOver(int index) {
        known.add(index);
    }

    /** One of the records is a report that cannot be used. */
    void refuse(int index, Rejected rejected) {
        unusable.add(new Unusable(index, rejected));
    }

    /** @param answers where whoever waits goes on: it is not to hold up the log */
    void complete(String position, Executor answers) {
        Receipt receipt = new Receipt(position, known, unusable);
        answers.execute(() -> durable.complete(receipt));
    }

    void fail(Throwable cause, Executor answers) {
        answers.execute(() -> durable.completeExceptionally(cause));
    }
}
