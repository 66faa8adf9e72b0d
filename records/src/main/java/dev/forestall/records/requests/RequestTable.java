package dev.forestall.records.requests;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.ActionRequest.Source;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.request.Permit;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.loop.request.RequestStage;
import dev.forestall.records.database.Session;
import dev.forestall.records.effects.Changes;
import dev.forestall.records.effects.Projected;
import dev.forestall.records.effects.Seen;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row per action request, which says where it stands by what the engine knows, and one per step to there. For one thread. */
public final class RequestTable implements Projected {

    private final Changes requested = new Changes("""
            INSERT INTO projection.requests (tenant, id, policy, decision, cause, repeats, action, customer_kind, customer, journey_key,
              purpose, channels, channel, stage, requested_at, expires_at, changed_at, permits, is_live, cost_minor, currency, position)
            VALUES (current_setting('forestall.tenant'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 'requested', ?, ?, ?, 0, ?, ?, ?, ?)""");

    private final Changes changed = new Changes("""
            UPDATE projection.requests SET stage = ?, rule = ?, value = ?, until_at = ?, changed_at = ?,
              channel = CASE WHEN ? = '' THEN channel ELSE ? END, permits = permits + ?
            WHERE id = ?""");

    private final Changes steps = new Changes("""
            INSERT INTO projection.request_steps (tenant, request, id, stage, rule, value, until_at, at, position, index)
            VALUES (current_setting('forestall.tenant'), ?, ?, ?, ?, ?, ?, ?, ?, ?)""");

    /** What a step says beside the stage. */
    private record Said(
            @Nullable String rule,
            @Nullable String value,
            @Nullable Instant until,
            String channel) {
        static Said nothing() {
            return new Said(null, null, null, "");
        }
    }

    @Override
    public void take(Seen seen) {
        if (seen.effect() instanceof Effect.ActionRequested effect) {
            requested(seen, effect.request());
        } else if (seen.effect() instanceof Effect.Permitted effect) {
            permitted(seen, effect.permit());
        } else if (seen.effect() instanceof Effect.RequestChanged effect) {
            changed(seen, effect.change());
        }
    }

    private void requested(Seen seen, ActionRequest request) {
        requested.add(
                seen.id(),
                request.source().policyName(),
                request.source() instanceof Source.OfPolicy of ? seen.id(of.decision()) : null,
                request.source() instanceof Source.OfPolicy of ? seen.id(of.cause()) : null,
                request.source() instanceof Source.OfReport of ? of.repeats().map(seen::id) : Optional.empty(),
                request.task().action(),
                seen.subject().kind(),
                seen.subject().key(),
                request.journeyKey(),
                request.reach().purpose(),
                request.reach().channels(),
                seen.at(),
                Seen.at(request.schedule().expiresMillis()),
                seen.at(),
                request.isLive(),
                request.task().cost().minor(),
                request.task().cost().currency().getCurrencyCode(),
                seen.position());
        step(seen, seen.effect().id(), RequestStage.REQUESTED, Said.nothing());
    }

    private void permitted(Seen seen, Permit permit) {
        Said said = new Said(null, null, Seen.at(permit.validUntilMillis()), permit.channel());
        change(seen, permit.request().id(), RequestStage.PERMITTED, said, 1);
    }

    private void changed(Seen seen, RequestChange change) {
        Said said = switch (change) {
            case RequestChange.Deferred it -> new Said(it.rule().key(), it.value(), Seen.at(it.untilMillis()), "");
            case RequestChange.Held it -> new Said(it.rule().key(), it.value(), null, "");
            case RequestChange.Resumed it -> new Said(null, it.by(), null, "");
            case RequestChange.Refused it -> new Said(it.rule().key(), it.value(), null, "");
            case RequestChange.Outbid it -> new Said("outbid", seen.id(it.by().id()), null, "");
            case RequestChange.Withdrawn it -> new Said(null, it.cause(), null, "");
            case RequestChange.Expired it -> Said.nothing();
            case RequestChange.Moved it -> new Said(null, it.detail(), null, it.channel());
            case RequestChange.Stands it -> new Said(null, it.detail(), null, "");
        };
        change(seen, change.request().id(), change.stage(), said, 0);
    }

    private void change(Seen seen, EffectId request, RequestStage stage, Said said, int permits) {
        changed.add(
                stage.key(),
                said.rule(),
                said.value(),
                said.until(),
                seen.at(),
                said.channel(),
                said.channel(),
                permits,
                seen.id(request));
        step(seen, request, stage, said);
    }

    private void step(Seen seen, EffectId request, RequestStage stage, Said said) {
        steps.add(
                seen.id(request),
                seen.id(),
                stage.key(),
                said.rule(),
                said.value(),
                said.until(),
                seen.at(),
                seen.position(),
                seen.index());
    }

    @Override
    public void write(Session session) {
        requested.write(session);
        changed.write(session);
        steps.write(session);
    }

    @Override
    public void forget() {
        requested.forget();
        changed.forget();
        steps.forget();
    }
}
