package dev.forestall.dispatch;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.request.Permit;
import dev.forestall.records.database.Session;
import dev.forestall.records.effects.Seen;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The statements over the table of requests on their way out. Within a transaction of others. */
final class Outbox {

    private Outbox() {}

    /**
     * What becomes of a request.
     *
     * @param to where it goes
     * @param rule which rule says so; empty for none
     * @param value what the rule looked at, for people
     * @param nextMillis when something has to be done about it; nothing when nothing has
     */
    record Move(State to, String rule, String value, OptionalLong nextMillis) {
        static Move to(State state) {
            return new Move(state, "", "", OptionalLong.empty());
        }

        static Move to(State state, String rule, String value) {
            return new Move(state, rule, value, OptionalLong.empty());
        }

        Move at(long millis) {
            return new Move(to, rule, value, OptionalLong.of(millis));
        }
    }

    /** Takes a request, unless it is there already. What follows from history is on nobody's way. */
    static void add(Session session, EffectNames names, Effect.ActionRequested effect) {
        ActionRequest request = effect.request();
        if (!request.isLive()) {
            return;
        }
        session.change(
                """
                INSERT INTO operational.outbox (tenant, request, customer_kind, customer, action, policy, purpose, channels, state, since,
                  requested_at, next_at, expires_at, cost_minor, currency, requested)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'requested', ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant, request) DO NOTHING""",
                session.tenant(),
                names.of(request.id()),
                request.customer().kind(),
                request.customer().key(),
                request.task().action(),
                request.source().policyName(),
                request.reach().purpose(),
                request.reach().channels(),
                at(request.schedule().atMillis()),
                at(request.schedule().atMillis()),
                at(request.schedule().dueMillis()),
                at(request.schedule().expiresMillis()),
                request.task().cost().minor(),
                request.task().cost().currency().getCurrencyCode(),
                new EffectCodec().write(effect));
    }

    /**
     * Moves a request, if it may go there from where it stands.
     *
     * @return whether it did
     */
    static boolean move(Session session, String request, Move move, long nowMillis) {
        return move(session, request, move, before(move.to()), nowMillis);
    }

    /** Moves a request of which a permit is asked for, and no other. */
    static boolean answer(Session session, String request, Move move, long nowMillis) {
        return move(session, request, move, List.of(State.DUE.key()), nowMillis);
    }

    private static boolean move(Session session, String request, Move move, List<String> from, long nowMillis) {
        return session.change(
                        """
                        UPDATE operational.outbox SET state = ?, rule = ?, value = ?, next_at = ?, since = ?
                        WHERE request = ? AND state = ANY (?)""",
                        move.to().key(),
                        move.rule(),
                        move.value(),
                        optionalAt(move.nextMillis()),
                        at(nowMillis),
                        request,
                        from)
                == 1;
    }

    /** From where a request may go there. */
    private static List<String> before(State to) {
        return Arrays.stream(State.values())
                .filter(state -> state.mayBecome(to))
                .map(State::key)
                .toList();
    }

    /** The engine has given a permit; it is used at once. */
    static boolean permit(Session session, String request, Permit permit) {
        return session.change(
                        """
                        UPDATE operational.outbox SET state = 'permitted', rule = '', value = '', channel = ?, permit = ?, since = ?, next_at = ?
                        WHERE request = ? AND state = 'due'""",
                        permit.channel(),
                        new EffectCodec().write(new Effect.Permitted(permit)),
                        at(permit.atMillis()),
                        at(permit.atMillis()),
                        request)
                == 1;
    }

    static Optional<OutboxRow> find(Session session, String request) {
        return session.first(
                "SELECT " + OutboxRow.COLUMNS + " FROM operational.outbox WHERE request = ? FOR UPDATE",
                OutboxRow::read,
                request);
    }

    /** Those of which a permit is to be asked now: of each customer who is not being dealt with, the one that waits longest. */
    static List<OutboxRow> claimable(Session session, long nowMillis, int limit) {
        return session.list("SELECT " + OutboxRow.COLUMNS + """
                         FROM operational.outbox o
                        WHERE o.state IN ('requested', 'deferred') AND o.next_at <= ?
                          AND NOT EXISTS (SELECT 1 FROM operational.outbox c
                            WHERE c.customer_kind = o.customer_kind AND c.customer = o.customer
                              AND c.state IN ('due', 'permitted', 'sending'))
                          AND NOT EXISTS (SELECT 1 FROM operational.outbox e
                            WHERE e.customer_kind = o.customer_kind AND e.customer = o.customer
                              AND e.state IN ('requested', 'deferred') AND e.next_at <= ?
                              AND (e.next_at, e.request) < (o.next_at, o.request))
                        ORDER BY o.next_at, o.request LIMIT ? FOR UPDATE SKIP LOCKED""", OutboxRow::read, at(nowMillis), at(nowMillis), limit);
    }

