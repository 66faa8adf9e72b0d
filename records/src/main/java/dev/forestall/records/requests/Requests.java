package dev.forestall.records.requests;

import dev.forestall.records.database.Database;
import dev.forestall.records.database.Row;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.EffectRow;
import dev.forestall.records.effects.Page;
import dev.forestall.records.effects.Timeline;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks action requests up. Where a request stands is what the dispatcher says, who knows it first; of requests that never were the
 * dispatcher's, such as those that follow from history, it is what the engine says. For any thread.
 */
public final class Requests {

    private final Database database;
    private final Timeline timeline;

    public Requests(Database database) {
        this.database = database;
        this.timeline = new Timeline(database);
    }

    /**
     * A request in a list.
     *
     * @param policy that decided; empty when a person or a workflow has asked
     * @param channel on which it was permitted or sent; empty before
     * @param state where it stands
     * @param rule which rule says so; empty for none
     * @param value what the rule looked at, for people
     * @param untilMillis until when it waits
     * @param attempts how often it was given to a provider
     * @param repeats the earlier request that it repeats
     */
    public record Line(
            String id,
            String customer,
            String action,
            String policy,
            String purpose,
            List<String> channels,
            String channel,
            String state,
            String rule,
            String value,
            OptionalLong untilMillis,
            long requestedAtMillis,
            long expiresAtMillis,
            int attempts,
            String provider,
            String providerId,
            Optional<String> repeats,
            boolean isLive,
            String cursor) {

        public Line {
            channels = List.copyOf(channels);
        }
    }

    /** One step, as the engine recorded it. @param id of the effect */
    public record Step(String id, String stage, String rule, String value, OptionalLong untilMillis, long atMillis) {}

    /** One time that it was given to a provider. @param result empty while it is under way */
    public record Attempt(
            int attempt,
            String channel,
            long beganAtMillis,
            OptionalLong endedAtMillis,
            String result,
            String detail) {}

    /**
     * All of a request.
     *
     * @param chain the request and the effects that brought it about, nearest first
     */
    public record Found(Line line, List<Step> steps, List<Attempt> attempts, List<EffectRow> chain) {
        public Found {
            steps = List.copyOf(steps);
            attempts = List.copyOf(attempts);
            chain = List.copyOf(chain);
        }
    }

    private static final String LINES = """
            SELECT r.id, r.customer, r.action, r.policy, r.purpose, r.channels, r.repeats, r.is_live, r.requested_at, r.expires_at, r.position,
              coalesce(nullif(o.channel, ''), r.channel) AS channel,
              coalesce(o.state, r.stage) AS state,
              CASE WHEN o.state IS NULL THEN coalesce(r.rule, '') ELSE o.rule END AS rule,
              CASE WHEN o.state IS NULL THEN coalesce(r.value, '') ELSE o.value END AS value,
              CASE WHEN o.state IS NULL THEN r.until_at ELSE o.next_at END AS until_at,
              coalesce(o.attempts, 0) AS attempts, coalesce(o.provider, '') AS provider, coalesce(o.provider_id, '') AS provider_id
            FROM projection.requests r LEFT JOIN operational.outbox o ON o.request = r.id
            """;

    private static final int RADIX = 36;

    public Optional<Found> find(Tenant tenant, String id) {
        List<EffectRow> chain = timeline.chain(tenant, id);
        return database.in(
                tenant,
                session -> session.first(LINES + "WHERE r.id = ?", Requests::line, id)
                        .map(line -> new Found(
                                line,
                                session.list(
                                        "SELECT * FROM projection.request_steps WHERE request = ? ORDER BY position, index",
                                        Requests::step,
                                        id),
                                session.list(
                                        "SELECT * FROM operational.attempts WHERE request = ? ORDER BY attempt",
                                        Requests::attempt,
                                        id),
                                chain)));
    }

    /**
     * The latest first.
     *
     * @param state only those that stand there; empty for all
     * @param after the cursor of an earlier page
     */
    public Page<Line> latest(Tenant tenant, Optional<String> state, Optional<String> after, int limit) {
        String[] place = after.orElse("").split("\\.", -1);
        if (after.isPresent() && place.length != 2) {
            throw new IllegalArgumentException("'" + after.get() + "' is no cursor of this list");
        }
        long position = after.isPresent() ? Long.parseLong(place[0], RADIX) : Long.MAX_VALUE;
        String id = after.isPresent() ? place[1] : "";
        return database.in(
                tenant,
                session -> Page.of(
                        session.list(LINES + """
                                        WHERE (?::text IS NULL OR coalesce(o.state, r.stage) = ?)
                                          AND (r.position < ? OR r.position = ? AND r.id > ?)
                                        ORDER BY r.position DESC, r.id LIMIT ?""", Requests::line, state, state, position, position, id, limit + 1),
                        limit,
                        Line::cursor));
    }

    /** Of a customer under any of their names, the latest first. */
    public List<Line> of(Tenant tenant, List<String> names, int limit) {
        return database.in(tenant, session -> session.list(LINES + """
                                WHERE r.customer_kind = 'customer' AND r.customer = ANY (?)
                                ORDER BY r.position DESC, r.id LIMIT ?""", Requests::line, names, limit));
    }

    private static Line line(Row row) throws SQLException {
        String id = row.text("id");
        return new Line(
                id,
                row.text("customer"),
                row.text("action"),
                row.text("policy"),
                row.text("purpose"),
                row.texts("channels"),
                row.text("channel"),
                row.text("state"),
                row.text("rule"),
                row.text("value"),
                row.optionalMillis("until_at"),
                row.millis("requested_at"),
                row.millis("expires_at"),
                row.count("attempts"),
                row.text("provider"),
                row.text("provider_id"),
                row.optionalText("repeats"),
                row.flag("is_live"),
                Long.toString(row.whole("position"), RADIX) + "." + id);
    }

    private static Step step(Row row) throws SQLException {
        return new Step(
                row.text("id"),
                row.text("stage"),
                row.optionalText("rule").orElse(""),
                row.optionalText("value").orElse(""),
                row.optionalMillis("until_at"),
                row.millis("at"));
    }

    private static Attempt attempt(Row row) throws SQLException {
        return new Attempt(
                row.count("attempt"),
                row.text("channel"),
                row.millis("began_at"),
                row.optionalMillis("ended_at"),
                row.optionalText("result").orElse(""),
                row.text("detail"));
    }
}
