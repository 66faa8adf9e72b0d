package dev.forestall.records.inbox;

import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands the reports that wait in the inbox to the engine, in order. A crash between the log and the mark hands some over again; the log knows
 * them by their ids. For any thread; one relays at a time.
 */
public final class Relay {

    private static final int AT_ONCE = 500;

    /** The source that the log names for reports. */
    private static final String SOURCE = "reports";

    private final Engine engine;
    private final Database database;
    private final Tenant tenant;
    private final HostClock clock;
    private final ReentrantLock one = new ReentrantLock();

    public Relay(Engine engine, Database database, Tenant tenant, HostClock clock) {
        this.engine = engine;
        this.database = database;
        this.tenant = tenant;
        this.clock = clock;
    }

    /** What came of relaying. */
    public sealed interface Relayed {

        /** All that waited is in the log. @param reports how many these were */
        record Everything(int reports) implements Relayed {}

        /** The engine takes nothing now. @param after how long to wait before trying again */
        record NotNow(Duration after, String because) implements Relayed {}
    }

    /** Hands over all that waits, and waits until it is durable. */
    public Relayed relay() throws InterruptedException {
        one.lockInterruptibly();
        try {
            int relayed = 0;
            while (true) {
                List<Inbox.Waiting> waiting = database.in(tenant, session -> Inbox.waiting(session, AT_ONCE));
                if (waiting.isEmpty()) {
                    return new Relayed.Everything(relayed);
                }
                switch (engine.accept(waiting.stream().map(Relay::logged).toList())) {
                    case Acceptance.Refused refused -> {
                        return new Relayed.NotNow(refused.retryAfter(), refused.detail());
                    }
                    case Acceptance.Taken taken -> mark(waiting, durable(taken));
                }
                relayed += waiting.size();
            }
        } finally {
            one.unlock();
        }
    }

    private static Logged logged(Inbox.Waiting waiting) {
        return new Logged.Reported(
                new Origin(SOURCE, Origin.NONE, 0).live(waiting.report().atMillis(), waiting.receivedMillis()),
                waiting.report());
    }

    private static String durable(Acceptance.Taken taken) throws InterruptedException {
        try {
            return taken.durable().toCompletableFuture().get().position();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(
                    "the engine's log failed while it took reports; they are handed over again", failed);
        }
    }

    /** What the record does not bear out is in the log too, as rejected: it has not to be handed over again. */
    private void mark(List<Inbox.Waiting> waiting, String position) {
        database.doIn(tenant, session -> Inbox.relayed(session, waiting, position, clock.nowMillis()));
    }
}
