package dev.forestall.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.host.EffectBatch;
import dev.forestall.loop.host.EffectOffset;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.Subscription;
import dev.forestall.loop.host.SubscriptionStart;
import dev.forestall.loop.host.SubscriptionState;
import dev.forestall.loop.host.SubscriptionState.Phase;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.testkit.Cursors;
import dev.forestall.testkit.ManualClock;
import dev.forestall.testkit.MemoryInputLog;
import dev.forestall.testkit.MemoryStateStore;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Consumers that read the effects under a name. */
class SubscriptionsTest {

    private static final TestPlan PLAN = TestPlan.declare().event("called").ready();
    private static final SubscriptionStart BEGINNING = new SubscriptionStart.Beginning();
    private static final SubscriptionStart NOW = new SubscriptionStart.Now();
    private static final Retries THREE_TIMES = new Retries(Duration.ofSeconds(1), Duration.ofSeconds(3), 3);

    private final Definition pack = TestPack.of(PLAN)
            .signal(
                    "calling",
                    new Repeat(PLAN.any("called"), 2, Duration.ofDays(300).toMillis()))
            .ready();
    private final MemoryInputLog log = new MemoryInputLog();
    private final MemoryStateStore store = new MemoryStateStore();
    private final ManualClock clock = new ManualClock(0);
    private final List<EffectId> taken = Collections.synchronizedList(new ArrayList<>());
    private int events;
    private Host host = open();

    private Host open() {
        return new Host(pack, log, store, HostOptions.defaults().withClock(clock));
    }

    @AfterEach
    void close() {
        host.close();
    }

    /** Each customer calls twice, of which follows one signal. */
    private void call(int customers) {
        for (int i = 0; i < 2 * customers; i++, events++) {
            host.accept(new Logged.Arrived(
                    new Origin("calls", events, 0),
                    PLAN.event("called")
                            .at(Times.minute(events).toEpochMilli())
                            .of("c-" + events / 2)
                            .build()));
        }
        host.commit();
    }

    private Subscription take(String name, SubscriptionStart start) {
        return host.subscribe(name, start, this::take, THREE_TIMES);
    }

    private static void await(Subscription subscription) {
        subscription.caughtUp().toCompletableFuture().join();
    }

    private void take(EffectBatch batch) {
        batch.effects().forEach(effect -> taken.add(effect.id()));
    }

    private List<EffectId> record() {
        return Cursors.toList(host.effects()).stream().map(Effect::id).toList();
    }

