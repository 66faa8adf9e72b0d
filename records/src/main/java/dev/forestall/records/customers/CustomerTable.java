package dev.forestall.records.customers;

import dev.forestall.loop.Effect;
import dev.forestall.records.database.Session;
import dev.forestall.records.effects.Changes;
import dev.forestall.records.effects.Projected;
import dev.forestall.records.effects.Seen;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One row per customer on whom anything was ever said, under the name at the time. For one thread. */
public final class CustomerTable implements Projected {

    /** What a batch says about one customer. */
    private static final class Gathered {
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        long position;
        long effects;

        @Nullable
        String group;
    }

    private final SortedMap<String, Gathered> gathered = new TreeMap<>();

    private final Changes customers = new Changes("""
            INSERT INTO projection.customers AS known (tenant, customer, first_at, last_at, position, effects, treatment_group)
            VALUES (current_setting('forestall.tenant'), ?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenant, customer) DO UPDATE SET
              first_at = least(known.first_at, excluded.first_at),
              last_at = greatest(known.last_at, excluded.last_at),
              position = greatest(known.position, excluded.position),
              effects = known.effects + excluded.effects,
              treatment_group = coalesce(excluded.treatment_group, known.treatment_group)""");

    @Override
    public void take(Seen seen) {
        if (!seen.subject().isCustomer()) {
            return;
        }
        Gathered customer = gathered.computeIfAbsent(seen.subject().key(), key -> new Gathered());
        Instant at = seen.at();
        customer.first = at.isBefore(customer.first) ? at : customer.first;
        customer.last = at.isAfter(customer.last) ? at : customer.last;
        customer.position = Math.max(customer.position, seen.position());
        customer.effects++;
        // Of a crossover the assignment that stands is another identifier's, and stands already.
        if (seen.effect() instanceof Effect.Assigned assigned
                && !assigned.assignment().isCrossover()) {
            customer.group = assigned.assignment().isControl() ? "control" : "treatment";
        }
    }

    @Override
    public void write(Session session) {
        gathered.forEach((key, customer) ->
                customers.add(key, customer.first, customer.last, customer.position, customer.effects, customer.group));
        customers.write(session);
        gathered.clear();
    }

    @Override
    public void forget() {
        gathered.clear();
        customers.forget();
    }
}
