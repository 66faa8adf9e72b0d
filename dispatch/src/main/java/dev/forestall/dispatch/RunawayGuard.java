package dev.forestall.dispatch;

import dev.forestall.loop.action.Policy;
import dev.forestall.loop.host.Engine;
import dev.forestall.records.database.Session;

/**
 * Stops a policy that asks for more than its pack says it may: a threshold that was mistyped, or events that come twice, would else reach every customer before anybody looks. It is stopped as by a
 * person: what it asked for is held, and a person lets it go on, or takes it back. Within a transaction of others.
 */
final class RunawayGuard {

    /** Who stops it, as the audit names it. */
    static final String ACTOR = "automatic stop";

    private final Engine engine;
    private final ChangeLog changes;

    RunawayGuard(Engine engine, ChangeLog changes) {
        this.engine = engine;
        this.changes = changes;
    }

    /** @return how many policies it has stopped */
    int look(Session session, long nowMillis) {
        int stopped = 0;
        for (Policy policy : engine.definition().actions().all()) {
            Policy.Rate most = policy.stopAbove();
            if (most != null && isTooMuch(session, policy.name(), most, nowMillis)) {
                String reason = "more than " + most.times() + " requests within " + most.withinMillis() / 1_000 + " s";
                Switches.stop(session, Scope.POLICY, policy.name(), reason, ACTOR, nowMillis);
                changes.note(session, ACTOR, "sending.stopped", Scope.POLICY.key() + " " + policy.name(), reason);
                stopped++;
            }
        }
        return stopped;
    }

    /** Counts from when it was last let go on: who says that so much is right is not asked about the same again. */
    private static boolean isTooMuch(Session session, String policy, Policy.Rate most, long nowMillis) {
        boolean isStopped = session.first(
                        "SELECT 1 FROM operational.stops WHERE scope = 'policy' AND name = ?", row -> true, policy)
                .isPresent();
        return !isStopped
                && session.number("""
                                SELECT count(*) FROM (SELECT 1 FROM operational.outbox WHERE policy = ? AND requested_at > greatest(?,
                                  (SELECT resumed_at FROM operational.resumed WHERE policy = outbox.policy)) LIMIT ?) AS latest""", policy, Outbox.at(nowMillis - most.withinMillis()), most.times() + 1)
                        > most.times();
    }
}
