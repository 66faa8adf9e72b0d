package dev.forestall.records.projection;

import dev.forestall.records.database.Database;
import dev.forestall.records.database.Row;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import java.sql.SQLException;
import java.util.List;

/** Counts what stands now. For any thread. */
public final class Counts {

    private final Database database;

    public Counts(Database database) {
        this.database = database;
    }

    /** How many there are of a name. @param customers how many subjects it is about */
    public record Count(String name, long number, long customers) {}

    /**
     * How things stand.
     *
     * @param customers of whom anything was ever said
     * @param signals active ones, by name, the most frequent first
     * @param risks levels that are exceeded, by prediction
     * @param alerts open ones, by name
     * @param requests by where they stand
     */
    public record Now(
            long customers, List<Count> signals, List<Count> risks, List<Count> alerts, List<Count> requests) {

        public Now {
            signals = List.copyOf(signals);
            risks = List.copyOf(risks);
            alerts = List.copyOf(alerts);
            requests = List.copyOf(requests);
        }

        /** How many requests can still be sent. */
        public long openRequests() {
            return requests.stream()
                    .filter(count -> OPEN.contains(count.name()))
                    .mapToLong(Count::number)
                    .sum();
        }

        private static final List<String> OPEN =
                List.of("requested", "held", "due", "deferred", "permitted", "sending");
    }

    public Now now(Tenant tenant) {
        return database.in(
                tenant,
                session -> new Now(
                        session.number("SELECT count(*) FROM projection.customers"),
                        counted(session, "name", "subject", "projection.signals WHERE state = 'active'"),
                        counted(session, "prediction", "subject", "projection.risks WHERE is_high"),
                        counted(session, "name", "subject", "projection.alerts WHERE state <> 'resolved'"),
                        counted(
                                session,
                                "coalesce(o.state, r.stage)",
                                "r.customer",
                                "projection.requests r LEFT JOIN operational.outbox o ON o.request = r.id")));
    }

    private static List<Count> counted(Session session, String name, String subject, String from) {
        return session.list(
                "SELECT " + name + " AS name, count(*) AS number, count(DISTINCT " + subject + ") AS customers FROM "
                        + from + " GROUP BY 1 ORDER BY number DESC, name",
                Counts::count);
    }

    private static Count count(Row row) throws SQLException {
        return new Count(row.text("name"), row.whole("number"), row.whole("customers"));
    }
}
