package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.Acceptance.Reason;
import dev.forestall.loop.host.Acceptance.Receipt;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StorageException;
import dev.forestall.loop.host.SubscriptionStart;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.Stall;
import dev.forestall.testkit.ManualClock;
import dev.forestall.testkit.MemoryInputLog;
import dev.forestall.testkit.MemoryStateStore;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Times;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many senders at one host. */
class IntakeTest {

    private static final TestPlan PLAN =
            TestPlan.declare().event("called").event("ordered").event("paid").ready();
    private static final Definition PACK = TestPack.of(PLAN)
            .tick(Duration.ofMinutes(10))
            .signal(
                    "calling",
                    new Repeat(PLAN.any("called"), 2, Duration.ofDays(1).toMillis()))
            .signal(
                    "unpaid",
                    new Stall(
                            PLAN.any("ordered"),
                            PLAN.any("paid"),
                            Duration.ofHours(1).toMillis()))
            .ready();
    private static final IntakeOptions HISTORY = new IntakeOptions(1_000, 1 << 20, Duration.ofMillis(100), false);

    private final ManualClock clock = new ManualClock(Times.START.toEpochMilli());
    private final MemoryInputLog log = new MemoryInputLog();
    private final MemoryStateStore store = new MemoryStateStore();
    private final BlockingQueue<Effect> effects = new LinkedBlockingQueue<>();

    private Host host(InputLog aLog, StateStore aStore) {
        Host host = new Host(PACK, aLog, aStore, HostOptions.defaults().withClock(clock));
        host.subscribe(
                "effects", new SubscriptionStart.Now(), batch -> effects.addAll(batch.effects()), Retries.defaults());
        return host;
    }

    private static List<Logged> sent(String source, String event, int from, int to) {
        return IntStream.range(from, to)
                .<Logged>mapToObj(i -> new Logged.Arrived(
                        new Origin(source, i, 0),
                        PLAN.event(event)
                                .at(Times.START.toEpochMilli() + i)
                                .of(source)
                                .build()))
                .toList();
    }

    private static Receipt durable(Acceptance acceptance) {
        assertThat(acceptance).isInstanceOf(Acceptance.Taken.class);
        return ((Acceptance.Taken) acceptance).durable().toCompletableFuture().join();
    }

    @Test
    void what_many_senders_hand_over_at_once_is_all_there_and_a_repetition_is_passed_over() throws Exception {
        try (Host host = host(log, store)) {
            try (Intake intake = new Intake(host, HISTORY, clock)) {
                List<Thread> senders = new ArrayList<>();
                for (int sender = 0; sender < 8; sender++) {
                    String source = "sender-" + sender;
                    senders.add(Thread.ofPlatform().start(() -> {
                        for (int i = 0; i < 100; i += 5) {
                            durable(intake.accept(sent(source, "called", i, i + 5)));
                        }
                    }));
                }
                for (Thread each : senders) {
                    each.join();
                }
                assertThat(durable(intake.accept(sent("sender-3", "called", 90, 110)))
                                .known())
                        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            }
            assertThat(host.progress().events()).isEqualTo(8 * 100 + 10);
        }
    }

    @Test
    void what_comes_of_an_event_can_be_read_without_anybody_asking_for_a_commit() throws Exception {
        try (Host host = host(log, store);
                Intake intake = new Intake(host, HISTORY, clock)) {
            intake.accept(sent("ann", "called", 0, 2));
            assertThat(effects.take()).isInstanceOf(Effect.SignalChanged.class);
        }
    }

    @Test
    void time_passes_for_those_who_are_silent() throws Exception {
        try (Host host = host(log, store);
                Intake intake = new Intake(host, IntakeOptions.defaults(), clock)) {
            durable(intake.accept(sent("ann", "ordered", 0, 1)));
            while (effects.isEmpty()) {
                clock.awaitWaiting();
                clock.pass(Duration.ofMinutes(10));
            }
            assertThat(clock.nowMillis())
                    .isGreaterThan(Times.START.plus(Duration.ofHours(1)).toEpochMilli());
        }
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void it_is_durable_and_answered_while_the_worker_is_busy_and_too_much_is_refused() {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch full = new CountDownLatch(1);
        // The log waits, so that nothing is taken from the queue.
        InputLog slow = (InputLog) intercepted(InputLog.class, log, "sync", () -> await(full));
        StateStore held = (StateStore) intercepted(StateStore.class, store, "get", () -> await(busy));
        try (Host host = host(slow, held)) {
            Intake intake = new Intake(host, HISTORY, clock);
            assertThat(refusal(intake.accept(sent("big", "called", 0, 1_001)))).isEqualTo(Reason.TOO_MUCH);
            Acceptance first = intake.accept(sent("ann", "called", 0, 10));
            List<Acceptance> taken = new ArrayList<>();
            Acceptance last = first;
            for (int i = 10; last instanceof Acceptance.Taken; i += 100) {
                taken.add(last);
                last = intake.accept(sent("ann", "called", i, i + 100));
            }
            assertThat(refusal(last)).isEqualTo(Reason.FULL);
            full.countDown();
            taken.forEach(IntakeTest::durable);
            // The worker has not got beyond the first look at a customer.
            assertThat(store.position()).isZero();
            assertThat(intake.accept(sent("bob", "called", 0, 10))).isInstanceOf(Acceptance.Taken.class);
            busy.countDown();
            intake.close();
            assertThat(refusal(intake.accept(sent("eve", "called", 0, 1)))).isEqualTo(Reason.CLOSED);
            assertThat(host.progress().events()).isEqualTo(10L + 100 * (taken.size() - 1) + 10);
        }
    }

    private static Reason refusal(Acceptance acceptance) {
        assertThat(acceptance).isInstanceOf(Acceptance.Refused.class);
        return ((Acceptance.Refused) acceptance).reason();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void when_the_log_fails_whoever_waits_is_told_and_nothing_is_taken_any_more() {
        InputLog failing = (InputLog) intercepted(InputLog.class, log, "sync", () -> {
            throw EmbeddedError.LOG_FAILED.because("the disk is full");
        });
        Host host = host(failing, store);
        Intake intake = new Intake(host, HISTORY, clock);
        Acceptance.Taken taken = (Acceptance.Taken) intake.accept(sent("ann", "called", 0, 1));
        assertThatThrownBy(() -> taken.durable().toCompletableFuture().join())
                .hasCauseInstanceOf(StorageException.class);
        assertThatThrownBy(intake::close).hasMessageContaining("the disk is full");
        assertThat(refusal(intake.accept(sent("ann", "called", 1, 2)))).isEqualTo(Reason.FAILED);
        assertThatThrownBy(host::close).isInstanceOf(StorageException.class);
    }

    /** The same, but something happens before one of its methods. */
    private static Object intercepted(Class<?> type, Object real, String name, Runnable before) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getName().equals(name)) {
                before.run();
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        });
    }
}
