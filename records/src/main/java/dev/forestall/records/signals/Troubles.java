package dev.forestall.records.signals;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.records.database.Row;
import dev.forestall.records.database.Session;
import java.sql.SQLException;
import java.util.List;

/** Looks up what holds now. Within a transaction of others. */
public final class Troubles {

    private Troubles() {}

    /** The signals that are active on a subject, under any of its names, the latest first. */
    public static List<ActiveSignal> signalsOf(Session session, String kind, List<String> names) {
        return session.list("""
                SELECT * FROM projection.signals WHERE subject_kind = ? AND subject = ANY (?) AND state = 'active'
                ORDER BY raised_at DESC, id""", Troubles::signal, kind, names);
    }

    /** The levels of risks that are exceeded on a subject, under any of its names, the highest first. */
    public static List<HighRisk> risksOf(Session session, String kind, List<String> names) {
        return session.list("""
                SELECT * FROM projection.risks WHERE subject_kind = ? AND subject = ANY (?) AND is_high
                ORDER BY level DESC, prediction, subject""", Troubles::risk, kind, names);
    }

    private static ActiveSignal signal(Row row) throws SQLException {
        return new ActiveSignal(
                row.text("id"),
                row.text("name"),
                new SubjectId(row.text("subject_kind"), row.text("subject")),
                row.text("journey_key"),
                row.millis("raised_at"));
    }

    private static HighRisk risk(Row row) throws SQLException {
        return new HighRisk(
                row.text("prediction"),
                new SubjectId(row.text("subject_kind"), row.text("subject")),
                row.number("level"),
                row.number("probability"),
                row.millis("at"),
                row.text("effect"));
    }
}
