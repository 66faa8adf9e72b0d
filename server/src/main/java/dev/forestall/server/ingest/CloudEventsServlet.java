package dev.forestall.server.ingest;

import dev.forestall.connectors.events.CloudEvent;
import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.json.JsonReader;
import dev.forestall.connectors.segment.SegmentBody;
import dev.forestall.connectors.segment.SegmentCall;
import dev.forestall.server.security.ApiKey;
import dev.forestall.server.security.ApiKeys;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * CloudEvents 1.0 over HTTP, in the three modes of its
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">binding</a>. What is taken is answered by 202
 * without a body: brokers that follow Knative take any other for an event.
 */
public final class CloudEventsServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final int MAX_BATCH = 1_000;
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String ATTRIBUTE = "ce-";

    private final transient Door door;
    private final transient Senders senders;
    private final transient Sources sources;
    private final transient JsonReader json;
    private final int maxEvent;
    private final int maxRequest;

    /**
     * @param maxEvent how long one event may be, in bytes
     * @param maxRequest how long a request may be, in bytes, unpacked
     * @param depth how deep objects and lists may stand in each other
     */
    public CloudEventsServlet(Door door, ApiKeys keys, Sources sources, int maxEvent, int maxRequest, int depth) {
        this.door = door;
        this.senders = new Senders(keys);
        this.sources = sources;
        this.json = new JsonReader(depth, maxRequest);
        this.maxEvent = maxEvent;
        this.maxRequest = maxRequest;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        switch (request.getMethod()) {
            case "OPTIONS" -> agree(request, response);
            case "POST" -> answer(post(request), response);
            default ->
                new Answer.Refused(dev.forestall.server.ApiError.WRONG_PARAMETER, "send events by POST")
                        .write(response);
        }
    }

    /** Whoever delivers to us asks whether we want that: CloudEvents' web hooks, section 4. */
    private static void agree(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("WebHook-Request-Origin");
        if (origin != null && origin.matches("[\\x21-\\x7e]{1,255}")) {
            response.setHeader("WebHook-Allowed-Origin", origin);
            response.setHeader("WebHook-Allowed-Rate", "*");
        }
        response.setHeader("Allow", "POST, OPTIONS");
        response.setStatus(HttpServletResponse.SC_OK);
    }

    private static void answer(Answer answer, HttpServletResponse response) throws IOException {
        if (answer instanceof Answer.Kept kept) {
            response.setIntHeader("Forestall-Accepted", kept.accepted());
            response.setIntHeader("Forestall-Rejected", kept.rejected());
            response.setIntHeader("Forestall-Duplicates", kept.duplicates());
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
        } else {
            answer.write(response);
        }
    }

    private Answer post(HttpServletRequest request) throws IOException {
        Optional<ApiKey> key = senders.named(request);
        if (key.isEmpty()) {
            return Answer.keyUnknown();
        }
        byte[] body;
        try {
            body = RequestBody.read(request, maxRequest);
        } catch (RequestBody.TooLarge tooLarge) {
            return Answer.tooLarge(maxRequest);
        } catch (RequestBody.Unreadable unreadable) {
            return Answer.unreadable(String.valueOf(unreadable.getMessage()));
        }
        String source = key.get().source();
        return switch (read(request, source, body)) {
            case CloudEvent.Reading.Unreadable unreadable -> Answer.unreadable(unreadable.detail());
            case CloudEvent.Reading.Read read ->
                door.take(source, new SegmentBody(Json.Entries.NONE, read.items(), SegmentCall.BATCH, maxEvent));
        };
    }

    private CloudEvent.Reading read(HttpServletRequest request, String source, byte[] body) {
        CloudEvent events = new CloudEvent(json, sources.source(source).placeOfSubject(), MAX_BATCH);
        String type = Optional.ofNullable(request.getContentType()).orElse("");
        String media = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (media.equals(BATCH)) {
            return events.batch(body);
        }
        if (media.equals(STRUCTURED)) {
            return events.structured(body);
        }
        if (request.getHeader(ATTRIBUTE + "specversion") == null) {
            return new CloudEvent.Reading.Unreadable("it is no CloudEvent: the content type is neither " + STRUCTURED
                    + " nor " + BATCH + ", and there is no header ce-specversion");
        }
        return events.binary(attributes(request), type, body);
    }

    private static Map<String, String> attributes(HttpServletRequest request) {
        Map<String, String> attributes = new TreeMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(ATTRIBUTE)) {
                attributes.put(lower.substring(ATTRIBUTE.length()), decoded(request.getHeader(name)));
            }
        }
        return attributes;
    }

    /** Headers say in percents what they cannot say otherwise. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException asItIs) {
            return value;
        }
    }
}
