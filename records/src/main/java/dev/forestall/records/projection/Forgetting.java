package dev.forestall.records.projection;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.inbox.Inbox;
import java.util.ArrayList;
import java.util.List;

/**
 * Forgets somebody: deletes every row about them, in all three schemas. What the engine holds it erases by itself, before: else the projection
 * would bring the rows back. For any thread.
 */
public final class Forgetting {

    private final Database database;

    public Forgetting(Database database) {
        this.database = database;
    }

    /** What was deleted. @param table with its schema @param rows how many */
    public record Deleted(String table, int rows) {}

    /**
     * Deletes all rows about a subject.
     *
     * @param names all under which it was ever known, of one kind
     * @return every table that can hold such rows, with how many there were
     */
    public List<Deleted> forget(Tenant tenant, List<SubjectId> names) {
        String kind = names.getFirst().kind();
        List<String> keys = names.stream().map(SubjectId::key).toList();
        return database.in(tenant, session -> {
            List<Deleted> deleted = new ArrayList<>();
            deleted.add(ofRequests(session, "projection.request_steps", "projection.requests", "id", kind, keys));
            deleted.add(ofRequests(session, "operational.attempts", "operational.outbox", "request", kind, keys));
            for (String table : tables(session, "subject")) {
                deleted.add(of(session, table, "subject_kind = ? AND subject = ANY (?)", kind, keys));
            }
            for (String table : tables(session, "customer")) {
                deleted.add(of(session, table, "customer_kind = ? AND customer = ANY (?)", kind, keys));
            }
            if (kind.equals(SubjectId.CUSTOMER)) {
                deleted.add(new Deleted(
                        "projection.customers",
                        session.change("DELETE FROM projection.customers WHERE customer = ANY (?)", keys)));
            }
            deleted.add(new Deleted("inbox.reports", Inbox.forget(session, names)));
            return deleted;
        });
    }

    private static Deleted ofRequests(
            Session session, String table, String requests, String id, String kind, List<String> keys) {
        return of(
                session,
                table,
                "request IN (SELECT " + id + " FROM " + requests + " WHERE customer_kind = ? AND customer = ANY (?))",
                kind,
                keys);
    }

    private static Deleted of(Session session, String table, String where, String kind, List<String> keys) {
        return new Deleted(table, session.change("DELETE FROM " + table + " WHERE " + where, kind, keys));
    }

    /** All there are that name somebody by kind and key, so that none that is added later is forgotten. */
    private static List<String> tables(Session session, String column) {
        return session.list("""
                SELECT format('%I.%I', n.nspname, c.relname) AS name
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  JOIN pg_attribute k ON k.attrelid = c.oid AND k.attname = ?
                  JOIN pg_attribute v ON v.attrelid = c.oid AND v.attname = ?
                WHERE n.nspname IN ('projection', 'operational', 'inbox') AND c.relkind = 'r' ORDER BY 1""", row -> row.text("name"), column + "_kind", column);
    }
}
