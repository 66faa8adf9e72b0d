package dev.forestall.server.live;

import dev.forestall.server.ApiError;
import dev.forestall.server.api.ProblemJson;
import dev.forestall.server.security.ApiKey;
import dev.forestall.server.security.ApiKeys;
import dev.forestall.server.security.BearerKeys;
import dev.forestall.server.security.Scope;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code /metrics}, for who has a secret key: how much a house does is nobody else's business. */
public final class MetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient Metrics metrics;
    private final transient ApiKeys keys;

    public MetricsServlet(Metrics metrics, ApiKeys keys) {
        this.metrics = metrics;
        this.keys = keys;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<ApiKey> key = BearerKeys.secret(request, keys);
        if (key.isEmpty() || !key.get().may(Scope.METRICS_READ)) {
            ProblemJson problem = key.isEmpty()
                    ? ProblemJson.of(ApiError.NOT_KNOWN, "name a secret key: Authorization: Bearer fs_...")
                    : ProblemJson.of(ApiError.NOT_ALLOWED, "the key has not the scope metrics:read");
            problem.write(response);
            return;
        }
        response.setContentType("text/plain;version=0.0.4;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(metrics.scrape().getBytes(StandardCharsets.UTF_8));
    }
}
