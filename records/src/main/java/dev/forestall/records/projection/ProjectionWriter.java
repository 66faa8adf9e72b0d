package dev.forestall.records.projection;

import dev.forestall.loop.Effect;
import dev.forestall.loop.host.EffectBatch;
import dev.forestall.loop.host.EffectConsumer;
import dev.forestall.loop.host.EffectOffset;
import dev.forestall.loop.host.Engine;
import dev.forestall.records.alerts.AlertTable;
import dev.forestall.records.customers.CustomerTable;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.decisions.DecisionTable;
import dev.forestall.records.effects.EffectTable;
import dev.forestall.records.effects.Projected;
import dev.forestall.records.effects.Seen;
import dev.forestall.records.outcomes.OutcomeTable;
import dev.forestall.records.requests.RequestTable;
import dev.forestall.records.signals.RiskTable;
import dev.forestall.records.signals.SignalTable;
import dev.forestall.records.value.LedgerTable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** Writes batches of effects into the tables. For one thread. */
final class ProjectionWriter implements EffectConsumer {

    private final Engine engine;
    private final Database database;
    private final Tenant tenant;
    private final List<Projected> tables = List.of(
            new EffectTable(),
            new CustomerTable(),
            new SignalTable(),
            new RiskTable(),
            new AlertTable(),
            new DecisionTable(),
            new RequestTable(),
            new OutcomeTable(),
            new LedgerTable());

    /** Up to where the tables are, as far as this writer knows. */
    private EffectOffset written;

    ProjectionWriter(Engine engine, Database database, Tenant tenant, EffectOffset written) {
        this.engine = engine;
        this.database = database;
        this.tenant = tenant;
        this.written = written;
    }

    @Override
    public void accept(EffectBatch batch) throws InterruptedException, ExecutionException {
        List<Seen> seen = seen(batch.effects());
        try {
            database.doIn(tenant, session -> write(session, seen, batch.next()));
        } catch (RuntimeException failed) {
            tables.forEach(Projected::forget);
            throw failed;
        }
        written = batch.next();
    }

    /** Each with the definition that answered: the one in force then, not the one in force now. */
    private List<Seen> seen(List<Effect> effects) throws InterruptedException, ExecutionException {
        return engine.look(history -> {
                    Map<Long, String> definitions = new TreeMap<>();
                    return effects.stream()
                            .filter(EffectTable::isKept)
                            .map(effect -> new Seen(
                                    effect,
                                    definitions.computeIfAbsent(
                                            effect.id().position(),
                                            position ->
                                                    history.inForce(position).definition()),
                                    engine.names()))
                            .toList();
                })
                .toCompletableFuture()
                .get();
    }

    private void write(Session session, List<Seen> seen, EffectOffset next) {
        EffectOffset stored = Projection.stored(session).orElse(EffectOffset.BEGINNING);
        if (stored.compareTo(next) >= 0) {
            return;
        }
        // A transaction may have been committed although its end was not heard of. Then a batch that is cut elsewhere
        // comes again.
        Set<String> known = stored.equals(written) ? Set.of() : known(session, seen);
        for (Seen each : seen) {
            if (!known.contains(each.id())) {
                tables.forEach(table -> table.take(each));
            }
        }
        tables.forEach(table -> table.write(session));
        Projection.store(session, next);
    }

    private static Set<String> known(Session session, List<Seen> seen) {
        return new HashSet<>(session.list(
                "SELECT id FROM projection.effects WHERE id = ANY (?)",
                row -> row.text("id"),
                seen.stream().map(Seen::id).toList()));
    }
}
