package dev.forestall.records.projection;

import dev.forestall.loop.host.EffectOffset;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.Subscription;
import dev.forestall.loop.host.SubscriptionStart;
import dev.forestall.loop.host.SubscriptionState;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the tables of the schema {@code projection} up with the effects of one tenant's engine. How far they are is written with the rows in
 * one transaction, so each effect is in them exactly once, whatever fails in between. For any thread.
 */
public final class Projection implements AutoCloseable {

    /** The name under which it reads effects. */
    public static final String NAME = "projection";

    private final Engine engine;
    private final Database database;
    private final Tenant tenant;
    private Subscription subscription;

    private Projection(Engine engine, Database database, Tenant tenant) {
        this.engine = engine;
        this.database = database;
        this.tenant = tenant;
        this.subscription = attach();
    }

    /** Begins to follow: behind what the tables hold already. */
    public static Projection follow(Engine engine, Database database, Tenant tenant) {
        return new Projection(engine, database, tenant);
    }

    private Subscription attach() {
        EffectOffset stored = database.in(tenant, session -> stored(session).orElse(EffectOffset.BEGINNING));
        return engine.subscribe(
                NAME,
                new SubscriptionStart.At(stored),
                new ProjectionWriter(engine, database, tenant, stored),
                Retries.defaults());
    }

    static Optional<EffectOffset> stored(Session session) {
        return session.first(
                "SELECT next FROM projection.positions WHERE name = ? FOR UPDATE",
                row -> EffectOffset.parse(row.text("next")),
                NAME);
    }

    static void store(Session session, EffectOffset next) {
        session.change("""
                INSERT INTO projection.positions VALUES (current_setting('forestall.tenant'), ?, ?)
                ON CONFLICT (tenant, name) DO UPDATE SET next = excluded.next""", NAME, next.toString());
    }

    /**
     * Empties the tables of this tenant and fills them again from the effects that are kept. Everything else runs on; who looks things up
     * meanwhile sees them grow. Answers at once.
     */
    public synchronized void rebuild() {
        subscription.close();
        database.doIn(tenant, session -> {
            // A batch that is being written has this row: it ends first, and none begins.
            stored(session);
            tables(session).forEach(table -> session.change("DELETE FROM projection." + table));
            store(session, EffectOffset.BEGINNING);
        });
        subscription = attach();
    }

    /** All there are, so that none that is added later is forgotten. */
    private static List<String> tables(Session session) {
        return session.list("""
                SELECT quote_ident(c.relname) AS name
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant'
                WHERE c.relnamespace = 'projection'::regnamespace AND c.relkind = 'r' ORDER BY c.relname""", row -> row.text("name"));
    }

    /** Answers when everything that is committed by now is in the tables. */
    public synchronized CompletionStage<Void> caughtUp() {
        return subscription.caughtUp();
    }

    /** How it stands: whether it keeps up, and what it failed with. */
    public synchronized SubscriptionState state() {
        return subscription.state();
    }

    @Override
    public synchronized void close() {
        subscription.close();
    }
}
