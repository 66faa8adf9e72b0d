package dev.forestall.server.security;

import dev.forestall.records.database.Tenant;
import java.util.OptionalLong;

/**
 * A key as it is kept: without its secret.
 *
 * @param id by which it is listed and revoked
 * @param name for people
 * @param shown the beginning of its text
 * @param source whose events are sent with it; empty where none are
 * @param revokedAtMillis from when on it is worth nothing, in milliseconds since 1970 UTC; it may lie ahead, while both keys of a rotation
 *     hold
 */
public record ApiKey(
        Tenant tenant,
        String id,
        KeyText.Kind kind,
        String name,
        String shown,
        String source,
        long createdAtMillis,
        OptionalLong revokedAtMillis) {

    public boolean holdsAt(long nowMillis) {
        return revokedAtMillis.isEmpty() || nowMillis < revokedAtMillis.getAsLong();
    }
}
