package dev.forestall.acceptance.sending;

import dev.forestall.channels.webhook.Egress;
import dev.forestall.channels.webhook.WebhookChannel;
import dev.forestall.channels.webhook.WebhookClient;
import dev.forestall.dispatch.Answer;
import dev.forestall.dispatch.ChangeLog;
import dev.forestall.dispatch.Channel;
import dev.forestall.dispatch.Delivery;
import dev.forestall.dispatch.DispatchOptions;
import dev.forestall.dispatch.Dispatcher;
import dev.forestall.dispatch.Endpoint;
import dev.forestall.dispatch.Sending;
import dev.forestall.embedded.DataDirectory;
import dev.forestall.embedded.EmbeddedEngine;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.EngineOptions;
import dev.forestall.embedded.HostOptions;
import dev.forestall.embedded.SystemClock;
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
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.postgres.EmbeddedPostgres;
import dev.forestall.records.projection.Projection;
import dev.forestall.testkit.TestPack;
import dev.forestall.testkit.TestPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * A process that sends: database, engine, dispatcher and webhooks. At a named point it says so and stands still, to be killed; without one it
 * finishes and prints where every request stands.
 */
final class KilledSender implements AutoCloseable {

    /** Before the name of the point that was reached. */
    static final String AT = "at ";

    /** Before a request, its channel and where it stands. */
    static final String REQUEST = "request ";

    /** Before a table of the projection that a rebuild made otherwise. */
    static final String DIFFERENT = "different ";

    /** Everything was done. */
    static final String DONE = "done";

    private static final Tenant TENANT = Tenant.DEFAULT;
    private static final int REQUESTS_PER_CUSTOMER = 2;

    private static final TestPlan PLAN =
            TestPlan.declare().event("asked").event("complained").ready();

    /** Who asks twice is written to, where keys are honoured; who complains twice is called, where they are not. */
    private static Definition definition() {
        TestPack pack = TestPack.of(PLAN).tick(Duration.ofMinutes(1));
        on(pack, "asked", "write", "email");
        on(pack, "complained", "call", "voice");
        return pack.ready();
    }

    private static void on(TestPack pack, String event, String action, String channel) {
        Action does = new Action(
                        action,
                        "message",
                        action,
                        Purpose.SERVICE,
                        List.of(channel),
                        null,
                        List.of(),
                        new Money(10, Currency.getInstance("EUR")))
                .expiring(Duration.ofHours(12).toMillis())
                .withdrawn(new Withdrawal.Never());
        pack.signal(SignalRule.ofCustomers(event + "_twice", new Repeat(PLAN.any(event), 2, 3_600_000)))
                .policy(new Policy(
                        action + "_them",
                        TriggerName.signals(event + "_twice"),
                        Condition.ALWAYS,
                        List.of(new Policy.Candidate(does, scope -> 1, Condition.ALWAYS, "")),
                        null,
                        scope -> 1_000_000,
                        new Probability(0),
                        0));
    }

    private final Killing killing;
    private final HostClock clock = new SystemClock();
    private final EmbeddedPostgres server;
    private final Database database;
    private final Engine engine;
    private final Projection projection;
    private final WebhookClient client;
    private final Dispatcher dispatcher;

    private KilledSender(Path directory, Path programs, int port, String secret, Killing killing) {
        this.killing = killing;
        this.server = EmbeddedPostgres.start(directory.resolve("database"), programs, Duration.ofSeconds(120));
        this.database = Database.open(server.access(), 8);
        this.engine = KilledEngine.around(
                new EmbeddedEngine(
                        EmbeddedHost.open(
                                directory.resolve("engine"),
                                DataDirectory.Options.defaults("test").withOwnNames(),
                                definition(),
                                HostOptions.defaults().withClock(clock)),
                        EngineOptions.defaults()),
                killing);
        this.projection = Projection.follow(engine, database, TENANT);
        this.client = new WebhookClient(Egress.allowing(List.of("127.0.0.1:" + port)));
        new Sending(database, TENANT, clock, () -> {}, ChangeLog.NONE).dryRun(false, "user:u-1");
        this.dispatcher = Dispatcher.open(
                engine,
                database,
                TENANT,
                name -> Optional.of(new KilledChannel(
                        new WebhookChannel(
                                client, new Endpoint("http://127.0.0.1:" + port + "/" + name, List.of(secret)), clock),
                        name.equals("email"))),
                DispatchOptions.defaults(),
                clock,
                ChangeLog.NONE);
    }

