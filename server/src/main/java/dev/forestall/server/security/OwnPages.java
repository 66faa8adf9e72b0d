package dev.forestall.server.security;

import dev.forestall.server.ApiError;
import dev.forestall.server.api.ProblemJson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What changes something by the session of a browser has to come from a page of ours. The token of a form says so already; what the browser itself says of a request is
 * looked at beside it, for it needs no page to be right. Who names a key is not a browser that was tricked.
 */
final class OwnPages extends OncePerRequestFilter {

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Optional<URI> publicUrl;

    /** @param publicUrl as which browsers outside know this server; empty where they know it as it is called */
    OwnPages(Optional<URI> publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (HARMLESS.contains(request.getMethod()) || BearerKeys.isNamed(request) || isOurs(request)) {
            chain.doFilter(request, response);
        } else {
            ProblemJson.of(ApiError.NOT_ALLOWED, "the request comes from a page of another site")
                    .write(response);
        }
    }

    private boolean isOurs(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        String origin = request.getHeader("Origin");
        // Our own pages tell nobody where they are, so browsers say `null` of their forms; then only what they say of
        // the site counts.
        return origin == null || origin.equals("null") || isOurs(origin, request.getHeader("Host"));
    }

    private boolean isOurs(String origin, String host) {
        try {
            String from = URI.create(origin).getAuthority();
            return from != null
                    && (from.equals(host)
                            || publicUrl
                                    .filter(url -> from.equals(url.getAuthority()))
                                    .isPresent());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
