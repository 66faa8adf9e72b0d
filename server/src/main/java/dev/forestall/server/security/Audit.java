package dev.forestall.server.security;

import dev.forestall.loop.host.HostClock;
import dev.forestall.records.database.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

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
