package dev.forestall.records.signals;

import dev.forestall.loop.Effect;
import dev.forestall.loop.risk.Risk;
import dev.forestall.records.database.Session;
import dev.forestall.records.effects.Changes;
import dev.forestall.records.effects.Projected;
import dev.forestall.records.effects.Seen;

/** One row per level of a risk that was ever crossed, which says whether it is exceeded now. For one thread. */
public final class RiskTable implements Projected {

    private final Changes risks = new Changes("""
            INSERT INTO projection.risks (tenant, subject_kind, subject, prediction, level, is_high, probability, at, effect)
            VALUES (current_setting('forestall.tenant'), ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenant, subject_kind, subject, prediction, level) DO UPDATE SET
              is_high = excluded.is_high, probability = excluded.probability, at = excluded.at, effect = excluded.effect""");

    @Override
    public void take(Seen seen) {
        if (seen.effect() instanceof Effect.RiskChanged changed) {
            Risk risk = changed.risk();
            risks.add(
                    seen.subject().kind(),
                    seen.subject().key(),
                    risk.prediction(),
                    risk.level().value(),
                    risk.change() == Risk.Change.ROSE,
                    risk.probability().value(),
                    seen.at(),
                    seen.id());
        }
    }

    @Override
    public void write(Session session) {
        risks.write(session);
    }

    @Override
    public void forget() {
        risks.forget();
    }
}
