package dev.forestall.records.value;

import dev.forestall.records.database.Database;
import dev.forestall.records.database.Row;
import dev.forestall.records.database.Tenant;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks the ledger up. Money is in minor units. For any thread. */
public final class Values {

    private final Database database;

    public Values(Database database) {
        this.database = database;
    }

    /**
     * One line of the ledger, as {@code dev.forestall.value.LedgerLine} says it.
     *
     * @param id of the decision, or of a request that nobody decided
     * @param payment {@code no}, {@code perhaps}, {@code yes}
     */
    public record Line(
            String id,
            String policy,
            String customer,
            long atMillis,
            Optional<String> treatmentGroup,
            String action,
            Optional<String> request,
            OptionalLong atRiskMinor,
            OptionalLong costMinor,
            Optional<String> currency,
            String payment,
            Optional<String> outcome,
            boolean success) {}

    /**
     * The sums of one arm of a policy, as assigned.
     *
     * @param observed of how many decisions it is known what came of them
     * @param keptMinor what was at stake in those that turned out well
     */
    public record Arm(
            String policy,
            String treatmentGroup,
            String currency,
            long decisions,
            long sent,
            long spentMinor,
            long observed,
            long successes,
            long keptMinor) {}

    public Optional<Line> line(Tenant tenant, String id) {
        return database.in(
                tenant, session -> session.first("SELECT * FROM projection.ledger WHERE id = ?", Values::line, id));
    }

    /** Of a customer under any of their names, the latest first. */
    public List<Line> of(Tenant tenant, List<String> names, int limit) {
        return database.in(tenant, session -> session.list("""
                        SELECT * FROM projection.ledger WHERE customer_kind = 'customer' AND customer = ANY (?)
                        ORDER BY at DESC, id LIMIT ?""", Values::line, names, limit));
    }

    /** By policy, arm and currency. */
    public List<Arm> arms(Tenant tenant) {
        return database.in(tenant, session -> session.list("""
                        SELECT policy, coalesce(treatment_group, '') AS treatment_group, coalesce(currency, '') AS currency,
                          count(*) AS decisions, count(*) FILTER (WHERE payment <> 'no') AS sent,
                          coalesce(sum(cost_minor) FILTER (WHERE payment <> 'no'), 0) AS spent_minor,
                          count(outcome) AS observed, count(*) FILTER (WHERE success) AS successes,
                          coalesce(sum(at_risk_minor) FILTER (WHERE success), 0) AS kept_minor
                        FROM projection.ledger GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""", Values::arm));
    }

    private static Line line(Row row) throws SQLException {
        return new Line(
                row.text("id"),
                row.text("policy"),
                row.text("customer"),
                row.millis("at"),
                row.optionalText("treatment_group"),
                row.text("action"),
                row.optionalText("request"),
                row.optionalWhole("at_risk_minor"),
                row.optionalWhole("cost_minor"),
                row.optionalText("currency"),
                row.text("payment"),
                row.optionalText("outcome"),
                row.flag("success"));
    }

    private static Arm arm(Row row) throws SQLException {
        return new Arm(
                row.text("policy"),
                row.text("treatment_group"),
                row.text("currency"),
                row.whole("decisions"),
                row.whole("sent"),
                row.whole("spent_minor"),
                row.whole("observed"),
                row.whole("successes"),
                row.whole("kept_minor"));
    }
}
