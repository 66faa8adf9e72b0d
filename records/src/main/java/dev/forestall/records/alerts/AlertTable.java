package dev.forestall.records.alerts;

import dev.forestall.loop.Effect;
import dev.forestall.loop.alert.Alert;
import dev.forestall.records.database.Session;
import dev.forestall.records.effects.Changes;
import dev.forestall.records.effects.Projected;
import dev.forestall.records.effects.Seen;
import java.util.Locale;

/** One row per alert that was raised, which says how it stands. For one thread. */
public final class AlertTable implements Projected {

    private final Changes raised = new Changes("""
            INSERT INTO projection.alerts
              (tenant, id, name, owner, subject_kind, subject, journey_key, state, triggers, raised_at, changed_at)
            VALUES (current_setting('forestall.tenant'), ?, ?, ?, ?, ?, ?, 'raised', 1, ?, ?)""");

    /** One statement for all later changes, so that they keep their order. */
    private final Changes changed = new Changes("""
            UPDATE projection.alerts SET
              state = coalesce(?, state), triggers = coalesce(?, triggers), why = coalesce(?, why), changed_at = ?
            WHERE id = ?""");

    @Override
    public void take(Seen seen) {
        if (!(seen.effect() instanceof Effect.AlertChanged change)) {
            return;
        }
        switch (change.alert()) {
            case Alert.Raised alert ->
                raised.add(
                        seen.id(),
                        alert.name(),
                        alert.owner(),
                        seen.subject().kind(),
                        seen.subject().key(),
                        alert.journeyKey(),
                        seen.at(),
                        seen.at());
            case Alert.Merged alert -> changed.add(null, alert.count(), null, seen.at(), seen.id(alert.alert()));
            case Alert.Escalated alert -> changed.add("escalated", null, null, seen.at(), seen.id(alert.alert()));
            case Alert.Resolved alert ->
                changed.add(
                        "resolved",
                        null,
                        alert.why().name().toLowerCase(Locale.ROOT),
                        seen.at(),
                        seen.id(alert.alert()));
            case Alert.Suppressed alert -> {}
        }
    }

    @Override
    public void write(Session session) {
        raised.write(session);
        changed.write(session);
    }

    @Override
    public void forget() {
        raised.forget();
        changed.forget();
    }
}
