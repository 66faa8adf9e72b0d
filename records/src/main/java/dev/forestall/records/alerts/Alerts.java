package dev.forestall.records.alerts;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Row;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import java.sql.SQLException;
import java.util.List;

/** Looks alerts up. For any thread. */
public final class Alerts {

    private final Database database;

    public Alerts(Database database) {
        this.database = database;
    }

    /** Those that are open, the latest first. */
    public List<OpenAlert> open(Tenant tenant, int limit) {
        return database.in(
                tenant,
                session -> session.list(
                        "SELECT * FROM projection.alerts WHERE state <> 'resolved' ORDER BY raised_at DESC, id LIMIT ?",
                        Alerts::alert,
                        limit));
    }

    /** Those open on a subject, under any of its names, the latest first. */
    public static List<OpenAlert> openOf(Session session, String kind, List<String> names) {
        return session.list("""
                SELECT * FROM projection.alerts WHERE subject_kind = ? AND subject = ANY (?) AND state <> 'resolved'
                ORDER BY raised_at DESC, id""", Alerts::alert, kind, names);
    }

    private static OpenAlert alert(Row row) throws SQLException {
        return new OpenAlert(
                row.text("id"),
                row.text("name"),
                row.text("owner"),
                new SubjectId(row.text("subject_kind"), row.text("subject")),
                row.text("journey_key"),
                row.text("state"),
                row.count("triggers"),
                row.millis("raised_at"),
                row.millis("changed_at"));
    }
}
