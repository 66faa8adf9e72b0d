package dev.forestall.dispatch;

import dev.forestall.dispatch.Outbox.Move;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.Subscription;
import dev.forestall.loop.host.SubscriptionStart;
import dev.forestall.loop.host.SubscriptionState;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.inbox.Inbox;
import dev.forestall.records.inbox.Relay;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings the requests of one tenant out: asks the engine for a permit when they are due, uses it, and reports what became of it. All it knows is
 * in the database, so it goes on where it was after any crash. There is one per tenant, in the process that holds the tenant's engine.
 *
 * <p>It works when it is {@link #start started}, on a thread of its own, or one {@link #pass} at a time. For any thread.
 */
public final class Dispatcher implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    /** After trouble of database or engine. */
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    /** So long a report that the engine has can be looked at, and is known when it comes again. */
    private static final Duration REPORTS_KEPT = Duration.ofDays(7);

    private static final Duration TIDY_EVERY = Duration.ofHours(1);

    /** A channel gives up after a minute. */
    private static final Duration LONGEST_SENDING = Duration.ofSeconds(75);

    private final Database database;
    private final Tenant tenant;
    private final DispatchOptions options;
    private final HostClock clock;
    private final Channels channels;
    private final Relay relay;
    private final Sender sender;
    private final Subscription subscription;
    private final RunawayGuard guard;
    private final ExecutorService sending = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock onePass = new ReentrantLock();
    private final Semaphore woken = new Semaphore(0);
    /** What is being sent now, and on which channel. */
    private final Map<String, String> inFlight = new ConcurrentHashMap<>();

    private volatile boolean isClosed;
    /** Guarded by {@link #onePass}. */
    private long tidyAtMillis;

    private Dispatcher(
            Engine engine,
            Database database,
            Tenant tenant,
            Channels channels,
            DispatchOptions options,
            HostClock clock,
            ChangeLog changes) {
        this.guard = new RunawayGuard(engine, changes);
        this.database = database;
        this.tenant = tenant;
        this.options = options;
        this.clock = clock;
        this.channels = channels;
        this.relay = new Relay(engine, database, tenant, clock);
        this.sender = new Sender(database, tenant, channels, options, clock, this::pause);
        database.doIn(tenant, this::recover);
        this.subscription = engine.subscribe(
                OutboxWriter.NAME,
                new SubscriptionStart.At(database.in(tenant, OutboxWriter::stored)),
                new OutboxWriter(database, tenant, engine.names(), this::wake),
                Retries.defaults());
    }

    /**
     * Takes over from an earlier process, and follows the engine. Nothing is sent before {@link #start} or {@link #pass}.
     *
     * @param changes takes note of what the dispatcher stops by itself
     */
    public static Dispatcher open(
            Engine engine,
            Database database,
            Tenant tenant,
            Channels channels,
            DispatchOptions options,
            HostClock clock,
            ChangeLog changes) {
        return new Dispatcher(engine, database, tenant, channels, options, clock, changes);
    }

    /**
     * What was being sent when the process ended may have been sent. Where the receiver takes a key once, it is sent again with the same key; else
     * it is uncertain.
     */
    private void recover(Session session) {
        long now = clock.nowMillis();
        for (OutboxRow row : Outbox.in(session, State.SENDING)) {
            Reporting reports = new Reporting(session, row, now);
            Outbox.end(session, row.key(), row.attempts(), "interrupted", "the process ended", now);
            if (channels.of(row.channel()).filter(Channel::honoursKeys).isPresent()) {
                Outbox.move(
                        session,
                        row.key(),
                        Move.to(State.DEFERRED, "retry", "interrupted").at(now),
                        now);
                reports.notSent(row.asked(), "interrupted");
            } else {
                Sender.uncertain(session, row.key(), row.provider(), "interrupted", reports, options, now);
            }
        }
    }

    /**
     * Does everything that can be done now, once, and waits for what is sent: relays reports, lets what is over expire, asks for permits, uses
     * those that were given.
     *
     * @return how much was done; 0 when there was nothing to do
     */
    public int pass() throws InterruptedException {
        int done = round();
        while (!inFlight.isEmpty()) {
            woken.acquire();
        }
        return done + relayed();
    }

    private int round() throws InterruptedException {
        onePass.lockInterruptibly();
        try {
            int done = relayed();
            done += database.in(tenant, this::settle);
            return done + use() + relayed();
        } finally {
            onePass.unlock();
        }
    }

    private int relayed() throws InterruptedException {
        return switch (relay.relay()) {
            case Relay.Relayed.Everything everything -> everything.reports();
            case Relay.Relayed.NotNow notNow -> {
                clock.after(notNow.after(), this::wake);
                yield 0;
            }
        };
    }

    private int settle(Session session) {
        long now = clock.nowMillis();
        if (now >= tidyAtMillis) {
            Inbox.forget(session, now - REPORTS_KEPT.toMillis());
            tidyAtMillis = now + TIDY_EVERY.toMillis();
        }
        int done = guard.look(session, now) + Outbox.expire(session, now);
        for (OutboxRow row : Outbox.waiting(session, State.UNCERTAIN, now, options.atOnce())) {
            Outbox.move(session, row.key(), Move.to(State.EXPIRED, "uncertain", "nobody said what became of it"), now);
            done++;
        }
        for (OutboxRow row : Outbox.waiting(session, State.DUE, now, options.atOnce())) {
            ask(session, row, now);
            done++;
        }
        for (OutboxRow row : Outbox.claimable(session, now, options.atOnce())) {
            ask(session, row, now);
            done++;
        }
        return done;
    }

    private void ask(Session session, OutboxRow row, long now) {
        Outbox.due(session, row.key(), now, now + options.askAgain().toMillis());
        new Reporting(session, row, now).due(Outbox.ask(session, row.key()));
    }

    /** Sends beside each other. No channel may take all the room, so that a slow receiver holds up nobody but itself. */
    private int use() {
        List<Outbox.Sendable> permitted =
                database.in(tenant, session -> Outbox.permitted(session, clock.nowMillis(), full(), options.atOnce()));
        int begun = 0;
        for (Outbox.Sendable each : permitted) {
            boolean isRoom = inFlight.size() < options.atOnce() && !full().contains(each.channel());
            if (isRoom && inFlight.putIfAbsent(each.request(), each.channel()) == null) {
                sending.execute(() -> send(each.request()));
                begun++;
            }
        }
        return begun;
    }

    /** Channels that have their share of what is sent at once. */
    private List<String> full() {
        Map<String, Integer> counts = new TreeMap<>();
        inFlight.values().forEach(channel -> counts.merge(channel, 1, Integer::sum));
        int share = Math.max(1, options.atOnce() / 2);
        return counts.entrySet().stream()
                .filter(each -> each.getValue() >= share)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void send(String request) {
        try {
            sender.use(request);
        } catch (RuntimeException trouble) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "request " + request + " of " + tenant + " could not be brought out",
                    trouble);
        } finally {
            inFlight.remove(request);
            wake();
        }
    }

    /** @return false when the dispatcher is being closed */
    private boolean pause() {
        CountDownLatch passed = new CountDownLatch(1);
        HostClock.Alarm alarm = clock.after(AFTER_TROUBLE, passed::countDown);
        try {
            passed.await();
            return !isClosed;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            alarm.cancel();
        }
    }

    /** Begins to work by itself: whenever the engine says something, something is reported, or its time has come. */
    public Dispatcher start() {
        Thread.ofVirtual().name("dispatcher " + tenant).start(this::work);
        return this;
    }

    private void work() {
        while (!isClosed) {
            try {
                woken.drainPermits();
                if (round() == 0) {
                    awaitNext();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException trouble) {
                if (!isClosed) {
                    LOG.log(
                            System.Logger.Level.ERROR,
                            "dispatcher of " + tenant + ": tried again in a second",
                            trouble);
                    awaitWake(AFTER_TROUBLE);
                }
            }
        }
    }

    private void awaitNext() {
        OptionalLong next = database.in(tenant, session -> Outbox.next(session, clock.nowMillis()));
        if (next.isPresent()) {
            awaitWake(Duration.ofMillis(Math.max(1, next.getAsLong() - clock.nowMillis())));
        } else {
            woken.acquireUninterruptibly();
        }
    }

    private void awaitWake(Duration atMost) {
        HostClock.Alarm alarm = clock.after(atMost, this::wake);
        woken.acquireUninterruptibly();
        alarm.cancel();
    }

    /** There may be something to do: say so after adding to the inbox, or turning a switch. */
    public void wake() {
        woken.release();
    }

    /** Answers when all that the engine has committed by now is in the outbox. */
    public CompletionStage<Void> caughtUp() {
        return subscription.caughtUp();
    }

    /** How it follows the engine. */
    public SubscriptionState state() {
        return subscription.state();
    }

    /**
     * Begins nothing any more, and waits for what is being sent. What cannot be noted any more is taken up by the next dispatcher as interrupted.
     */
    @Override
    public void close() {
        isClosed = true;
        wake();
        subscription.close();
        sending.shutdown();
        try {
            if (!sending.awaitTermination(LONGEST_SENDING.toMillis(), TimeUnit.MILLISECONDS)) {
                sending.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            sending.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
