package dev.forestall.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.embedded.DataDirectory;
import dev.forestall.embedded.EmbeddedEngine;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.EngineOptions;
import dev.forestall.embedded.HostOptions;
import dev.forestall.embedded.IntakeOptions;
import dev.forestall.loop.Definition;
import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Policy;
import dev.forestall.loop.action.Withdrawal;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.Probability;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.gate.Purpose;
import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.EngineProgress;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Tenant;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** A running engine, its outbox, and a dispatcher: who asks twice is written to by mail, who complains twice is called. */
final class Desk implements AutoCloseable {

    static final long START = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
    /** So many requests of a policy within an hour are as expected. */
    static final int MOST = 20;

    static final Currency EUR = Currency.getInstance("EUR");

    private static final TestPlan PLAN =
            TestPlan.declare().event("asked").event("complained").ready();

    static Definition definition() {
        TestPack pack = TestPack.of(PLAN).tick(Duration.ofMinutes(1));
        on(pack, "asked", "answer", "write", "email", 10);
        on(pack, "complained", "soothe", "call", "voice", 400);
        return pack.ready();
    }

    private static void on(TestPack pack, String event, String policy, String action, String channel, long costMinor) {
        Action does = new Action(
                        action,
                        "message",
                        action,
                        Purpose.SERVICE,
                        List.of(channel),
                        null,
                        List.of(),
                        new Money(costMinor, EUR))
                .expiring(Duration.ofHours(12).toMillis())
                .withdrawn(new Withdrawal.Never());
        pack.signal(SignalRule.ofCustomers(event + "_twice", new Repeat(PLAN.any(event), 2, 3_600_000))
                        .firing(SignalRule.Fires.EACH))
                .policy(new Policy(
                                policy,
                                TriggerName.signals(event + "_twice"),
                                Condition.ALWAYS,
                                List.of(new Policy.Candidate(does, scope -> 1, Condition.ALWAYS, "")),
                                null,
                                scope -> 1_000_000,
                                new Probability(0),
                                0)
                        .ramped(
                                new Probability(1),
                                new Policy.Rate(MOST, Duration.ofHours(1).toMillis())));
    }

    final Database database;
    final Tenant tenant;
    final HostClock clock;
    final Engine engine;
    final Sending sending;
    Dispatcher dispatcher;
    private final Channels channels;
    private final DispatchOptions options = DispatchOptions.defaults();

    Desk(Path directory, Database database, Tenant tenant, Channels channels, HostClock clock) {
        this.database = database;
        this.tenant = tenant;
        this.clock = clock;
        this.channels = channels;
        this.engine = new EmbeddedEngine(
                EmbeddedHost.open(
                        directory,
                        DataDirectory.Options.defaults("test").withOwnNames(),
                        definition(),
                        HostOptions.defaults().withClock(clock)),
                EngineOptions.defaults().withIntake(new IntakeOptions(10_000, 1 << 24, Duration.ofMillis(10), true)));
        this.sending = new Sending(database, tenant, clock, () -> {}, ChangeLog.NONE);
        this.dispatcher = Dispatcher.open(engine, database, tenant, channels, options, clock, ChangeLog.NONE);
    }

    /** Another dispatcher takes over, as after a crash. */
    void restart() {
        dispatcher.close();
        dispatcher = Dispatcher.open(engine, database, tenant, channels, options, clock, ChangeLog.NONE);
    }

    /** The customer does it twice, which is once too often. */
    void twice(String event, String customer) {
        for (int i = 0; i < 2; i++) {
            Logged record = new Logged.Arrived(
                    new Origin("test", Origin.NONE, 0).live(clock.nowMillis(), clock.nowMillis()),
                    PLAN.event(event).of(customer).at(clock.nowMillis()).build());
            ((Acceptance.Taken) engine.accept(List.of(record)))
                    .durable()
                    .toCompletableFuture()
                    .join();
        }
    }

    /** Until nobody has anything to do any more at this instant. */
    void settle() throws InterruptedException {
        int done;
        do {
            EngineProgress progress = engine.progress();
            while (progress.waiting() > 0 || !progress.worked().equals(progress.durable())) {
                Thread.onSpinWait();
                progress = engine.progress();
            }
            dispatcher.caughtUp().toCompletableFuture().join();
            done = dispatcher.pass();
        } while (done > 0);
    }

    /** Where the only request of the customer by that action stands, with the rule: {@code refused dry_run}. */
    String stands(String customer, String action) {
        List<String> all = all(customer, action);
        assertThat(all).as(action + " for " + customer).hasSize(1);
        return all.getFirst();
    }

    List<String> all(String customer, String action) {
        return database.in(
                tenant,
                session -> session.list(
                        "SELECT state, rule FROM operational.outbox WHERE customer = ? AND action = ? ORDER BY request",
                        row -> (row.text("state") + " " + row.text("rule")).strip(),
                        customer,
                        action));
    }

    String request(String customer, String action) {
        return database.<Optional<String>>in(
                        tenant,
                        session -> session.first(
                                "SELECT request FROM operational.outbox WHERE customer = ? AND action = ? ORDER BY since, request",
                                row -> row.text("request"),
                                customer,
                                action))
                .orElseThrow();
    }

    @Override
    public void close() {
        dispatcher.close();
        engine.close();
    }
}
