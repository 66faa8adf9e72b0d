package dev.forestall.server.api;

import dev.forestall.loop.host.HostClock;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Session;
import dev.forestall.records.database.Tenant;
import dev.forestall.server.ApiError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * {@code Idempotency-Key}: a command that is sent again, because its answer was lost, is done once and answered as the first time. For a day, and
 * for whoever sent it. What failed for a reason of the server's own is not remembered.
 */
public final class Idempotency extends OncePerRequestFilter {

    static final String HEADER = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";

    private static final Duration KEPT = Duration.ofHours(24);
    /** Who began so long ago and has not answered has ended without a word. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int MOST_BYTES = 1 << 20;

    /** Quoted, as the draft says, or bare, as many send it. */
    private static final Pattern KEY = Pattern.compile("\"([\\x21\\x23-\\x7e]{1,200})\"|([\\x21\\x23-\\x7e]{1,200})");

    /** Where something is deployed, sent, erased or made secret, to do it twice would do harm. */
    private static final Pattern REQUIRED =
            Pattern.compile("/api/v1/(definitions/(.+/deploy|rollback)|erasures|exports)");

    private final Database database;
    private final Tenant tenant;
    private final HostClock clock;

    public Idempotency(Database database, Tenant tenant, HostClock clock) {
        this.database = database;
        this.tenant = tenant;
        this.clock = clock;
    }

    private record Stored(String fingerprint, long begunMillis, OptionalLong status, String type, byte[] body) {}

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // An archive of a pack is long, and to check it twice changes nothing.
        return !request.getMethod().equals("POST") || request.getRequestURI().equals("/api/v1/definitions/check");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String said = request.getHeader(HEADER);
        var matcher = KEY.matcher(said == null ? "" : said.strip());
        if (said != null && !matcher.matches()) {
            problem(
                    response,
                    ApiError.WRONG_PARAMETER,
                    HEADER + ": expected 1 to 200 letters without blanks and quotes");
            return;
        }
        if (said == null && REQUIRED.matcher(request.getRequestURI()).matches()) {
            problem(
                    response,
                    ApiError.NO_IDEMPOTENCY_KEY,
                    "send " + HEADER + " with a value of your own, and the same one when you send this again");
            return;
        }
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            problem(response, ApiError.TOO_LARGE, "the body is longer than " + MOST_BYTES + " bytes");
            return;
        }
        HttpServletRequest again = new Read(request, body);
        if (said == null) {
            chain.doFilter(again, response);
        } else {
            String key = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            once(Callers.actor(request), key, fingerprint(request, body), again, response, chain);
        }
    }

    private void once(
            String holder,
            String key,
            String fingerprint,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        Optional<Stored> before = database.in(tenant, session -> begin(session, holder, key, fingerprint));
        if (before.isPresent()) {
            answer(before.get(), fingerprint, response);
            return;
        }
        ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
        boolean isDone = false;
        try {
            chain.doFilter(request, kept);
            isDone = kept.getStatus() < 500;
        } finally {
            boolean isRemembered = isDone;
            database.doIn(tenant, session -> end(session, holder, key, isRemembered, kept));
        }
        kept.copyBodyToResponse();
    }

    /** @return what there was under the key already; empty when it is begun now */
    private Optional<Stored> begin(Session session, String holder, String key, String fingerprint) {
        Instant now = Instant.ofEpochMilli(clock.nowMillis());
        session.change(
                "DELETE FROM operational.idempotency WHERE begun_at < ? OR status IS NULL AND begun_at < ?",
                now.minus(KEPT),
                now.minus(LONGEST));
        int added = session.change(
                "INSERT INTO operational.idempotency (tenant, holder, key, fingerprint, begun_at) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                session.tenant(),
                holder,
                key,
                fingerprint,
                now);
        return added == 1
                ? Optional.empty()
                : session.first(
                        "SELECT fingerprint, begun_at, status, content_type, coalesce(body, '') AS body"
                                + " FROM operational.idempotency WHERE holder = ? AND key = ?",
                        row -> new Stored(
                                row.text("fingerprint"),
                                row.millis("begun_at"),
                                row.optionalWhole("status"),
                                row.text("content_type"),
                                row.bytes("body")),
                        holder,
                        key);
    }

    private static void end(
            Session session, String holder, String key, boolean isRemembered, ContentCachingResponseWrapper answer) {
        if (isRemembered) {
            session.change(
                    "UPDATE operational.idempotency SET status = ?, content_type = ?, body = ? WHERE holder = ? AND key = ?",
                    answer.getStatus(),
                    answer.getContentType() == null ? "" : answer.getContentType(),
                    answer.getContentAsByteArray(),
                    holder,
                    key);
        } else {
            session.change("DELETE FROM operational.idempotency WHERE holder = ? AND key = ?", holder, key);
        }
    }

    private static void answer(Stored before, String fingerprint, HttpServletResponse response) throws IOException {
        if (!before.fingerprint().equals(fingerprint)) {
            problem(response, ApiError.KEY_REUSED, "something else was sent under this " + HEADER + " before");
        } else if (before.status().isEmpty()) {
            problem(response, ApiError.KEY_IN_PROGRESS, "the same is being done just now: ask again in a moment");
        } else {
            response.setStatus((int) before.status().getAsLong());
            response.setHeader(REPLAYED, "true");
            if (!before.type().isEmpty()) {
                response.setContentType(before.type());
            }
            response.getOutputStream().write(before.body());
        }
    }

    private static void problem(HttpServletResponse response, ApiError error, String detail) throws IOException {
        ProblemJson.of(error, detail).write(response);
    }

    private static String fingerprint(HttpServletRequest request, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String query = request.getQueryString() == null ? "" : request.getQueryString();
            digest.update((request.getMethod() + ' ' + request.getRequestURI() + '?' + query + '\n')
                    .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** A request whose body was read already. */
    private static final class Read extends HttpServletRequestWrapper {

        private final ByteArrayInputStream body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new ByteArrayInputStream(body);
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ServletInputStream() {
                @Override
                public int read() {
                    return body.read();
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    return body.read(into, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return body.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("the body is in memory");
                }
            };
        }
    }
}
