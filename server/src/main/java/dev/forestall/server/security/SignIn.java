package dev.forestall.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/** Signing in with a name and a password: who has failed too often is not even asked. */
public final class SignIn extends OncePerRequestFilter
        implements AuthenticationFailureHandler, AuthenticationSuccessHandler {

    /** Where the form is, and where it goes. */
    public static final String PATH = "/login";

    static final String NAME = "username";

    private final LoginLimits limits;
    private final Logins logins;

    /** Who signed in, or tried to, for the audit. */
    public interface Logins {

        /** @param account whom they said they are @param address from which machine @param outcome such as {@code failed} */
        void note(String account, String address, String outcome);
    }

    public SignIn(LoginLimits limits, Logins logins) {
        this.limits = limits;
        this.logins = logins;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Duration wait =
                request.getMethod().equals("POST") && request.getServletPath().equals(PATH)
                        ? limits.wait(account(request), request.getRemoteAddr())
                        : Duration.ZERO;
        if (wait.isZero()) {
            chain.doFilter(request, response);
        } else {
            logins.note(account(request), request.getRemoteAddr(), "put_off");
            response.sendRedirect(PATH + "?wait=" + wait.plusMillis(999).toSeconds());
        }
    }

    private static String account(HttpServletRequest request) {
        String name = request.getParameter(NAME);
        return name == null ? "" : name;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failed)
            throws IOException {
        limits.failed(account(request), request.getRemoteAddr());
        logins.note(account(request), request.getRemoteAddr(), "failed");
        response.sendRedirect(PATH + "?failed");
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication who)
            throws IOException {
        limits.succeeded(account(request), request.getRemoteAddr());
        logins.note(account(request), request.getRemoteAddr(), "succeeded");
        response.sendRedirect("/now");
    }
}
