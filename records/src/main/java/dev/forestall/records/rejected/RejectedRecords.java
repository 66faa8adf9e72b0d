package dev.forestall.records.rejected;

import dev.forestall.loop.event.Rejected;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Row;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.Page;
import dev.forestall.records.effects.Seen;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what arrived and could not be used, so that people can look at it and have it replayed. A sender that goes wrong does so a million times:
 * of each kind, which is a source and a code, all are counted, the first ones are kept, of the others every one whose number is a power of two,
 * and the latest. For any thread.
 */
public final class RejectedRecords {

    private final Database database;
    private final int quota;

    /** @param quota how many of a kind are kept whole */
    public RejectedRecords(Database database, int quota) {
        this.database = database;
        this.quota = quota;
    }

    /**
     * A record that arrived.
     *
     * @param source who sent it
     * @param event which event it was meant to be; empty when that cannot be told
     * @param raw as it arrived
     * @param atMillis when, by our clock
     */
    public record Arrived(String source, String event, Rejected rejected, String raw, long atMillis) {}

    /**
     * All of a kind.
     *
     * @param seen how many arrived
     * @param kept how many of them can be looked at
     */
    public record Kind(String source, String code, long seen, long kept, long firstMillis, long lastMillis) {

        public boolean isSampled() {
            return kept < seen;
        }
    }

    /** One that is kept. @param number among its kind, from 1 @param replayedMillis when it was given to the engine again */
    public record Kept(
            long ordinal,
            String source,
            String code,
            long number,
            String event,
            String field,
            String detail,
            long atMillis,
            String raw,
            OptionalLong replayedMillis) {}

    private record Name(String source, String code) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int bySource = source.compareTo(other.source);
            return bySource != 0 ? bySource : code.compareTo(other.code);
        }
    }

    /** Takes what arrived, in the order of its arrival. */
    public void add(Tenant tenant, List<Arrived> arrived) {
        SequencedMap<Name, List<Arrived>> byKind = new TreeMap<>();
        arrived.forEach(each -> byKind.computeIfAbsent(
                        new Name(each.source(), each.rejected().code().code()), kind -> new ArrayList<>())
                .add(each));
        database.doIn(tenant, session -> byKind.forEach((kind, all) -> add(session, kind, all)));
    }

    private void add(Session session, Name kind, List<Arrived> all) {
        long seen = session.number(
                """
                INSERT INTO operational.rejected_counts AS known (tenant, source, code, seen, kept, first_at, last_at)
                VALUES (?, ?, ?, ?, 0, ?, ?)
                ON CONFLICT (tenant, source, code) DO UPDATE SET
                  seen = known.seen + excluded.seen, last_at = greatest(known.last_at, excluded.last_at)
                RETURNING seen""",
                session.tenant(),
                kind.source(),
                kind.code(),
                all.size(),
                Seen.at(all.getFirst().atMillis()),
                Seen.at(all.getLast().atMillis()));
        session.change(
                "DELETE FROM operational.rejected WHERE source = ? AND code = ? AND is_latest",
                kind.source(),
                kind.code());
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            long number = seen - all.size() + i + 1;
            boolean isKept = number <= quota || Long.bitCount(number) == 1;
            if (isKept || i == all.size() - 1) {
                rows.add(row(session, kind, all.get(i), number, !isKept));
            }
        }
        session.changeAll("""
                INSERT INTO operational.rejected (tenant, source, code, number, is_latest, event, field, detail, at, raw)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", rows);
        session.change("""
                UPDATE operational.rejected_counts SET kept =
                  (SELECT count(*) FROM operational.rejected r WHERE r.source = rejected_counts.source AND r.code = rejected_counts.code)
                WHERE source = ? AND code = ?""", kind.source(), kind.code());
    }

    private static @Nullable Object[] row(Session session, Name kind, Arrived each, long number, boolean isLatest) {
        return new @Nullable Object[] {
            session.tenant(),
            kind.source(),
            kind.code(),
            number,
            isLatest,
            each.event(),
            each.rejected().field(),
            each.rejected().detail(),
            Seen.at(each.atMillis()),
            each.raw()
        };
    }

    /** Every kind that ever arrived, the latest first. */
    public List<Kind> kinds(Tenant tenant) {
        return database.in(
                tenant,
                session -> session.list(
                        "SELECT * FROM operational.rejected_counts ORDER BY last_at DESC, source, code",
                        RejectedRecords::kind));
    }

    /**
     * Those of a kind that are kept, the latest first.
     *
     * @param after the cursor of an earlier page
     */
    public Page<Kept> kept(Tenant tenant, String source, String code, Optional<String> after, int limit) {
        long before = after.map(Long::parseLong).orElse(Long.MAX_VALUE);
        return database.in(
                tenant,
                session -> Page.of(
                        session.list("""
                                SELECT * FROM operational.rejected WHERE source = ? AND code = ? AND ordinal < ?
                                ORDER BY ordinal DESC LIMIT ?""", RejectedRecords::kept, source, code, before, limit + 1),
                        limit,
                        kept -> Long.toString(kept.ordinal())));
    }

    /** One that is kept. @param id its ordinal, as a text */
    public Optional<Kept> find(Tenant tenant, String id) {
        return id.matches("[0-9]{1,18}")
                ? database.in(
                        tenant,
                        session -> session.first(
                                "SELECT * FROM operational.rejected WHERE ordinal = ?",
                                RejectedRecords::kept,
                                Long.parseLong(id)))
                : Optional.empty();
    }

    /**
     * Deletes what was sent with one of some words in it; counts stay.
     *
     * @param values by which somebody is known
     * @return how many records that were
     */
    public int forget(Tenant tenant, Collection<String> values) {
        return database.in(tenant, session -> {
            int deleted = 0;
            for (String value : values) {
                // A word or number of its own: what is written before it has a meaning is not meant to have one.
                String word = value.replaceAll("([^\\p{L}\\p{N}])", "\\\\$1");
                String pattern = "(^|[^[:alnum:]])" + word + "($|[^[:alnum:]])";
                deleted += session.change(
                        "DELETE FROM operational.rejected WHERE raw ~ ? OR detail ~ ?", pattern, pattern);
            }
            return deleted;
        });
    }

    /** Notes that records were given to the engine again. @param ordinals of those that are kept */
    public void replayed(Tenant tenant, List<Long> ordinals, long nowMillis) {
        database.doIn(
                tenant,
                session -> session.changeAll(
                        "UPDATE operational.rejected SET replayed_at = ? WHERE ordinal = ?",
                        ordinals.stream()
                                .map(ordinal -> new @Nullable Object[] {Seen.at(nowMillis), ordinal})
                                .toList()));
    }

    private static Kind kind(Row row) throws SQLException {
        return new Kind(
                row.text("source"),
                row.text("code"),
                row.whole("seen"),
                row.whole("kept"),
                row.millis("first_at"),
                row.millis("last_at"));
    }

    private static Kept kept(Row row) throws SQLException {
        return new Kept(
                row.whole("ordinal"),
                row.text("source"),
                row.text("code"),
                row.whole("number"),
                row.text("event"),
                row.text("field"),
                row.text("detail"),
                row.millis("at"),
                row.text("raw"),
                row.optionalMillis("replayed_at"));
    }
}
