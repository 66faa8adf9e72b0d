package dev.forestall.server.api;

import dev.forestall.server.security.ApiKey;
import dev.forestall.server.security.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.Authentication;

/** Who asks. */
final class Callers {

    private Callers() {}

    /** As the audit names them: a user, or a key by its id. */
    static String actor(HttpServletRequest request) {
        if (request.getUserPrincipal() instanceof Authentication who) {
            if (who.getPrincipal() instanceof SignedIn signedIn) {
                return signedIn.actor();
            }
            if (who.getPrincipal() instanceof ApiKey key) {
                return "key:" + key.id();
            }
        }
        throw new IllegalStateException("nobody gets here without a name");
    }
}
