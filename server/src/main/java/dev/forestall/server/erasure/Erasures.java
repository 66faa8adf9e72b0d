package dev.forestall.server.erasure;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.Erased;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Row;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.projection.Forgetting;
import dev.forestall.records.projection.Projection;
import dev.forestall.records.rejected.RejectedRecords;
import dev.forestall.server.ApiError;
import dev.forestall.server.Declined;
import dev.forestall.server.api.JsonBody;
import dev.forestall.server.ingest.Tail;
import dev.forestall.server.security.Audit;
import dev.forestall.server.security.Ids;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Erases customers, wherever the server has something of them, and remembers that it did. For any thread. */
public final class Erasures {

    private static final long PATIENCE_SECONDS = 30;
    private static final int ID_LENGTH = 10;
    private static final int LISTED = 500;

    private final Engine engine;
    private final Projection projection;
    private final Forgetting forgetting;
    private final RejectedRecords rejected;
    private final Tail tail;
    private final Database database;
    private final Tenant tenant;
    private final Audit audit;
    private final HostClock clock;
    private final SecureRandom random;

    public Erasures(
            Engine engine,
            Projection projection,
            Database database,
            RejectedRecords rejected,
            Tail tail,
            Tenant tenant,
            Audit audit,
            HostClock clock,
            SecureRandom random) {
        this.engine = engine;
        this.projection = projection;
        this.forgetting = new Forgetting(database);
        this.rejected = rejected;
        this.tail = tail;
        this.database = database;
        this.tenant = tenant;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /**
     * That somebody was erased.
     *
     * @param by who did it
     * @param reason in words that name nobody
     * @param erased in the log and the states
     * @param rows by table, how many; those in which nothing was found are left out
     */
    public record Erasure(
            String id, long atMillis, String by, String reason, Erased erased, SortedMap<String, Long> rows) {}

    /** Whom it is about: by the names of their states, and by all that they are known by. */
    private record Known(List<SubjectId> subjects, TreeSet<String> values) {}

    /**
     * Erases a customer.
     *
     * @param customer any identifier
     * @param reason in words that name nobody: they stay in the log
     * @param actor who wants it
     */
    public Erasure erase(String customer, String reason, String actor) {
        Known known = await(engine.look(history -> {
            List<SubjectId> called = history.called(customer);
            TreeSet<String> values = new TreeSet<>(List.of(customer));
            for (SubjectId each : called) {
                values.add(each.key());
                history.identifiers(each).stream().map(Identifier::value).forEach(values::add);
            }
            return new Known(called, values);
        }));
        Erased all = Erased.NOTHING;
        for (SubjectId each : known.subjects) {
            Optional<Erased> erased = await(engine.erase(each, reason));
            all = erased.map(all::plus).orElse(all);
        }
        if (all.names() == 0) {
            throw new Declined(ApiError.NOT_FOUND, "nobody is known by this name, or not any more");
        }
        // What is being read of them now is written before it is deleted.
        await(projection.caughtUp());
        SortedMap<String, Long> rows = new TreeMap<>();
        List<SubjectId> names = new ArrayList<>(known.subjects);
        known.values.forEach(value -> names.add(SubjectId.customer(value)));
        forgetting.forget(tenant, names).forEach(each -> count(rows, each.table(), each.rows()));
        count(rows, "operational.rejected", rejected.forget(tenant, known.values));
        tail.forget();
        Erasure done = new Erasure(Ids.create(random, ID_LENGTH), clock.nowMillis(), actor, reason, all, rows);
        database.doIn(tenant, session -> {
            add(session, done);
            audit.note(session, actor, "customer.erased", done.id, "", reason);
        });
        return done;
    }

    private static void count(SortedMap<String, Long> rows, String table, long number) {
        if (number > 0) {
            rows.merge(table, number, Long::sum);
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new Declined(
                    ApiError.NOT_NOW,
                    "it takes longer than " + PATIENCE_SECONDS + " s: ask again, it goes on from where it is");
        } catch (ExecutionException failed) {
            throw new IllegalStateException("an erasure failed: " + failed.getCause(), failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Declined(ApiError.NOT_NOW, "the server stops: ask again");
        }
    }

    private void add(Session session, Erasure done) {
        byte[] rows = JsonBody.of(json -> {
            json.writeStartObject();
            for (var each : done.rows.entrySet()) {
                json.writeNumberField(each.getKey(), each.getValue());
            }
            json.writeEndObject();
        });
        session.change(
                "INSERT INTO operational.erasures (tenant, id, at, erased_by, reason, names, effects, messages, rows)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)",
                tenant,
                done.id,
                Instant.ofEpochMilli(done.atMillis),
                done.by,
                done.reason,
                done.erased.names(),
                done.erased.effects(),
                done.erased.messages(),
                new String(rows, StandardCharsets.UTF_8));
    }

    /** The newest first, the latest of them. */
    public List<Erasure> newest() {
        return database.in(
                tenant,
                session -> session.list(
                        "SELECT e.*, (SELECT coalesce(array_agg(r.key ORDER BY r.key), '{}') FROM jsonb_each_text(e.rows) r) AS tables,"
                                + " (SELECT coalesce(array_agg(r.value ORDER BY r.key), '{}') FROM jsonb_each_text(e.rows) r) AS numbers"
                                + " FROM operational.erasures e ORDER BY at DESC, id LIMIT " + LISTED,
                        Erasures::read));
    }

    private static Erasure read(Row row) throws SQLException {
        SortedMap<String, Long> rows = new TreeMap<>();
        List<String> tables = row.texts("tables");
        List<String> numbers = row.texts("numbers");
        for (int i = 0; i < tables.size(); i++) {
            rows.put(tables.get(i), Long.parseLong(numbers.get(i)));
        }
        return new Erasure(
                row.text("id"),
                row.millis("at"),
                row.text("erased_by"),
                row.text("reason"),
                new Erased((int) row.whole("names"), row.whole("effects"), row.whole("messages")),
                rows);
    }
}
