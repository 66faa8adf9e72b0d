package dev.forestall.records.inbox;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.ReportCodec;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import dev.forestall.records.database.Session;
import java.time.Instant;
import java.util.List;

/**
 * Keeps reports until the engine's log has them, so that nothing that a person or a channel did is lost between the two stores. Within a
 * transaction of others: what was done and that it is reported are written together, or not at all.
 */
public final class Inbox {

    private Inbox() {}

    /** A report that waits. @param ordinal its place in the order in which they came */
    record Waiting(long ordinal, Report report, long receivedMillis) {}

    /**
     * Takes a report.
     *
     * @param report with an id; the same id from the same reporter is the same report, and is kept once
     * @param nowMillis when it was received, by our clock
     * @return false when it was known already
     */
    public static boolean add(Session session, Report report, long nowMillis) {
        if (report.head().id().isEmpty()) {
            throw new IllegalArgumentException("a report without an id would be taken twice: " + report);
        }
        Writer bytes = new Writer();
        ReportCodec.write(report, bytes);
        return session.change(
                        """
                        INSERT INTO inbox.reports (tenant, reporter, id, kind, body, received_at) VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (tenant, reporter, id) DO NOTHING""",
                        session.tenant(),
                        report.head().by(),
                        report.head().id(),
                        report.kind(),
                        bytes.toBytes(),
                        Instant.ofEpochMilli(nowMillis))
                == 1;
    }

    /** Those that wait, in the order in which they came. */
    static List<Waiting> waiting(Session session, int limit) {
        return session.list(
                "SELECT ordinal, body, received_at FROM inbox.reports WHERE relayed_at IS NULL ORDER BY ordinal LIMIT ?",
                row -> new Waiting(
                        row.whole("ordinal"),
                        ReportCodec.read(new Reader(row.bytes("body"))),
                        row.millis("received_at")),
                limit);
    }

    /** How many wait. */
    public static long count(Session session) {
        return session.number("SELECT count(*) FROM inbox.reports WHERE relayed_at IS NULL");
    }

    static void relayed(Session session, List<Waiting> reports, String position, long nowMillis) {
        session.changeAll(
                "UPDATE inbox.reports SET relayed_at = ?, position = ? WHERE ordinal = ?",
                reports.stream()
                        .map(each -> new Object[] {Instant.ofEpochMilli(nowMillis), position, each.ordinal()})
                        .toList());
    }

    /**
     * Forgets reports that the log has had for so long that no sender repeats them.
     *
     * @return how many
     */
    public static int forget(Session session, long relayedBeforeMillis) {
        return session.change(
                "DELETE FROM inbox.reports WHERE relayed_at < ?", Instant.ofEpochMilli(relayedBeforeMillis));
    }

    /**
     * Forgets all reports about somebody, those that wait too.
     *
     * @param names all under which they were ever known
     * @return how many
     */
    public static int forget(Session session, List<SubjectId> names) {
        List<Long> about = session
                .list(
                        "SELECT ordinal, body, received_at FROM inbox.reports",
                        row -> new Waiting(
                                row.whole("ordinal"),
                                ReportCodec.read(new Reader(row.bytes("body"))),
                                row.millis("received_at")))
                .stream()
                .filter(each -> names.contains(each.report().subject()))
                .map(Waiting::ordinal)
                .toList();
        about.forEach(ordinal -> session.change("DELETE FROM inbox.reports WHERE ordinal = ?", ordinal));
        return about.size();
    }
}
