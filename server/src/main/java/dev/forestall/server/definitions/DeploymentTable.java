package dev.forestall.server.definitions;

import dev.forestall.records.database.Row;
import dev.forestall.records.database.Session;
import dev.forestall.records.effects.Page;
import dev.forestall.server.definitions.Deployment.State;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Deployments as they are kept. */
final class DeploymentTable {

    private static final String ALL = "SELECT * FROM operational.definitions ";

    private DeploymentTable() {}

    /** What is asked for. @param isRollback whether what it replaces is given up, or only followed */
    record Asked(
            String id,
            String definition,
            String by,
            String because,
            long atMillis,
            String replaced,
            boolean isRollback) {}

    static long begin(Session session, Asked asked) {
        return session.number(
                """
                INSERT INTO operational.definitions
                  (tenant, id, definition, state, deployed_by, reason, at, replaced, is_rollback)
                VALUES (?, ?, ?, 'begun', ?, ?, ?, ?, ?) RETURNING ordinal""",
                session.tenant(),
                asked.id(),
                asked.definition(),
                asked.by(),
                asked.because(),
                Instant.ofEpochMilli(asked.atMillis()),
                asked.replaced(),
                asked.isRollback());
    }

    /** It is in force: whatever was before is so no more. */
    static void complete(Session session, long ordinal, String position, int program, String knownSince) {
        session.change("""
                UPDATE operational.definitions SET state = CASE WHEN
                  (SELECT is_rollback FROM operational.definitions WHERE ordinal = ?) THEN 'rolled_back' ELSE 'superseded' END
                WHERE state = 'live'""", ordinal);
        session.change(
                "UPDATE operational.definitions SET state = 'live', position = ?, program = ?, known_since = ?::jsonb"
                        + " WHERE ordinal = ?",
                position,
                program,
                knownSince,
                ordinal);
    }

    static void fail(Session session, long ordinal, String detail) {
        session.change(
                "UPDATE operational.definitions SET state = 'failed', detail = ? WHERE ordinal = ?", detail, ordinal);
    }

    static List<Deployment> begun(Session session) {
        return session.list(ALL + "WHERE state = 'begun' ORDER BY ordinal DESC", DeploymentTable::read);
    }

    static Optional<Deployment> live(Session session) {
        return session.first(ALL + "WHERE state = 'live' ORDER BY ordinal DESC LIMIT 1", DeploymentTable::read);
    }

    /** The latest that was in force before and was not given up. @param id of the pack that is in force */
    static Optional<Deployment> before(Session session, String id) {
        return session.first(
                ALL + "WHERE state = 'superseded' AND id <> ? ORDER BY ordinal DESC LIMIT 1",
                DeploymentTable::read,
                id);
    }

    static Optional<Deployment> at(Session session, long ordinal) {
        return session.first(ALL + "WHERE ordinal = ?", DeploymentTable::read, ordinal);
    }

    static Page<Deployment> newest(Session session, long before, int limit) {
        return Page.of(
                session.list(
                        ALL + "WHERE ordinal < ? ORDER BY ordinal DESC LIMIT ?",
                        DeploymentTable::read,
                        before,
                        limit + 1),
                limit,
                each -> Long.toString(each.ordinal()));
    }

    /** Of all packs that somebody has deployed. */
    static Set<String> ids(Session session) {
        return new HashSet<>(session.list("SELECT DISTINCT id FROM operational.definitions", row -> row.text("id")));
    }

    private static Deployment read(Row row) throws SQLException {
        return new Deployment(
                row.whole("ordinal"),
                row.text("id"),
                row.text("definition"),
                State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                row.text("deployed_by"),
                row.text("reason"),
                row.millis("at"),
                row.text("replaced"),
                row.text("position"),
                row.count("program"),
                row.text("known_since"),
                row.text("detail"));
    }
}
