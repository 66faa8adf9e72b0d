package dev.forestall.server.live;

import dev.forestall.server.api.JsonBody;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /health/live}: the process answers. {@code /health/ready}: events are taken, and what is not as it should be. No secrets. */
public final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient Health health;

    public HealthServlet(Health health) {
        this.health = health;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        switch (path) {
            case "/live" ->
                write(response, 200, JsonBody.of(json -> {
                    json.writeStartObject();
                    json.writeStringField("status", "live");
                    json.writeEndObject();
                }));
            case "/ready" -> ready(response);
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private void ready(HttpServletResponse response) throws IOException {
        Health.Verdict verdict = health.verdict();
        write(response, verdict.isReady() ? 200 : 503, JsonBody.of(json -> {
            json.writeStartObject();
            json.writeStringField("status", verdict.isReady() ? "ready" : "not ready");
            json.writeArrayFieldStart("problems");
            for (String problem : verdict.problems()) {
                json.writeString(problem);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void write(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", "2");
        }
        response.getOutputStream().write(body);
    }
}
