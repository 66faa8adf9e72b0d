package dev.forestall.server.api;

import dev.forestall.loop.host.HostClock;
import dev.forestall.server.ApiError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.filter.OncePerRequestFilter;

/** How much one key or user may ask for, said with every answer as draft-ietf-httpapi-ratelimit-headers-09 says it. For any thread. */
public final class Rates extends OncePerRequestFilter {

    private static final Duration WINDOW = Duration.ofSeconds(60);

    private final int quota;
    private final HostClock clock;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    /** @param quota how many requests within a minute */
    public Rates(int quota, HostClock clock) {
        this.quota = quota;
        this.clock = clock;
    }

    /** @param used requests since it began */
    private record Window(long beganMillis, int used) {

        Window after(long nowMillis) {
            return nowMillis - beganMillis < WINDOW.toMillis() && nowMillis >= beganMillis
                    ? new Window(beganMillis, used + 1)
                    : new Window(nowMillis, 1);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long now = clock.nowMillis();
        Window window = windows.merge(Callers.actor(request), new Window(now, 1), (before, first) -> before.after(now));
        Duration left = WINDOW.minusMillis(now - window.beganMillis());
        long seconds = Math.max(1, left.plusMillis(999).toSeconds());
        response.setHeader("RateLimit-Policy", "\"key\";q=" + quota + ";w=" + WINDOW.toSeconds());
        response.setHeader("RateLimit", "\"key\";r=" + Math.max(0, quota - window.used()) + ";t=" + seconds);
        if (window.used() > quota) {
            new ProblemJson(
                            ApiError.TOO_MANY,
                            "more than " + quota + " requests within " + WINDOW.toSeconds() + " s",
                            Optional.of(left))
                    .write(response);
            return;
        }
        chain.doFilter(request, response);
    }
}
