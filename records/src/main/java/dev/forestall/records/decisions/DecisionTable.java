package dev.forestall.records.decisions;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.Decision;
import dev.forestall.records.database.Session;
import dev.forestall.records.effects.Changes;
import dev.forestall.records.effects.Projected;
import dev.forestall.records.effects.Seen;
import java.util.Locale;

/** One row per decision; its candidates stand in the effect. For one thread. */
public final class DecisionTable implements Projected {

    private final Changes decisions = new Changes("""
            INSERT INTO projection.decisions (tenant, id, policy, subject_kind, subject, journey_key, at, cause, treatment_group,
              chosen, would_choose, propensity, is_too_late, position)
            VALUES (current_setting('forestall.tenant'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");

    @Override
    public void take(Seen seen) {
        if (seen.effect() instanceof Effect.Decided decided) {
            Decision decision = decided.decision();
            decisions.add(
                    seen.id(),
                    decision.policy(),
                    seen.subject().kind(),
                    seen.subject().key(),
                    decision.journeyKey(),
                    seen.at(),
                    decision.cause().map(seen::id).orElse(null),
                    decision.group().name().toLowerCase(Locale.ROOT),
                    decision.chosen(),
                    decision.wouldChoose(),
                    decision.propensity().value(),
                    decision.isTooLate(),
                    seen.position());
        }
    }

    @Override
    public void write(Session session) {
        decisions.write(session);
    }

    @Override
    public void forget() {
        decisions.forget();
    }
}
