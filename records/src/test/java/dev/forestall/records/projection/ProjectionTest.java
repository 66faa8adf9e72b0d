package dev.forestall.records.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.embedded.DataDirectory;
import dev.forestall.embedded.EmbeddedEngine;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.EngineOptions;
import dev.forestall.embedded.HostOptions;
import dev.forestall.embedded.IntakeOptions;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.EffectBatch;
import dev.forestall.loop.host.EffectOffset;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.SubscriptionStart;
import dev.forestall.loop.report.Report;
import dev.forestall.records.customers.Customers;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.EffectRow;
import dev.forestall.records.effects.EffectTable;
import dev.forestall.records.effects.Page;
import dev.forestall.records.effects.Timeline;
import dev.forestall.records.inbox.Inbox;
import dev.forestall.records.postgres.EmbeddedPostgres;
import dev.forestall.records.requests.Requests;
import dev.forestall.records.value.Values;
import dev.forestall.testkit.ManualClock;
import dev.forestall.testkit.Seeds;
import dev.forestall.testkit.TestPlan;
import dev.forestall.testkit.stories.SmallWorld;
import dev.forestall.value.Ledger;
import dev.forestall.value.LedgerLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class ProjectionTest {

    private static final TestPlan PLAN = TestPlan.of(SmallWorld.PLAN);
    private static final long HOUR = 3_600_000;
    private static final int CUSTOMERS = 40;

    @TempDir
    static Path directory;

    private static EmbeddedPostgres server;
    private static Database database;

    private Tenant tenant;
    private Engine engine;
    private long ordinal;
    /** The place behind what was sent last. */
    private String durable = "";

    @BeforeAll
    static void startDatabase() {
        server = EmbeddedPostgres.start(
                directory.resolve("database"), Path.of("target", "postgresql"), Duration.ofSeconds(60));
        database = Database.open(server.access(), 4);
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
        server.close();
    }

    @BeforeEach
    void openEngine(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName().replace('_', '-');
        tenant = new Tenant(name.substring(0, Math.min(60, name.length())));
        ManualClock clock = new ManualClock(SmallWorld.START);
        engine = new EmbeddedEngine(
                EmbeddedHost.open(
                        directory.resolve(name),
                        DataDirectory.Options.defaults("test").withOwnNames(),
                        SmallWorld.definition(),
                        HostOptions.defaults().withClock(clock)),
                EngineOptions.defaults().withIntake(new IntakeOptions(10_000, 1 << 24, Duration.ofMillis(20), false)));
    }

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private void send(String event, String customer, long hour) {
        Logged record = new Logged.Arrived(
                new Origin("test", ordinal++, 0),
                PLAN.event(event)
                        .at(SmallWorld.START + hour * HOUR)
                        .with("customerId", customer)
                        .with("applicationId", "a-" + customer)
                        .build());
        durable = answer(((Acceptance.Taken) engine.accept(List.of(record))).durable())
                .position();
    }

    /** Everybody applies, gets an offer and calls twice; some get what they want. */
    private void bankDays(int fromCustomer, int toCustomer) {
        for (int i = fromCustomer; i < toCustomer; i++) {
            String customer = "c-" + i;
            send("applied", customer, 10L * i);
            send("offered", customer, 10L * i + 1);
            send("called", customer, 10L * i + 2);
            send("called", customer, 10L * i + 3);
            if (i % 3 == 0) {
                send("approved", customer, 10L * i + 4);
            }
        }
        while (!engine.progress().worked().equals(durable)) {
            Thread.onSpinWait();
        }
    }

    /** All that the record holds and that tables keep. */
    private List<Effect> said() {
        List<Effect> said = new ArrayList<>();
        try (var reading = engine.subscribe(
                "test",
                new SubscriptionStart.At(EffectOffset.BEGINNING),
                batch -> said.addAll(batch.effects()),
                Retries.defaults())) {
            answer(reading.caughtUp());
        }
        return said.stream().filter(EffectTable::isKept).toList();
    }

    /** Every row of every projection, as text. */
    private SortedMap<String, List<String>> tables() {
        return database.in(tenant, session -> {
            SortedMap<String, List<String>> tables = new TreeMap<>();
            session.list(
                            "SELECT relname FROM pg_class WHERE relnamespace = 'projection'::regnamespace AND relkind = 'r'"
                                    + " AND relname <> 'flyway_schema_history'",
                            row -> row.text("relname"))
                    .forEach(table -> tables.put(
                            table,
                            session.list(
                                    "SELECT t::text AS line FROM projection." + table + " t ORDER BY t::text",
                                    row -> row.text("line"))));
            return tables;
        });
    }

    @Test
    void every_effect_has_one_row_and_customers_are_found() {
        try (Projection projection = Projection.follow(engine, database, tenant)) {
            bankDays(0, CUSTOMERS);
            answer(projection.caughtUp());
        }
        List<Effect> said = said();
        assertThat(tables().get("effects")).hasSize(said.size());
        Customers customers = new Customers(database);
        Page<Customers.Line> first = customers.newest(tenant, Optional.empty(), 25);
        Page<Customers.Line> second = customers.newest(tenant, first.next(), 25);
        assertThat(second.next()).isEmpty();
        assertThat(first.rows().getFirst().customer()).isEqualTo("c-" + (CUSTOMERS - 1));
        List<String> all = new ArrayList<>();
        first.rows().forEach(line -> all.add(line.customer()));
        second.rows().forEach(line -> all.add(line.customer()));
        assertThat(all).doesNotHaveDuplicates().hasSize(CUSTOMERS);
        assertThat(customers.search(tenant, "c-3", 5))
                .hasSize(5)
                .allSatisfy(line -> assertThat(line.customer()).startsWith("c-3"));
        assertThat(customers.search(tenant, "c_3", 5)).isEmpty();
        Customers.Profile profile = customers.profile(tenant, List.of("c-38")).orElseThrow();
        assertThat(profile.names().getFirst().effects())
                .isEqualTo(said.stream()
                        .filter(effect -> effect.subject().equals(SubjectId.customer("c-38")))
                        .count());
        assertThat(profile.signals()).extracting("name").contains("chasing");
        assertThat(profile.alerts()).extracting("name").containsExactly("trouble");
        assertThat(customers.profile(tenant, List.of("nobody"))).isEmpty();
    }

    @Test
    void a_timeline_neither_repeats_nor_skips_and_a_request_leads_back_to_its_signal() {
        try (Projection projection = Projection.follow(engine, database, tenant)) {
            bankDays(0, 12);
            answer(projection.caughtUp());
        }
        Timeline timeline = new Timeline(database);
        List<String> ids = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<EffectRow> page = timeline.latest(tenant, cursor, 7);
            page.rows().forEach(row -> ids.add(row.id()));
            cursor = page.next();
        } while (cursor.isPresent());
        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(said().stream()
                        .map(effect -> engine.names().of(effect.id()))
                        .toList());
        EffectRow request = ids.stream()
                .map(id -> timeline.effect(tenant, id).orElseThrow())
                .filter(row -> row.kind().equals("action_request"))
                .findFirst()
                .orElseThrow();
        assertThat(timeline.chain(tenant, request.id()))
                .extracting(EffectRow::kind)
                .containsSequence("action_request", "decision", "signal");
        Requests.Found found = new Requests(database).find(tenant, request.id()).orElseThrow();
        assertThat(found.line().state()).isEqualTo("requested");
        assertThat(found.steps()).extracting(Requests.Step::stage).startsWith("requested");
        assertThat(found.chain()).extracting(EffectRow::kind).contains("decision", "signal");
        assertThat(new Requests(database)
                        .latest(tenant, Optional.empty(), Optional.empty(), 100)
                        .rows())
                .extracting(Requests.Line::id)
                .contains(request.id());
        assertThat(new Counts(database).now(tenant).openRequests()).isPositive();
        assertThat(timeline.of(tenant, List.of(request.subject()), Optional.empty(), 100)
                        .rows())
                .extracting(EffectRow::id)
                .contains(request.id());
    }

    @Test
    void a_rebuild_gives_the_same_rows_while_more_arrives_and_touches_nothing_else() {
        database.doIn(
                tenant,
                session -> session.change(
                        "INSERT INTO operational.stops VALUES (?, 'all', '', 'stays', 'user:u-1', now())", tenant));
        try (Projection projection = Projection.follow(engine, database, tenant)) {
            bankDays(0, 10);
            answer(projection.caughtUp());
            projection.rebuild();
            bankDays(10, CUSTOMERS);
            answer(projection.caughtUp());
            SortedMap<String, List<String>> rebuilt = tables();
            assertThat(rebuilt.get("effects")).hasSize(said().size());
            projection.rebuild();
            answer(projection.caughtUp());
            assertThat(tables()).isEqualTo(rebuilt);
        }
        assertThat(database.<Long>in(tenant, session -> session.number("SELECT count(*) FROM operational.stops")))
                .isEqualTo(1);
    }

    @Test
    void the_ledger_in_tables_is_that_of_a_replay() {
        try (Projection projection = Projection.follow(engine, database, tenant)) {
            bankDays(0, 20);
            answer(projection.caughtUp());
        }
        Ledger ledger = new Ledger();
        said().forEach(ledger::take);
        Values values = new Values(database);
        assertThat(ledger.lines()).hasSize(20);
        ledger.lines().forEach((id, line) -> {
            Values.Line row = values.line(tenant, engine.names().of(id)).orElseThrow();
            assertThat(row.policy()).isEqualTo(line.policy());
            assertThat(row.treatmentGroup())
                    .isEqualTo(line.group().map(group -> group.name().toLowerCase(Locale.ROOT)));
            assertThat(row.request()).isEqualTo(line.request().map(engine.names()::of));
            assertThat(row.payment()).isEqualTo(line.payment().name().toLowerCase(Locale.ROOT));
            assertThat(row.outcome()).isEqualTo(line.result().map(LedgerLine.Result::outcome));
            assertThat(row.success())
                    .isEqualTo(line.result().filter(LedgerLine.Result::success).isPresent());
        });
        assertThat(values.arms(tenant).stream().mapToLong(Values.Arm::decisions).sum())
                .isEqualTo(ledger.lines().size());
    }

    @Test
    void who_is_forgotten_is_in_no_table_and_no_rebuild_brings_them_back() {
        SubjectId customer = SubjectId.customer("c-4");
        database.doIn(tenant, session -> {
            Report.Head head = new Report.Head("r-1", SmallWorld.START, "user:u-1");
            Inbox.add(session, new Report.ZoneKnown(head, customer, "Europe/Berlin"), SmallWorld.START);
        });
        try (Projection projection = Projection.follow(engine, database, tenant)) {
            bankDays(0, 8);
            answer(projection.caughtUp());
            answer(engine.erase(customer, "they asked for it"));
            assertThat(new Forgetting(database).forget(tenant, List.of(customer)))
                    .filteredOn(deleted -> deleted.rows() > 0)
                    .extracting(Forgetting.Deleted::table)
                    .contains("projection.effects", "projection.customers", "projection.decisions", "inbox.reports");
            assertThat(tables().values())
                    .allSatisfy(lines -> assertThat(lines).noneMatch(line -> line.contains("c-4")));
            SortedMap<String, List<String>> without = tables();
            projection.rebuild();
            answer(projection.caughtUp());
            without.remove("positions");
            assertThat(tables()).containsAllEntriesOf(without);
        }
    }

    @Test
    void tenants_have_projections_of_their_own() {
        Tenant other = new Tenant("other-" + tenant.name().substring(0, 10));
        bankDays(0, 5);
        try (Projection projection = Projection.follow(engine, database, tenant)) {
            answer(projection.caughtUp());
        }
        assertThat(new Customers(database).newest(tenant, Optional.empty(), 10).rows())
                .hasSize(5);
        assertThat(new Customers(database).newest(other, Optional.empty(), 10).rows())
                .isEmpty();
    }

    /** A writer whose commits are heard of only sometimes, so that batches come again, cut anywhere. */
    @Test
    void each_effect_counts_once_however_often_and_however_cut_it_comes(TestInfo test) throws Exception {
        try (Projection projection = Projection.follow(engine, database, tenant)) {
            bankDays(0, 15);
            answer(projection.caughtUp());
        }
        SortedMap<String, List<String>> expected = tables();
        List<EffectBatch> each = singles();
        Seeds.each(test, 3, (seed, random) -> {
            String name = tenant.name().substring(0, 20) + "-" + Math.floorMod(seed, 1_000_000);
            Tenant again = new Tenant(name);
            write(again, each, random);
            Tenant before = tenant;
            tenant = again;
            assertThat(withoutTenant(tables(), again)).isEqualTo(withoutTenant(expected, before));
            tenant = before;
        });
    }

    private static SortedMap<String, List<String>> withoutTenant(
            SortedMap<String, List<String>> tables, Tenant tenant) {
        SortedMap<String, List<String>> without = new TreeMap<>();
        tables.forEach((table, lines) -> without.put(
                table,
                lines.stream()
                        .map(line -> line.replace("(" + tenant.name() + ",", "("))
                        .sorted()
                        .toList()));
        return without;
    }

    private void write(Tenant again, List<EffectBatch> each, RandomGenerator random) throws Exception {
        EffectOffset known = EffectOffset.BEGINNING;
        ProjectionWriter writer = new ProjectionWriter(engine, database, again, known);
        int acknowledged = 0;
        while (acknowledged < each.size()) {
            int end = acknowledged + 1 + random.nextInt(Math.min(20, each.size() - acknowledged));
            List<Effect> effects = new ArrayList<>();
            each.subList(acknowledged, end).forEach(one -> effects.addAll(one.effects()));
            writer.accept(new EffectBatch(effects, each.get(end - 1).next()));
            if (random.nextInt(3) == 0) {
                // The commit was made, and nobody heard of it.
                writer = new ProjectionWriter(engine, database, again, known);
            } else {
                acknowledged = end;
                known = each.get(end - 1).next();
            }
        }
    }

    /** The record in batches of one effect. */
    private List<EffectBatch> singles() {
        List<EffectBatch> batches = new ArrayList<>();
        try (var reading = engine.subscribe(
                "singles", new SubscriptionStart.At(EffectOffset.BEGINNING), batches::add, Retries.defaults())) {
            answer(reading.caughtUp());
        }
        List<EffectBatch> singles = new ArrayList<>();
        for (EffectBatch batch : batches) {
            List<Effect> effects = batch.effects();
            for (int i = 0; i < effects.size(); i++) {
                // Only the end of a batch is a place that the engine names; each effect before it is nowhere yet.
                EffectOffset next = i == effects.size() - 1
                        ? batch.next()
                        : new EffectOffset(
                                effects.get(i + 1).id().position(),
                                effects.get(i + 1).id().index());
                singles.add(new EffectBatch(List.of(effects.get(i)), next));
            }
        }
        return singles;
    }
}
