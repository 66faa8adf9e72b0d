package dev.forestall.records.customers;

import dev.forestall.records.alerts.Alerts;
import dev.forestall.records.alerts.OpenAlert;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Row;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.Page;
import dev.forestall.records.signals.ActiveSignal;
import dev.forestall.records.signals.HighRisk;
import dev.forestall.records.signals.Troubles;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Looks customers up. Names are those that effects bear; who knows other names of a customer, such as the engine, asks for all of them. For
 * any thread.
 */
public final class Customers {

    private final Database database;

    public Customers(Database database) {
        this.database = database;
    }

    /**
     * A customer in a list.
     *
     * @param firstMillis the earliest event time of anything that was said of them
     * @param effects how much was said
     * @param treatmentGroup {@code control} or {@code treatment} of all policies; empty when they were not drawn
     * @param signals how many are active
     */
    public record Line(
            String customer,
            long firstMillis,
            long lastMillis,
            long effects,
            Optional<String> treatmentGroup,
            long signals,
            String cursor) {}

    /** How a customer stands. */
    public record Profile(List<Line> names, List<ActiveSignal> signals, List<HighRisk> risks, List<OpenAlert> alerts) {

        public Profile {
            names = List.copyOf(names);
            signals = List.copyOf(signals);
            risks = List.copyOf(risks);
            alerts = List.copyOf(alerts);
        }
    }

    private static final String LINES = """
            SELECT customer, first_at, last_at, effects, treatment_group, position,
              (SELECT count(*) FROM projection.signals s
               WHERE s.subject_kind = 'customer' AND s.subject = c.customer AND s.state = 'active') AS signals
            FROM projection.customers c
            """;

    private static final int RADIX = 36;

    /**
     * Those of whom something was said last, first.
     *
     * @param after the cursor of an earlier page
     */
    public Page<Line> newest(Tenant tenant, Optional<String> after, int limit) {
        long position = Long.MAX_VALUE;
        String customer = "";
        if (after.isPresent()) {
            int dot = after.get().indexOf('.');
            if (dot < 0) {
                throw new IllegalArgumentException("'" + after.get() + "' is no cursor of this list");
            }
            position = Long.parseLong(after.get().substring(0, dot), RADIX);
            customer = after.get().substring(dot + 1);
        }
        long before = position;
        String behind = customer;
        return database.in(
                tenant,
                session -> Page.of(
                        session.list(LINES + """
                                        WHERE position < ? OR position = ? AND customer > ?
                                        ORDER BY position DESC, customer LIMIT ?""", Customers::line, before, before, behind, limit + 1),
                        limit,
                        Line::cursor));
    }

    /** Those whose name begins so, in the order of the names. */
    public List<Line> search(Tenant tenant, String beginning, int limit) {
        return database.in(
                tenant,
                session -> session.list(
                        LINES + "WHERE customer LIKE ? ESCAPE '\\' ORDER BY customer LIMIT ?",
                        Customers::line,
                        literally(beginning) + "%",
                        limit));
    }

    private static String literally(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /**
     * How a customer stands.
     *
     * @param names all under which they were ever known
     * @return empty when nothing was ever said of them
     */
    public Optional<Profile> profile(Tenant tenant, List<String> names) {
        return database.in(tenant, session -> profile(session, names));
    }

    private static Optional<Profile> profile(Session session, List<String> names) {
        List<Line> lines =
                session.list(LINES + "WHERE customer = ANY (?) ORDER BY position DESC", Customers::line, names);
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Profile(
                        lines,
                        Troubles.signalsOf(session, "customer", names),
                        Troubles.risksOf(session, "customer", names),
                        Alerts.openOf(session, "customer", names)));
    }

    private static Line line(Row row) throws SQLException {
        String customer = row.text("customer");
        return new Line(
                customer,
                row.millis("first_at"),
                row.millis("last_at"),
                row.whole("effects"),
                row.optionalText("treatment_group"),
                row.whole("signals"),
                Long.toString(row.whole("position"), RADIX) + "." + customer);
    }
}