    private SubscriptionState state(String name) {
        return host.subscriptions().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void from_the_beginning_all_that_was_said_comes_in_its_order_and_then_what_follows() {
        call(1_500);
        Subscription reading = take("projection", BEGINNING);
        await(reading);
        assertThat(taken).isNotEmpty().isEqualTo(record());

        call(3);
        await(reading);
        assertThat(taken).isEqualTo(record());
        assertThat(reading.state().lag()).isZero();
        assertThat(reading.state().phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void from_now_on_only_what_follows_comes() {
        call(5);
        int before = record().size();
        Subscription reading = take("outbox", NOW);
        call(2);
        await(reading);
        assertThat(taken).isNotEmpty().isEqualTo(record().subList(before, record().size()));
    }

    @Test
    void it_goes_on_where_it_was_after_the_host_was_closed_and_a_new_one_reads_from_the_beginning() {
        Subscription reading = take("projection", BEGINNING);
        call(4);
        await(reading);
        host.close();
        host = open();
        assertThat(state("projection").phase()).isEqualTo(Phase.DETACHED);
        taken.clear();
        int before = record().size();
        call(2);
        assertThat(state("projection").lag()).isEqualTo(record().size() - before);

        await(take("projection", NOW));
        assertThat(taken).isEqualTo(record().subList(before, record().size()));
        taken.clear();
        await(take("another", BEGINNING));
        assertThat(taken).isEqualTo(record());
    }

    @Test
    void it_reads_from_a_place_that_the_consumer_kept_itself() {
        call(700);
        List<EffectOffset> places = Collections.synchronizedList(new ArrayList<>());
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        await(host.subscribe(
                "first",
                BEGINNING,
                batch -> {
                    places.add(EffectOffset.parse(batch.next().toString()));
                    sizes.add(batch.effects().size());
                },
                THREE_TIMES));
        assertThat(places).hasSizeGreaterThan(1);

        await(take("second", new SubscriptionStart.At(places.getFirst())));
        assertThat(taken).isEqualTo(record().subList(sizes.getFirst(), record().size()));
    }

    @Test
    void one_that_fails_is_given_the_same_batch_again_later_and_later_and_then_only_when_told() throws Exception {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        Subscription reading = host.subscribe(
                "projection",
                BEGINNING,
                batch -> {
                    if (isBroken.get()) {
                        throw new IllegalStateException("the database is away");
                    }
                    take(batch);
                },
                THREE_TIMES);
        call(3);
        clock.awaitWaiting();
        assertThat(reading.state().phase()).isEqualTo(Phase.RETRYING);
        assertThat(reading.state().failures()).isEqualTo(1);
        assertThat(reading.state().lastError())
                .hasValueSatisfying(text -> assertThat(text).contains("is away"));
        assertThat(reading.state().lag()).isEqualTo(record().size());
        clock.pass(Duration.ofMillis(999));
        assertThat(reading.state().failures()).isEqualTo(1);

        clock.pass(Duration.ofMillis(1));
        clock.awaitWaiting();
        assertThat(reading.state().failures()).isEqualTo(2);
        clock.pass(Duration.ofSeconds(2));
        awaitPhase(reading, Phase.STOPPED);

        // Others are not held up by it.
        call(2);
        await(take("another", BEGINNING));
        assertThat(taken).isEqualTo(record());
        taken.clear();

        isBroken.set(false);
        reading.resume();
        await(reading);
        assertThat(taken).isEqualTo(record());
        assertThat(reading.state().failures()).isZero();
    }

    /** The consumer's thread needs a moment. */
    private static void awaitPhase(Subscription subscription, Phase phase) {
        while (subscription.state().phase() != phase) {
            Thread.onSpinWait();
        }
    }

    @Test
    void one_that_hangs_holds_up_neither_others_nor_the_host_nor_its_closing() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        Subscription hanging = host.subscribe("hanging", BEGINNING, batch -> hang(hangs), THREE_TIMES);
        Subscription reading = take("projection", BEGINNING);
        call(1);
        hangs.await();
        call(600);
        await(reading);
        assertThat(taken).isEqualTo(record());
        assertThat(hanging.state().phase()).isEqualTo(Phase.DELIVERING);
        assertThat(hanging.state().lag()).isEqualTo(record().size());
        host.close();

        host = open();
        taken.clear();
        await(take("hanging", BEGINNING));
        assertThat(taken).isEqualTo(record());
    }

    private static void hang(CountDownLatch hangs) throws InterruptedException {
        hangs.countDown();
        new CountDownLatch(1).await();
    }

    @Test
    void a_removed_one_is_forgotten() {
        call(2);
        await(take("projection", BEGINNING));
        assertThat(host.unsubscribe("projection")).isTrue();
        assertThat(host.unsubscribe("projection")).isFalse();
        assertThat(host.subscriptions()).isEmpty();
        taken.clear();
        await(take("projection", BEGINNING));
        assertThat(taken).isEqualTo(record());
    }

    @Test
    void two_do_not_read_under_one_name() {
        take("projection", BEGINNING);
        assertThatThrownBy(() -> take("projection", BEGINNING)).hasMessageContaining("already");
    }

    @Test
    void what_has_not_been_read_is_not_let_go_and_who_comes_too_late_is_told_so() {
        call(10);
        EffectOffset reached = host.subscribe("detached", NOW, batch -> {}, THREE_TIMES)
                .state()
                .next();
        host.subscriptions().forEach(each -> assertThat(each.lag()).isZero());
        host.close();
        host = open();
        call(10);
        List<EffectId> before = record();

        assertThat(host.retain(Long.MAX_VALUE)).containsOnlyKeys("detached").containsValue(reached);
        assertThat(record()).isEqualTo(before.subList(before.size() / 2, before.size()));

        host.unsubscribe("detached");
        assertThat(host.retain(Long.MAX_VALUE)).isEmpty();
        Subscription late = take("late", BEGINNING);
        await(late);
        assertThat(taken).isEqualTo(record());
        assertThat(late.state().skippedTo()).isPresent();
    }
}
