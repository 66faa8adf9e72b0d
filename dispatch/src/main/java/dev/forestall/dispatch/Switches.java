package dev.forestall.dispatch;

import dev.forestall.loop.report.Report;
import dev.forestall.records.database.Session;
import dev.forestall.records.inbox.Inbox;

/** Kill switches: who turns one is noted where sending looks, and reported to the engine's log as a fact. Within a transaction of others. */
final class Switches {

    private Switches() {}

    static void stop(Session session, Scope scope, String name, String reason, String by, long nowMillis) {
        Brakes.stop(session, scope, name, reason, by, nowMillis);
        report(session, scope, name, true, reason, by, nowMillis);
    }

    /** What the switch held is asked about again, unless another one still stops it. @return whether it had been stopped */
    static boolean resume(Session session, Scope scope, String name, String reason, String by, long nowMillis) {
        if (!Brakes.resume(session, scope, name)) {
            return false;
        }
        if (scope == Scope.POLICY) {
            session.change("""
                    INSERT INTO operational.resumed VALUES (?, ?, ?)
                    ON CONFLICT (tenant, policy) DO UPDATE SET resumed_at = excluded.resumed_at""", session.tenant(), name, Outbox.at(nowMillis));
        }
        session.change("""
                UPDATE operational.outbox SET state = 'requested', rule = '', value = '', next_at = ?, since = ?
                WHERE state = 'held' AND rule = ?""", Outbox.at(nowMillis), Outbox.at(nowMillis), Sender.KILL_SWITCH);
        report(session, scope, name, false, reason, by, nowMillis);
        return true;
    }

    private static void report(
            Session session, Scope scope, String name, boolean isStopped, String reason, String by, long nowMillis) {
        String id = scope.key() + "/" + name + "/" + (isStopped ? "stop" : "resume") + "/" + nowMillis;
        Inbox.add(
                session,
                new Report.KillSwitch(new Report.Head(id, nowMillis, by), scope.reported(), name, isStopped, reason),
                nowMillis);
    }
}
