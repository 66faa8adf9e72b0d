package dev.forestall.server.security;

import dev.forestall.records.database.Tenant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A key as it is kept: without its secret.
 *
 * @param id by which it is listed and revoked
 * @param name for people
 * @param shown the beginning of its text
 * @param source whose events are sent with it; empty where none are
 * @param scopes what a secret key may be used for; of other kinds, none
 * @param endsAtMillis from when on it is worth nothing, in milliseconds since 1970 UTC; it may lie ahead, when it expires, or while both keys of a
 *     rotation hold
 * @param lastUsedMillis when it was last used, within some minutes; empty when it never was
 * @param replacedBy the id of the key that takes its place; empty for none
 */
public record ApiKey(
        Tenant tenant,
        String id,
        KeyText.Kind kind,
        String name,
        String shown,
        String source,
        Set<Scope> scopes,
        long createdAtMillis,
        OptionalLong endsAtMillis,
        OptionalLong lastUsedMillis,
        String replacedBy) {

    public ApiKey {
        scopes = scopes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(scopes));
    }

    public boolean holdsAt(long nowMillis) {
        return endsAtMillis.isEmpty() || nowMillis < endsAtMillis.getAsLong();
    }

    /** Whether it may be used for something. */
    public boolean may(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
    }

    /** The same, worth nothing from an instant on. */
    ApiKey ending(long atMillis, String successor) {
        return new ApiKey(
                tenant,
                id,
                kind,
                name,
                shown,
                source,
                scopes,
                createdAtMillis,
                OptionalLong.of(atMillis),
                lastUsedMillis,
                successor);
    }

    ApiKey usedAt(long atMillis) {
        return new ApiKey(
                tenant,
                id,
                kind,
                name,
                shown,
                source,
                scopes,
                createdAtMillis,
                endsAtMillis,
                OptionalLong.of(atMillis),
                replacedBy);
    }
}
