package dev.forestall.dispatch;

import dev.forestall.records.database.Row;
import dev.forestall.records.database.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What keeps a permitted request from being sent at the last moment, without the engine: the dry run, kill switches, receivers that ask for
 * patience, hard budgets. One row each, read in the transaction in which sending begins. Within a transaction of others.
 */
final class Brakes {

    private Brakes() {}

    /** Nothing is sent until somebody says so. */
    static boolean isDryRun(Session session) {
        return session.first("SELECT dry_run FROM operational.sending", row -> row.flag("dry_run"))
                .orElse(true);
    }

    static void dryRun(Session session, boolean isOn, String by, long nowMillis) {
        session.change("""
                INSERT INTO operational.sending VALUES (?, ?, ?, ?)
                ON CONFLICT (tenant) DO UPDATE SET
                  dry_run = excluded.dry_run, changed_by = excluded.changed_by, changed_at = excluded.changed_at""", session.tenant(), isOn, by, Outbox.at(nowMillis));
    }

    /** Why sending is stopped for a policy on a channel; nothing when it is not. */
    static Optional<String> stopped(Session session, String policy, String channel) {
        return session.first(
                """
                SELECT scope, name, reason FROM operational.stops
                WHERE scope = 'all' OR scope = 'policy' AND name = ? OR scope = 'channel' AND name = ?
                ORDER BY scope, name LIMIT 1""",
                row -> row.text("scope")
                        + (row.text("name").isEmpty() ? "" : " " + row.text("name"))
                        + ": " + row.text("reason"),
                policy,
                channel);
    }

    static void stop(Session session, Scope scope, String name, String reason, String by, long nowMillis) {
        session.change("""
                INSERT INTO operational.stops VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (tenant, scope, name) DO NOTHING""", session.tenant(), scope.key(), name, reason, by, Outbox.at(nowMillis));
    }

    static boolean resume(Session session, Scope scope, String name) {
        return session.change("DELETE FROM operational.stops WHERE scope = ? AND name = ?", scope.key(), name) == 1;
    }

    /** Until when the receiver behind a channel is left alone; nothing when it is not. */
    static OptionalLong pausedUntil(Session session, String channel, long nowMillis) {
        return session.first(
                        "SELECT until_at FROM operational.pauses WHERE channel = ? AND until_at > ?",
                        row -> row.optionalMillis("until_at"),
                        channel,
                        Outbox.at(nowMillis))
                .orElse(OptionalLong.empty());
    }

    static void pause(Session session, String channel, long untilMillis) {
        session.change("""
                INSERT INTO operational.pauses VALUES (?, ?, ?)
                ON CONFLICT (tenant, channel) DO UPDATE SET until_at = greatest(pauses.until_at, excluded.until_at)""", session.tenant(), channel, Outbox.at(untilMillis));
    }

    /** A budget as it stands. */
    private record Budget(
            String scope,
            String name,
            long amountMinor,
            String period,
            ZoneId zone,
            long beganMillis,
            long spentMinor) {

        static Budget read(Row row) throws SQLException {
            return new Budget(
                    row.text("scope"),
                    row.text("name"),
                    row.whole("amount_minor"),
                    row.text("period"),
                    ZoneId.of(row.text("zone")),
                    row.millis("period_began_at"),
                    row.whole("spent_minor"));
        }

        private ZonedDateTime began(long nowMillis) {
            ZonedDateTime day = Instant.ofEpochMilli(nowMillis).atZone(zone).truncatedTo(ChronoUnit.DAYS);
            return period.equals("month") ? day.withDayOfMonth(1) : day;
        }

        long nextMillis(long nowMillis) {
            ZonedDateTime began = began(nowMillis);
            return (period.equals("month") ? began.plusMonths(1) : began.plusDays(1))
                    .toInstant()
                    .toEpochMilli();
        }

        /** The same in the period of an instant: a new period begins with nothing spent. */
        Budget at(long nowMillis) {
            long began = began(nowMillis).toInstant().toEpochMilli();
            return began <= beganMillis ? this : new Budget(scope, name, amountMinor, period, zone, began, 0);
        }
    }

    /** What a budget says against spending. @param untilMillis when its next period begins */
    record Overspent(String value, long untilMillis) {}

    /**
     * Takes the cost of sending from all budgets that it falls under, or from none.
     *
     * @return the first that has not enough left
     */
    static Optional<Overspent> spend(
            Session session, String policy, String channel, long costMinor, String currency, long nowMillis) {
        List<Budget> budgets = budgets(session, policy, channel, currency).stream()
                .map(budget -> budget.at(nowMillis))
                .toList();
        for (Budget budget : budgets) {
            if (budget.spentMinor() + costMinor > budget.amountMinor()) {
                return Optional.of(new Overspent(
                        budget.scope() + (budget.name().isEmpty() ? "" : " " + budget.name()) + ": "
                                + budget.spentMinor() + " of " + budget.amountMinor() + " " + currency + " per "
                                + budget.period() + " are spent",
                        budget.nextMillis(nowMillis)));
            }
        }
        budgets.forEach(budget -> set(session, budget, costMinor));
        return Optional.empty();
    }

    /** Gives back what was taken for something that was not sent. */
    static void giveBack(
            Session session, String policy, String channel, long costMinor, String currency, long nowMillis) {
        budgets(session, policy, channel, currency).stream()
                .map(budget -> budget.at(nowMillis))
                .filter(budget -> budget.spentMinor() >= costMinor)
                .forEach(budget -> set(session, budget, -costMinor));
    }

    private static List<Budget> budgets(Session session, String policy, String channel, String currency) {
        return session.list("""
                SELECT * FROM operational.budgets
                WHERE currency = ? AND (scope = 'all' OR scope = 'policy' AND name = ? OR scope = 'channel' AND name = ?)
                ORDER BY scope, name FOR UPDATE""", Budget::read, currency, policy, channel);
    }

    private static void set(Session session, Budget budget, long moreMinor) {
        session.change(
                "UPDATE operational.budgets SET period_began_at = ?, spent_minor = ? WHERE scope = ? AND name = ?",
                Outbox.at(budget.beganMillis()),
                budget.spentMinor() + moreMinor,
                budget.scope(),
                budget.name());
    }

    static void budget(
            Session session,
            Scope scope,
            String name,
            long amountMinor,
            String currency,
            boolean isMonthly,
            ZoneId zone) {
        session.change(
                """
                INSERT INTO operational.budgets (tenant, scope, name, amount_minor, currency, period, zone, period_began_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, 'epoch')
                ON CONFLICT (tenant, scope, name) DO UPDATE SET
                  amount_minor = excluded.amount_minor, currency = excluded.currency, period = excluded.period, zone = excluded.zone""",
                session.tenant(),
                scope.key(),
                name,
                amountMinor,
                currency,
                isMonthly ? "month" : "day",
                zone.getId());
    }
}