    /** Those that wait there, and for which it is time. */
    static List<OutboxRow> waiting(Session session, State state, long nowMillis, int limit) {
        return session.list(
                "SELECT " + OutboxRow.COLUMNS
                        + " FROM operational.outbox WHERE state = ? AND next_at <= ? ORDER BY next_at, request LIMIT ? FOR UPDATE SKIP LOCKED",
                OutboxRow::read,
                state.key(),
                at(nowMillis),
                limit);
    }

    static List<OutboxRow> in(Session session, State state) {
        return session.list(
                "SELECT " + OutboxRow.COLUMNS + " FROM operational.outbox WHERE state = ? ORDER BY request FOR UPDATE",
                OutboxRow::read,
                state.key());
    }

    static Optional<OutboxRow.Permitted> permitted(Session session, String request) {
        return session.first(
                "SELECT " + OutboxRow.COLUMNS
                        + " FROM operational.outbox WHERE request = ? AND state = 'permitted' FOR UPDATE",
                OutboxRow.Permitted::read,
                request);
    }

    /** A request that may be sent now. */
    record Sendable(String request, String channel) {}

    /** @param except channels on which nothing more is sent at present */
    static List<Sendable> permitted(Session session, long nowMillis, List<String> except, int limit) {
        return session.list(
                """
                SELECT request, channel FROM operational.outbox
                WHERE state = 'permitted' AND next_at <= ? AND channel <> ALL (?) ORDER BY next_at, request LIMIT ?""", row -> new Sendable(row.text("request"), row.text("channel")), at(nowMillis), except, limit);
    }

    /** Those whose time is over while they still wait. */
    static int expire(Session session, long nowMillis) {
        return session.change("""
                UPDATE operational.outbox SET state = 'expired', rule = '', value = '', next_at = NULL, since = ?
                WHERE state IN ('requested', 'held', 'deferred') AND expires_at <= ?""", at(nowMillis), at(nowMillis));
    }

    /** A permit is asked for: the customer is dealt with until the answer. @param againMillis when to ask once more if none comes */
    static void due(Session session, String request, long nowMillis, long againMillis) {
        session.change("""
                UPDATE operational.outbox SET state = 'due', rule = '', value = '', since = ?, next_at = ?
                WHERE request = ? AND state IN ('requested', 'deferred', 'due')""", at(nowMillis), at(againMillis), request);
    }

    /** A permit was asked for once more. @return how often by now */
    static int ask(Session session, String request) {
        return (int) session.number(
                "UPDATE operational.outbox SET asked = asked + 1 WHERE request = ? RETURNING asked", request);
    }

    /** It is given to a provider once more: from here on it may have been sent. */
    static int begin(Session session, String request, String provider, String channel, long nowMillis) {
        int attempt = (int) session.number(
                "UPDATE operational.outbox SET attempts = attempts + 1, provider = ? WHERE request = ? RETURNING attempts",
                provider,
                request);
        session.change(
                "INSERT INTO operational.attempts (tenant, request, attempt, channel, began_at) VALUES (?, ?, ?, ?, ?)",
                session.tenant(),
                request,
                attempt,
                channel,
                at(nowMillis));
        return attempt;
    }

    static void end(Session session, String request, int attempt, String result, String detail, long nowMillis) {
        session.change(
                "UPDATE operational.attempts SET ended_at = ?, result = ?, detail = ? WHERE request = ? AND attempt = ?",
                at(nowMillis),
                result,
                detail,
                request,
                attempt);
    }

    static void providerId(Session session, String request, String providerId) {
        session.change("UPDATE operational.outbox SET provider_id = ? WHERE request = ?", providerId, request);
    }

    /**
     * When something has to be done next; nothing when nothing waits for a time. What is permitted and not sent waits for room, and not for a time.
     */
    static OptionalLong next(Session session, long nowMillis) {
        return session.first("""
                        SELECT least(
                          (SELECT min(next_at) FROM operational.outbox WHERE state <> 'permitted' OR next_at > ?),
                          (SELECT min(expires_at) FROM operational.outbox WHERE state IN ('requested', 'held', 'deferred'))) AS next""", row -> row.optionalMillis("next"), at(nowMillis))
                .orElse(OptionalLong.empty());
    }

    /** How many stand where. */
    static SequencedMap<State, Long> counts(Session session) {
        SequencedMap<State, Long> counts = new TreeMap<>();
        session.list(
                        "SELECT state, count(*) AS number FROM operational.outbox GROUP BY state",
                        row -> Map.entry(State.of(row.text("state")), row.whole("number")))
                .forEach(each -> counts.put(each.getKey(), each.getValue()));
        return counts;
    }

    static Instant at(long millis) {
        return Seen.at(millis);
    }

    private static @Nullable Instant optionalAt(OptionalLong millis) {
        return millis.isPresent() ? at(millis.getAsLong()) : null;
    }
}
