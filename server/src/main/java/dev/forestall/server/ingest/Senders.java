package dev.forestall.server.ingest;

import dev.forestall.server.security.ApiKey;
import dev.forestall.server.security.ApiKeys;
import dev.forestall.server.security.KeyText;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Who sends events, by the write key that a request names. For any thread. */
final class Senders {

    private final ApiKeys keys;

    Senders(ApiKeys keys) {
        this.keys = keys;
    }

    /** The key of a text, if it is one that holds and events may be sent with it. */
    Optional<ApiKey> key(String text) {
        return keys.find(text).filter(key -> key.kind() != KeyText.Kind.SECRET);
    }

    /** The one in the header, as the user of Basic authentication or as a bearer; else that of the parameter {@code access_token}. */
    Optional<ApiKey> named(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null) {
            return Optional.ofNullable(request.getParameter("access_token")).flatMap(this::key);
        }
        return (isOf("Bearer ", header) ? Optional.of(header.substring(7).strip()) : basicUser(header))
                .flatMap(this::key);
    }

    /** The user of Basic authentication. */
    static Optional<String> basicUser(String header) {
        if (!isOf("Basic ", header)) {
            return Optional.empty();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return Optional.of(colon < 0 ? pair : pair.substring(0, colon));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static boolean isOf(String scheme, String header) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length());
    }
}
