package dev.forestall.records.signals;

import dev.forestall.loop.Effect;
import dev.forestall.loop.signal.Signal;
import dev.forestall.records.database.Session;
import dev.forestall.records.effects.Changes;
import dev.forestall.records.effects.Projected;
import dev.forestall.records.effects.Seen;

/** One row per raised signal, which says whether it still holds. For one thread. */
public final class SignalTable implements Projected {

    private final Changes raised = new Changes("""
            INSERT INTO projection.signals (tenant, id, name, subject_kind, subject, journey_key, state, raised_at)
            VALUES (current_setting('forestall.tenant'), ?, ?, ?, ?, ?, 'active', ?)""");

    private final Changes over = new Changes("UPDATE projection.signals SET state = ?, over_at = ? WHERE id = ?");

    @Override
    public void take(Seen seen) {
        if (!(seen.effect() instanceof Effect.SignalChanged changed)) {
            return;
        }
        switch (changed.signal()) {
            case Signal.Raised signal ->
                raised.add(
                        seen.id(),
                        signal.name(),
                        seen.subject().kind(),
                        seen.subject().key(),
                        signal.journeyKey(),
                        seen.at());
            case Signal.Ended signal -> over.add("ended", seen.at(), seen.id(signal.signal()));
            case Signal.Withdrawn signal -> over.add("withdrawn", seen.at(), seen.id(signal.signal()));
            case Signal.Measured signal -> {}
        }
    }

    /** What ends was raised before: in this batch or in an earlier one. */
    @Override
    public void write(Session session) {
        raised.write(session);
        over.write(session);
    }

    @Override
    public void forget() {
        raised.forget();
        over.forget();
    }
}
