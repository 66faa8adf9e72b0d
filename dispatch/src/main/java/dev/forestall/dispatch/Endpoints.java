package dev.forestall.dispatch;

import dev.forestall.loop.host.HostClock;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the channels of a tenant are posted to, and with which secrets. For any thread. */
public final class Endpoints {

    /** The channel that stands for all that have no endpoint of their own. */
    public static final String ALL_OTHERS = "";

    /** For so long messages are signed with the secret before too. */
    private static final Duration OLD_SECRET = Duration.ofHours(24);

    private final Database database;
    private final Tenant tenant;
    private final HostClock clock;
    private final Runnable wake;
    private final ChangeLog changes;

    /**
     * @param wake says the dispatcher that there is something to do
     * @param changes takes note of what is done here
     */
    public Endpoints(Database database, Tenant tenant, HostClock clock, Runnable wake, ChangeLog changes) {
        this.changes = changes;
        this.database = database;
        this.tenant = tenant;
        this.clock = clock;
        this.wake = wake;
    }

    /** Where the messages of a channel go; nothing when nobody listens. */
    public Optional<Endpoint> of(String channel) {
        return database.in(
                tenant,
                session -> session.first(
                        """
                        SELECT url, CASE WHEN old_secrets_until > ? THEN secrets ELSE secrets[1:1] END AS secrets
                        FROM operational.endpoints WHERE channel IN (?, '') ORDER BY channel DESC LIMIT 1""",
                        row -> new Endpoint(row.text("url"), row.texts("secrets")),
                        Outbox.at(clock.nowMillis()),
                        channel));
    }

    /**
     * Sets where the messages of a channel go from now on. What was held for want of it is due.
     *
     * @param channel as the pack calls it, or {@link #ALL_OTHERS}
     */
    public void set(String channel, String url, String secret, String by) {
        database.doIn(tenant, session -> {
            write(session, channel, new Endpoint(url, List.of(secret)), Optional.empty(), by);
            changes.note(session, by, "endpoint.set", name(channel), url);
            session.change(
                    """
                    UPDATE operational.outbox SET state = 'requested', rule = '', value = '', next_at = ?, since = ?
                    WHERE state = 'held' AND rule = ? AND (? = '' OR channel = ?)""",
                    Outbox.at(clock.nowMillis()),
                    Outbox.at(clock.nowMillis()),
                    Sender.NO_CHANNEL,
                    channel,
                    channel);
        });
        wake.run();
    }

    private static String name(String channel) {
        return channel.equals(ALL_OTHERS) ? "all other channels" : channel;
    }

    /**
     * Signs with another secret from now on, and for a day with the one before too.
     *
     * @return false when the channel has no endpoint of its own
     */
    public boolean rotate(String channel, String secret, String by) {
        return database.in(tenant, session -> {
            Optional<Endpoint> before = session.first(
                    "SELECT url, secrets FROM operational.endpoints WHERE channel = ? FOR UPDATE",
                    row -> new Endpoint(row.text("url"), row.texts("secrets")),
                    channel);
            before.ifPresent(old -> {
                changes.note(session, by, "endpoint.secret_rotated", name(channel), "");
                List<String> secrets = new ArrayList<>(List.of(secret));
                secrets.add(old.secrets().getFirst());
                write(
                        session,
                        channel,
                        new Endpoint(old.url(), secrets),
                        Optional.of(clock.nowMillis() + OLD_SECRET.toMillis()),
                        by);
            });
            return before.isPresent();
        });
    }

    private void write(Session session, String channel, Endpoint endpoint, Optional<Long> oldUntilMillis, String by) {
        session.change(
                """
                INSERT INTO operational.endpoints VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant, channel) DO UPDATE SET url = excluded.url, secrets = excluded.secrets,
                  old_secrets_until = excluded.old_secrets_until, changed_by = excluded.changed_by, changed_at = excluded.changed_at""",
                tenant,
                channel,
                endpoint.url(),
                endpoint.secrets(),
                oldUntilMillis.map(Outbox::at),
                by,
                Outbox.at(clock.nowMillis()));
    }
}
