package dev.forestall.records.effects;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Tenant;
import java.util.List;
import java.util.Optional;

/** Looks effects up. For any thread. */
public final class Timeline {

    /** A chain that is longer has lost its way. */
    private static final int LONGEST_CHAIN = 100;

    private final Database database;

    public Timeline(Database database) {
        this.database = database;
    }

    /** One effect by its name. */
    public Optional<EffectRow> effect(Tenant tenant, String id) {
        return database.in(
                tenant,
                session -> session.first(
                        "SELECT " + EffectRow.COLUMNS + " FROM projection.effects WHERE id = ?", EffectRow::read, id));
    }

    /**
     * What happened to somebody, the latest first.
     *
     * @param names all under which they were ever known, all of one kind
     * @param after the cursor of an earlier page
     */
    public Page<EffectRow> of(Tenant tenant, List<SubjectId> names, Optional<String> after, int limit) {
        Place place = Place.read(after);
        String kind = names.getFirst().kind();
        List<String> keys = names.stream().map(SubjectId::key).toList();
        return database.in(
                tenant,
                session -> Page.of(
                        session.list(
                                "SELECT " + EffectRow.COLUMNS + """
                                         FROM projection.effects
                                        WHERE subject_kind = ? AND subject = ANY (?) AND (position, index, id) < (?, ?, ?)
                                        ORDER BY position DESC, index DESC, id DESC LIMIT ?""",
                                EffectRow::read,
                                kind,
                                keys,
                                place.position(),
                                place.index(),
                                place.id(),
                                limit + 1),
                        limit,
                        EffectRow::cursor));
    }

    /** What happened to anybody, the latest first. */
    public Page<EffectRow> latest(Tenant tenant, Optional<String> after, int limit) {
        Place place = Place.read(after);
        return database.in(
                tenant,
                session -> Page.of(
                        session.list(
                                "SELECT " + EffectRow.COLUMNS + """
                                         FROM projection.effects WHERE (position, index, id) < (?, ?, ?)
                                        ORDER BY position DESC, index DESC, id DESC LIMIT ?""",
                                EffectRow::read,
                                place.position(),
                                place.index(),
                                place.id(),
                                limit + 1),
                        limit,
                        EffectRow::cursor));
    }

    /**
     * What was said of anybody behind a place, in the order of the record.
     *
     * @param place the cursor of an effect, or {@link #end}
     * @throws IllegalArgumentException when it is none
     */
    public List<EffectRow> since(Tenant tenant, String place, int limit) {
        Place from = Place.read(Optional.of(place));
        return database.in(
                tenant,
                session -> session.list(
                        """
                        SELECT %s
                        FROM projection.effects WHERE (position, index, id) > (?, ?, ?)
                        ORDER BY position, index, id LIMIT ?""".formatted(EffectRow.COLUMNS),
                        EffectRow::read,
                        from.position(),
                        from.index(),
                        from.id(),
                        limit));
    }

    /** The place behind all that was said so far. */
    public String end(Tenant tenant) {
        Page<EffectRow> last = latest(tenant, Optional.empty(), 1);
        return last.rows().isEmpty()
                ? Place.BEGINNING.toString()
                : last.rows().getFirst().cursor();
    }

    /** Which of two places is in front: as {@link java.util.Comparator} says it. */
    public static int compare(String one, String other) {
        return Place.read(Optional.of(one)).compareTo(Place.read(Optional.of(other)));
    }

    /** An effect and all that brought it about, nearest first. */
    public List<EffectRow> chain(Tenant tenant, String id) {
        return database.in(tenant, session -> session.list("""
                        WITH RECURSIVE behind (id, depth) AS (
                          SELECT ?::text, 0
                          UNION
                          SELECT cause, b.depth + 1
                          FROM behind b JOIN projection.effects e ON e.id = b.id CROSS JOIN unnest(e.causes) AS cause
                          WHERE b.depth < ?
                        ), nearest AS (SELECT id, min(depth) AS depth FROM behind GROUP BY id)
                        SELECT e.* FROM nearest n JOIN projection.effects e ON e.id = n.id
                        ORDER BY n.depth, position DESC, index DESC, e.id""", EffectRow::read, id, LONGEST_CHAIN));
    }
}
