package dev.forestall.server.security;

import dev.forestall.server.ApiError;
import dev.forestall.server.api.ProblemJson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Whoever has signed in with a password that somebody else chose sees nothing before choosing one of their own. */
public final class OwnPassword extends OncePerRequestFilter {

    /** Where a password is chosen. */
    public static final String PATH = "/account/password";

    private final Users users;

    public OwnPassword(Users users) {
        this.users = users;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        boolean isFree = path.equals(PATH) || path.startsWith("/assets/") || path.equals("/logout");
        if (path.equals("/live") && who != null && who.getPrincipal() instanceof SignedIn early && mustChoose(early)) {
            // There is nothing to watch yet; a browser that is told so does not ask again.
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else if (path.startsWith("/api/")
                && who != null
                && who.getPrincipal() instanceof SignedIn early
                && mustChoose(early)) {
            ProblemJson.of(ApiError.NOT_ALLOWED, "choose a password of your own first, in the console")
                    .write(response);
        } else if (!isFree && who != null && who.getPrincipal() instanceof SignedIn signedIn && mustChoose(signedIn)) {
            response.sendRedirect(PATH);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean mustChoose(SignedIn signedIn) {
        return signedIn.user().mustChoosePassword()
                && users.find(signedIn.getUsername())
                        .map(Users.User::mustChoosePassword)
                        .orElse(true);
    }
}
