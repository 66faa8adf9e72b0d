package dev.forestall.server.ingest;

import dev.forestall.connectors.segment.SegmentBodies;
import dev.forestall.connectors.segment.SegmentBody;
import dev.forestall.connectors.segment.SegmentCall;
import dev.forestall.server.ApiError;
import dev.forestall.server.security.ApiKey;
import dev.forestall.server.security.ApiKeys;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Segment's HTTP API, under {@code /v1/}. */
public final class SegmentServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** What the libraries for browsers ask for before they start. */
    private static final String SETTINGS = "/projects/";

    private final transient Door door;
    private final transient Senders senders;
    private final transient SegmentBodies bodies;
    private final transient Unnamed unnamed;
    private final transient Exposures exposures;
    private final int maxRequest;
    private final transient List<String> origins;

    /**
     * @param exposures takes what pages say of decisions that they have shown
     * @param maxRequest the longest body, in bytes, unpacked
     * @param origins pages of these origins may send events
     */
    public SegmentServlet(
            Door door, ApiKeys keys, SegmentBodies bodies, Exposures exposures, int maxRequest, List<String> origins) {
        this.door = door;
        this.exposures = exposures;
        this.senders = new Senders(keys);
        this.bodies = bodies;
        this.unnamed = new Unnamed();
        this.maxRequest = maxRequest;
        this.origins = List.copyOf(origins);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String origin = request.getHeader("Origin");
        if (origin != null && origins.contains(origin)) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Methods", "POST, GET");
            response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Retry-Count");
            response.setHeader("Access-Control-Max-Age", "86400");
        }
        response.addHeader("Vary", "Origin");
        response.setHeader("X-Content-Type-Options", "nosniff");
        switch (request.getMethod()) {
            case "OPTIONS" -> response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            case "POST" -> post(request).write(response);
            case "GET" -> get(request, response);
            default -> new Answer.Refused(ApiError.WRONG_PARAMETER, "send events by POST").write(response);
        }
    }

    private static String path(HttpServletRequest request) {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = path(request);
        if (path.startsWith(SETTINGS) && path.endsWith("/settings")) {
            String key = path.substring(SETTINGS.length(), path.length() - "/settings".length());
            Optional<ApiKey> found = senders.key(key);
            if (found.isPresent()) {
                byte[] body = ("{\"integrations\":{\"Segment.io\":{\"apiKey\":\"" + key + "\",\"apiHost\":\""
                                + request.getServerName() + ":" + request.getServerPort() + "/v1\"}}}")
                        .getBytes(StandardCharsets.UTF_8);
                response.setContentType("application/json;charset=utf-8");
                response.getOutputStream().write(body);
                return;
            }
            Answer.keyUnknown().write(response);
            return;
        }
        new Answer.Refused(ApiError.WRONG_PARAMETER, "events are sent by POST to /v1/track and its kin")
                .write(response);
    }

    private Answer post(HttpServletRequest request) throws IOException {
        String path = path(request);
        if (path.equals("/m")) {
            // What a library says of itself is of no use here.
            return new Answer.Kept(0, 0, 0);
        }
        Optional<SegmentCall> call = path.isEmpty() ? Optional.empty() : SegmentCall.ofPath(path.substring(1));
        if (call.isEmpty()) {
            // Not 404: libraries would send it again for hours.
            return Answer.unreadable(
                    "there is no call " + path + "; there are track, identify, page, screen, group, alias and batch");
        }
        String header = request.getHeader("Authorization");
        if (header != null) {
            Optional<ApiKey> key = Senders.basicUser(header).flatMap(senders::key);
            return key.isEmpty() ? Answer.keyUnknown() : take(request, call.get(), key);
        }
        // Whoever does not say who they are before the body gets little of our memory.
        if (!unnamed.enter(request.getRemoteAddr())) {
            return Answer.full("too many requests without an Authorization header at once", Duration.ofSeconds(1));
        }
        try {
            return take(request, call.get(), Optional.empty());
        } finally {
            unnamed.leave(request.getRemoteAddr());
        }
    }

    private Answer take(HttpServletRequest request, SegmentCall call, Optional<ApiKey> named) throws IOException {
        byte[] bytes;
        try {
            bytes = RequestBody.read(request, maxRequest);
        } catch (RequestBody.TooLarge tooLarge) {
            return Answer.tooLarge(maxRequest);
        } catch (RequestBody.Unreadable unreadable) {
            return Answer.unreadable(String.valueOf(unreadable.getMessage()));
        }
        return switch (bodies.read(call, bytes)) {
            case SegmentBody.Reading.Unreadable unreadable -> Answer.unreadable(unreadable.detail());
            case SegmentBody.Reading.Read read -> {
                Optional<ApiKey> key = named.or(() -> read.body()
                        .writeKey()
                        .or(() -> Optional.ofNullable(request.getParameter("writeKey")))
                        .flatMap(senders::key));
                yield key.isPresent() ? take(key.get(), read.body()) : Answer.keyUnknown();
            }
        };
    }

    private Answer take(ApiKey key, SegmentBody body) {
        Exposures.Taken taken = exposures.take(body);
        if (taken.shown().isEmpty()) {
            return door.take(key.source(), body);
        }
        Answer answer =
                taken.body().items().isEmpty() ? new Answer.Kept(0, 0, 0) : door.take(key.source(), taken.body());
        if (!(answer instanceof Answer.Kept kept)) {
            return answer;
        }
        return taken.areDurable()
                ? new Answer.Kept(kept.accepted() + taken.shown().size(), kept.rejected(), kept.duplicates())
                : Answer.unavailable(
                        "that decisions were shown is not durable yet: send it again with the same ids",
                        Duration.ofSeconds(2));
    }
}