    /** @param arguments directory, programs of the database, port and secret of the receiver, customers, and where to stand still, or "-" */
    public static void main(String[] arguments) throws Exception {
        Killing killing = arguments[5].equals("-") ? Killing.NEVER : new Killing(Point.valueOf(arguments[5]));
        try (KilledSender sender = new KilledSender(
                Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]), arguments[3], killing)) {
            int customers = Integer.parseInt(arguments[4]);
            sender.feed(customers);
            sender.finish(customers * REQUESTS_PER_CUSTOMER);
            sender.tell();
        }
        System.out.println(DONE);
    }

    /** The same events every time: those that the log has are passed over. */
    private void feed(int customers) {
        for (int customer = 0; customer < customers; customer++) {
            for (String event : List.of("asked", "complained")) {
                for (int time = 0; time < 2; time++) {
                    long now = clock.nowMillis();
                    Logged record = new Logged.Arrived(
                            new Origin("web", Origin.NONE, 0).live(now, now),
                            PLAN.event(event)
                                    .id(event + "-" + customer + "-" + time)
                                    .of("c-" + customer)
                                    .at(now)
                                    .build());
                    ((Acceptance.Taken) engine.accept(List.of(record)))
                            .durable()
                            .toCompletableFuture()
                            .join();
                }
            }
        }
    }

    private void finish(int requests) throws InterruptedException {
        do {
            awaitEngine();
            dispatcher.caughtUp().toCompletableFuture().join();
            dispatcher.pass();
        } while (ended() < requests);
        awaitEngine();
        projection.caughtUp().toCompletableFuture().join();
    }

    private void awaitEngine() {
        EngineProgress progress = engine.progress();
        while (progress.waiting() > 0 || !progress.worked().equals(progress.durable())) {
            Thread.onSpinWait();
            progress = engine.progress();
        }
    }

    /** How many are out, uncertain, or ended otherwise, and of which the engine has been told. */
    private long ended() {
        return database.in(TENANT, session -> session.number("""
                        SELECT count(*) FROM operational.outbox
                        WHERE state NOT IN ('requested', 'held', 'due', 'deferred', 'permitted', 'sending')
                          AND NOT EXISTS (SELECT 1 FROM inbox.reports WHERE relayed_at IS NULL)"""));
    }

    private void tell() {
        database.doIn(TENANT, session -> {
            session.list(
                            "SELECT channel || ' ' || state || ' ' || request AS line FROM operational.outbox ORDER BY request",
                            row -> row.text("line"))
                    .forEach(line -> System.out.println(REQUEST + line));
        });
        List<String> grown = database.in(TENANT, KilledSender::tables);
        projection.rebuild();
        projection.caughtUp().toCompletableFuture().join();
        List<String> rebuilt = database.in(TENANT, KilledSender::tables);
        for (int i = 0; i < Math.max(grown.size(), rebuilt.size()); i++) {
            String before = i < grown.size() ? grown.get(i) : "nothing";
            String after = i < rebuilt.size() ? rebuilt.get(i) : "nothing";
            if (!before.equals(after)) {
                System.out.println(DIFFERENT + before + " / " + after);
            }
        }
    }

    /** Every row of every projection. */
    private static List<String> tables(Session session) {
        return session.list("""
                        SELECT relname FROM pg_class
                        WHERE relnamespace = 'projection'::regnamespace AND relkind = 'r' AND relname <> 'flyway_schema_history'
                        ORDER BY relname""", row -> row.text("relname")).stream()
                .flatMap(table -> session
                        .list(
                                "SELECT t::text AS line FROM projection." + table + " t ORDER BY t::text",
                                row -> row.text("line"))
                        .stream()
                        .map(line -> table + " " + line))
                .toList();
    }

    @Override
    public void close() throws Exception {
        dispatcher.close();
        projection.close();
        client.close();
        engine.close();
        database.close();
        server.close();
    }

    /** A channel at whose ends the process may be killed. */
    private final class KilledChannel implements Channel {

        private final Channel channel;
        private final boolean honoursKeys;

        KilledChannel(Channel channel, boolean honoursKeys) {
            this.channel = channel;
            this.honoursKeys = honoursKeys;
        }

        @Override
        public String provider() {
            return channel.provider();
        }

        @Override
        public boolean honoursKeys() {
            return honoursKeys;
        }

        @Override
        public Answer send(Delivery delivery) {
            killing.at(Point.BEFORE_ACCEPT);
            Answer answer = channel.send(delivery);
            killing.at(Point.AFTER_ACCEPT);
            return answer;
        }
    }
}
