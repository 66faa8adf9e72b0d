package dev.forestall.embedded;

import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.Acceptance.Reason;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Positions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads hand records to one {@link Host}, which has one owner: a thread of its own. It takes what waits, writes it to the log
 * with one sync for all of it, answers those who sent it, and lets it be worked in. What is taken while the worker is busy is made durable
 * all the same. When nothing more waits, what was worked in is committed at once.
 *
 * <p>Whoever sends more than can be written is refused before memory is at risk. For any thread; the host is back in the hands of whoever
 * made the intake once it is closed.
 */
public final class Intake implements AutoCloseable {

    /** Memory that a record takes beside its texts, roughly: itself, its event, its place in the queue. */
    private static final int RECORD_BYTES = 200;

    private final Host host;
    private final IntakeOptions options;
    private final HostClock clock;
    private final Waiting waiting;
    private final Thread owner;
    private final ExecutorService answers = Executors.newVirtualThreadPerTaskExecutor();

    // Of the owner:
    private final List<Ticket> unanswered = new ArrayList<>();
    private long committedAtMillis;

    private volatile boolean isTickDue;
    private volatile @Nullable Throwable failure;
    private volatile boolean isClosing;
    private HostClock.@Nullable Alarm alarm;

    /**
     * @param host nobody else calls any more until the intake is closed, but for what is for any thread
     * @param clock by which time passes for those who are silent
     */
    public Intake(Host host, IntakeOptions options, HostClock clock) {
        this.host = host;
        this.options = options;
        this.clock = clock;
        this.waiting = new Waiting(options.records(), options.bytes());
        this.owner = new Thread(this::run, "forestall-intake");
        owner.setDaemon(true);
        host.whenWorked(waiting::nudge);
        owner.start();
    }

    /** Hands records over, from any thread. Those of one call keep their order; never waits. */
    public Acceptance accept(List<Logged> records) {
        Ticket ticket = new Ticket();
        long bytes = records.stream().mapToLong(Intake::roughBytes).sum();
        if (records.size() > options.records() || bytes > options.bytes()) {
            return new Acceptance.Refused(
                    Reason.TOO_MUCH,
                    records.size() + " records of some " + bytes + " bytes at once; there is room for "
                            + options.records() + " and " + options.bytes(),
                    Duration.ZERO);
        }
        return switch (waiting.leave(new Waiting.Sent(List.copyOf(records), bytes, ticket))) {
            case TAKEN -> new Acceptance.Taken(ticket.durable().minimalCompletionStage());
            case FULL ->
                new Acceptance.Refused(
                        Reason.FULL,
                        waiting.records() + " records wait to be written. Send again a little later",
                        options.retryAfter());
            case CLOSED -> refusedForGood();
        };
    }

    private Acceptance refusedForGood() {
        Throwable failed = failure;
        return failed == null
                ? new Acceptance.Refused(Reason.CLOSED, "the host is being closed", Duration.ZERO)
                : new Acceptance.Refused(Reason.FAILED, failed.toString(), Duration.ZERO);
    }

    private static long roughBytes(Logged logged) {
        return RECORD_BYTES
                + switch (logged) {
                    case Logged.Arrived arrived -> arrived.event().roughBytes();
                    case Logged.Rejection rejection -> 2L * rejection.raw().length();
                    default -> 0;
                };
    }

    /** Has something done with the host by its owner, behind all that was handed over before. It holds up whatever comes after it. */
    public <T> CompletionStage<T> ask(Function<Host, T> task) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Waiting.Left left = waiting.leave(new Waiting.Task(() -> {
            try {
                T done = task.apply(host);
                answers.execute(() -> answer.complete(done));
            } catch (RuntimeException failed) {
                answers.execute(() -> answer.completeExceptionally(failed));
            }
        }));
        if (left == Waiting.Left.CLOSED) {
            Throwable failed = failure;
            answer.completeExceptionally(
                    failed == null
                            ? new IllegalStateException("the host is being closed")
                            : new IllegalStateException("the host has failed: " + failed, failed));
        }
        return answer.minimalCompletionStage();
    }

    /** What the intake failed with, if it did: it takes nothing any more then. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** How many records wait to be written. */
    public int waiting() {
        return waiting.records();
    }

    private void run() {
        try {
            setAlarm();
            for (List<Waiting.Item> items = waiting.take(host.room());
                    items != null;
                    items = waiting.take(host.room())) {
                serve(items);
            }
            host.commit();
        } catch (InterruptedException interrupted) {
            fail(interrupted);
        } catch (RuntimeException | Error failed) {
            fail(failed);
        }
    }

    private void serve(List<Waiting.Item> items) {
        for (Waiting.Item item : items) {
            switch (item) {
                case Waiting.Sent sent -> {
                    unanswered.add(sent.ticket());
                    take(sent);
                }
                case Waiting.Task task -> {
                    answer();
                    task.run().run();
                }
            }
        }
        host.sayFolded();
        tick();
        answer();
        boolean isIdle = waiting.isEmpty();
        long nowMillis = clock.nowMillis();
        if (host.workOn(isIdle
                || nowMillis - committedAtMillis >= options.commitWithin().toMillis())) {
            committedAtMillis = nowMillis;
        }
    }

    private void take(Waiting.Sent sent) {
        for (int i = 0; i < sent.records().size(); i++) {
            Logged record = sent.records().get(i);
            Logged completed = host.completed(record);
            if (record instanceof Logged.Reported && completed instanceof Logged.Rejection rejection) {
                sent.ticket().refuse(i, rejection.rejected());
            }
            if (!host.accept(completed)) {
                sent.ticket().passOver(i);
            }
        }
    }

    /** Makes durable what was accepted, and says so. */
    private void answer() {
        long end = host.sync();
        if (!unanswered.isEmpty()) {
            String position = Positions.token(end);
            unanswered.forEach(ticket -> ticket.complete(position, answers));
            unanswered.clear();
        }
    }

    private void tick() {
        if (isTickDue) {
            isTickDue = false;
            host.passTime(clock.nowMillis());
            setAlarm();
        }
    }

    private synchronized void setAlarm() {
        if (options.isLive() && !isClosing) {
            alarm = clock.after(host.untilNextTick(clock.nowMillis()), this::timeHasPassed);
        }
    }

    private void timeHasPassed() {
        isTickDue = true;
        waiting.nudge();
    }

    /** Nothing is taken any more, and whoever waits is told so. */
    private void fail(Throwable failed) {
        failure = failed;
        waiting.close();
        unanswered.forEach(ticket -> ticket.fail(failed, answers));
        try {
            for (List<Waiting.Item> left = waiting.take(Integer.MAX_VALUE);
                    left != null;
                    left = waiting.take(Integer.MAX_VALUE)) {
                for (Waiting.Item item : left) {
                    switch (item) {
                        case Waiting.Sent sent -> sent.ticket().fail(failed, answers);
                        // It finds the host failed, and tells whoever asked.
                        case Waiting.Task task -> task.run().run();
                    }
                }
            }
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes nothing any more, makes durable and commits what was taken, and answers all who wait. The host stays open.
     *
     * @throws IllegalStateException when the intake has failed
     */
    @Override
    public void close() {
        synchronized (this) {
            isClosing = true;
            if (alarm != null) {
                alarm.cancel();
            }
        }
        waiting.close();
        boolean isInterrupted = false;
        while (owner.isAlive()) {
            try {
                owner.join();
            } catch (InterruptedException interrupted) {
                isInterrupted = true;
            }
        }
        answers.shutdown();
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the intake has failed: " + failed, failed);
        }
    }
}
