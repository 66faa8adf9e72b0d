package dev.forestall.server.security;

import dev.forestall.loop.host.HostClock;
import dev.forestall.records.database.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * Who changed what, when. Each entry carries a hash over itself and the one before, so that none can be changed or taken out unnoticed.
 * Written in the transaction of the change: there is no change without its entry.
 */
public final class Audit {

    private final HostClock clock;

    public Audit(HostClock clock) {
        this.clock = clock;
    }

    /**
     * Notes a change.
     *
     * @param actor who did it, such as {@code user:admin}
     * @param action such as {@code key.revoked}
     * @param target what was changed, by its id
     * @param before how it was; no secrets
     * @param after how it is; no secrets
     */
    public void note(Session session, String actor, String action, String target, String before, String after) {
        // One writer at a time: each entry stands on the one before it.
        session.first("SELECT pg_advisory_xact_lock(hashtext('forestall.audit'))", row -> true);
        String last = session.first(
                        "SELECT hash FROM operational.audit ORDER BY ordinal DESC LIMIT 1", row -> row.text("hash"))
                .orElse("");
        Instant at = Instant.ofEpochMilli(clock.nowMillis());
        session.change(
                "INSERT INTO operational.audit (tenant, at, actor, action, target, before, after, hash)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                session.tenant(),
                at,
                actor,
                action,
                target,
                before,
                after,
                hash(last, at.toString(), actor, action, target, before, after));
    }

    /**
     * An entry.
     *
     * @param isChained whether it follows from the one before it
     */
    public record Entry(
            long ordinal,
            long atMillis,
            String actor,
            String action,
            String target,
            String before,
            String after,
            boolean isChained) {}

    /** All entries, the oldest first, each held against the one before. */
    public static List<Entry> all(Session session) {
        String[] last = {""};
        return session.list(
                "SELECT ordinal, at, actor, action, target, before, after, hash FROM operational.audit ORDER BY ordinal",
                row -> {
                    Entry read = new Entry(
                            row.whole("ordinal"),
                            row.millis("at"),
                            row.text("actor"),
                            row.text("action"),
                            row.text("target"),
                            row.text("before"),
                            row.text("after"),
                            true);
                    String expected = hash(
                            last[0],
                            Instant.ofEpochMilli(read.atMillis).toString(),
                            read.actor,
                            read.action,
                            read.target,
                            read.before,
                            read.after);
                    last[0] = row.text("hash");
                    return expected.equals(last[0])
                            ? read
                            : new Entry(
                                    read.ordinal,
                                    read.atMillis,
                                    read.actor,
                                    read.action,
                                    read.target,
                                    read.before,
                                    read.after,
                                    false);
                });
    }

    /** Texts carry their length, so that no two entries read the same. */
    static String hash(String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
