package dev.forestall.server.security;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * An identity provider that speaks OpenID Connect. Immutable.
 *
 * @param issuer its address, below which its configuration is found
 * @param clientId as which it knows this server
 * @param nameClaim which claim is the name of somebody
 * @param rolesClaim which claim lists the groups of somebody
 * @param roles by group, in the order in which they count: of several the first
 */
public record ProviderSettings(
        String issuer,
        String clientId,
        String clientSecret,
        String nameClaim,
        String rolesClaim,
        SequencedMap<String, Role> roles) {

    public ProviderSettings {
        roles = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(roles));
    }

    /** Without the secret: texts end up in logs. */
    @Override
    public String toString() {
        return issuer + " as " + clientId;
    }
}
