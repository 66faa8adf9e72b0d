package dev.forestall.dispatch;

import dev.forestall.dispatch.Outbox.Move;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.host.EffectBatch;
import dev.forestall.loop.host.EffectConsumer;
import dev.forestall.loop.host.EffectOffset;
import dev.forestall.loop.request.Permit;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.loop.request.RequestStage;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import java.util.Optional;

/**
 * Takes what the engine says of requests into the outbox, with its own place, in one transaction. What comes again changes nothing: a request is
 * inserted once, and a move that is not legal any more is passed over.
 */
final class OutboxWriter implements EffectConsumer {

    /** The name under which it reads effects. */
    static final String NAME = "outbox";

    private final Database database;
    private final Tenant tenant;
    private final EffectNames names;
    private final Runnable changed;

    /** @param changed is called when there may be something to do */
    OutboxWriter(Database database, Tenant tenant, EffectNames names, Runnable changed) {
        this.database = database;
        this.tenant = tenant;
        this.names = names;
        this.changed = changed;
    }

    static EffectOffset stored(Session session) {
        return session.first(
                        "SELECT next FROM operational.positions WHERE name = ?",
                        row -> EffectOffset.parse(row.text("next")),
                        NAME)
                .orElse(EffectOffset.BEGINNING);
    }

    @Override
    public void accept(EffectBatch batch) {
        boolean isChanged = database.in(tenant, session -> {
            boolean any = false;
            for (Effect effect : batch.effects()) {
                any |= take(session, effect);
            }
            session.change("""
                    INSERT INTO operational.positions VALUES (?, ?, ?)
                    ON CONFLICT (tenant, name) DO UPDATE SET next = excluded.next""", tenant, NAME, batch.next().toString());
            return any;
        });
        if (isChanged) {
            changed.run();
        }
    }

    /** Whether the effect is about a request. */
    private boolean take(Session session, Effect effect) {
        if (effect instanceof Effect.ActionRequested requested) {
            Outbox.add(session, names, requested);
            return true;
        }
        if (effect instanceof Effect.Permitted permitted) {
            Outbox.permit(session, names.of(permitted.permit().request().id()), permitted.permit());
            return true;
        }
        if (effect instanceof Effect.RequestChanged changedRequest) {
            take(session, changedRequest.change());
            return true;
        }
        return false;
    }

    private void take(Session session, RequestChange change) {
        String request = names.of(change.request().id());
        move(change).ifPresent(move -> {
            if (isAnswer(change)) {
                Outbox.answer(session, request, move, change.atMillis());
            } else {
                Outbox.move(session, request, move, change.atMillis());
            }
        });
    }

    /** Whether it only answers that a permit was asked for: then it says nothing to a request that has gone on in the meantime. */
    private static boolean isAnswer(RequestChange change) {
        return change instanceof RequestChange.Deferred
                || change instanceof RequestChange.Refused
                || change instanceof RequestChange.Stands;
    }

    /** What a change means for the outbox; nothing when it is only the echo of what the outbox reported. */
    private Optional<Move> move(RequestChange change) {
        return switch (change) {
            case RequestChange.Deferred it ->
                Optional.of(Move.to(State.DEFERRED, it.rule().key(), it.value()).at(it.untilMillis()));
            case RequestChange.Held it ->
                Optional.of(Move.to(State.HELD, it.rule().key(), it.value()));
            case RequestChange.Resumed it ->
                Optional.of(Move.to(State.REQUESTED, "", it.by()).at(it.atMillis()));
            case RequestChange.Refused it ->
                Optional.of(Move.to(State.REFUSED, it.rule().key(), it.value()));
            case RequestChange.Outbid it ->
                Optional.of(Move.to(State.OUTBID, "outbid", names.of(it.by().id())));
            case RequestChange.Withdrawn it -> Optional.of(Move.to(State.WITHDRAWN, "", it.cause()));
            case RequestChange.Expired it -> Optional.of(Move.to(State.EXPIRED));
            case RequestChange.Moved it -> stands(it.stage(), it.detail(), it.atMillis());
            case RequestChange.Stands it -> stands(it.stage(), it.detail(), it.atMillis());
        };
    }

    private static Optional<Move> stands(RequestStage stage, String detail, long atMillis) {
        return switch (stage) {
            // An earlier permit may still be used, and was: the next one comes when it has run out.
            case PERMITTED ->
                Optional.of(Move.to(State.DEFERRED, "permit", detail).at(atMillis + Permit.VALID_MILLIS));
            case SENT -> Optional.of(Move.to(State.SENT, "", detail));
            case DELIVERED -> Optional.of(Move.to(State.DELIVERED, "", detail));
            case UNCERTAIN -> Optional.of(Move.to(State.UNCERTAIN, "", detail));
            case FAILED -> Optional.of(Move.to(State.FAILED, "", detail));
            case REFUSED -> Optional.of(Move.to(State.REFUSED, "", detail));
            case OUTBID -> Optional.of(Move.to(State.OUTBID, "outbid", detail));
            case WITHDRAWN -> Optional.of(Move.to(State.WITHDRAWN, "", detail));
            case EXPIRED -> Optional.of(Move.to(State.EXPIRED));
            case REQUESTED, HELD, DEFERRED -> Optional.empty();
        };
    }
}
