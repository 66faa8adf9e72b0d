package dev.forestall.server.security;

import dev.forestall.loop.host.HostClock;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends the session of whoever was disabled since, has other roles by now, or was given a new password by somebody else; and any session that has
 * lasted too long, however busy.
 */
public final class StillThere extends OncePerRequestFilter {

    private static final Duration LONGEST = Duration.ofHours(12);

    private final Users users;
    private final HostClock clock;

    public StillThere(Users users, HostClock clock) {
        this.users = users;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who != null && who.getPrincipal() instanceof SignedIn signedIn) {
            HttpSession session = request.getSession(false);
            if (session == null || isTooOld(session) || !isStillThere(signedIn)) {
                if (session != null) {
                    session.invalidate();
                }
                SecurityContextHolder.clearContext();
            }
        }
        chain.doFilter(request, response);
    }

    private boolean isTooOld(HttpSession session) {
        return clock.nowMillis() - session.getCreationTime() > LONGEST.toMillis();
    }

    private boolean isStillThere(SignedIn signedIn) {
        return users.find(signedIn.getUsername())
                .filter(now -> now.roles().equals(signedIn.roles()))
                .filter(now -> !now.mustChoosePassword()
                        || now.oneTimeUntilMillis().equals(signedIn.user().oneTimeUntilMillis()))
                .isPresent();
    }
}
