package dev.forestall.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets programs in by a secret key: {@code Authorization: Bearer fs_...}. */
public final class BearerKeys extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final ApiKeys keys;

    public BearerKeys(ApiKeys keys) {
        this.keys = keys;
    }

    /** Whether a request says who it is by a key, so that no other page can have made a browser send it. */
    public static boolean isNamed(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** The secret key that a request names, if it is one that holds. */
    public static Optional<ApiKey> secret(HttpServletRequest request, ApiKeys keys) {
        return isNamed(request)
                ? keys.find(request.getHeader("Authorization")
                                .substring(SCHEME.length())
                                .strip())
                        .filter(key -> key.kind() == KeyText.Kind.SECRET)
                : Optional.empty();
    }

    private static List<SimpleGrantedAuthority> authorities(ApiKey key) {
        return Arrays.stream(Scope.values())
                .filter(key::may)
                .map(scope -> new SimpleGrantedAuthority("ROLE_" + scope.key()))
                .toList();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isNamed(request)) {
            // Whoever names a key is nobody else: a session that a browser sends along does not count.
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            secret(request, keys)
                    .ifPresent(key -> context.setAuthentication(
                            new PreAuthenticatedAuthenticationToken(key, "", authorities(key))));
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }
}
