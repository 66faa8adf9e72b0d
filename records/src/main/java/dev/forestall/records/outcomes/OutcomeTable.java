package dev.forestall.records.outcomes;

import dev.forestall.loop.Effect;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.records.database.Session;
import dev.forestall.records.effects.Changes;
import dev.forestall.records.effects.Projected;
import dev.forestall.records.effects.Seen;
import java.util.Locale;

/** One row per outcome that was observed. For one thread. */
public final class OutcomeTable implements Projected {

    private final Changes outcomes = new Changes("""
            INSERT INTO projection.outcomes
              (tenant, id, name, decision, policy, subject_kind, subject, treatment_group, success, at, decided_at)
            VALUES (current_setting('forestall.tenant'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");

    @Override
    public void take(Seen seen) {
        if (seen.effect() instanceof Effect.OutcomeObserved observed) {
            Outcome outcome = observed.outcome();
            outcomes.add(
                    seen.id(),
                    outcome.name(),
                    seen.id(outcome.decision()),
                    outcome.policy(),
                    seen.subject().kind(),
                    seen.subject().key(),
                    outcome.group().name().toLowerCase(Locale.ROOT),
                    outcome.success(),
                    seen.at(),
                    Seen.at(outcome.decidedAtMillis()));
        }
    }

    @Override
    public void write(Session session) {
        outcomes.write(session);
    }

    @Override
    public void forget() {
        outcomes.forget();
    }
}
