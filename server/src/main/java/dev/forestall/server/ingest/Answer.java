package dev.forestall.server.ingest;

import dev.forestall.server.ApiError;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a sender of events is told. */
sealed interface Answer {

    /** Everything that was sent is kept, as one of these. */
    record Kept(int accepted, int rejected, int duplicates) implements Answer {}

    /** Nothing of it can ever be kept: to send it again is of no use. */
    record Refused(ApiError error, String detail) implements Answer {}

    /** It cannot be taken now: it is to be sent again, with the same ids. */
    record Later(ApiError error, String detail, Duration retryAfter) implements Answer {}

    static Refused unreadable(String detail) {
        return new Refused(ApiError.UNREADABLE, detail);
    }

    static Refused keyUnknown() {
        return new Refused(
                ApiError.NOT_KNOWN,
                "no write key of this server: send it as the user of Basic authentication with an empty password,"
                        + " or as writeKey in the body");
    }

    static Refused tooLarge(long limit) {
        return new Refused(ApiError.TOO_LARGE, "the request is larger than " + limit + " bytes");
    }

    /** The queue is full: nothing of the request was taken. */
    static Later full(String detail, Duration retryAfter) {
        return new Later(ApiError.TOO_MANY, detail, retryAfter);
    }

    static Later unavailable(String detail, Duration retryAfter) {
        return new Later(ApiError.NOT_NOW, detail, retryAfter);
    }

    /** Writes it, as clients of Segment expect it: JSON, whatever happened. */
    default void write(HttpServletResponse response) throws IOException {
        String body = switch (this) {
            case Kept kept ->
                "{\"success\":true,\"accepted\":" + kept.accepted() + ",\"rejected\":" + kept.rejected()
                        + ",\"duplicates\":" + kept.duplicates() + "}";
            case Refused refused -> failure(refused.error(), refused.detail());
            case Later later -> failure(later.error(), later.detail());
        };
        response.setStatus(
                switch (this) {
                    case Kept ignored -> HttpServletResponse.SC_OK;
                    case Refused refused -> refused.error().status();
                    case Later later -> later.error().status();
                });
        if (this instanceof Later later) {
            // Whole seconds: that is how browsers' libraries read it.
            long seconds = Math.clamp(later.retryAfter().plusMillis(999).toSeconds(), 1, 300);
            response.setHeader("Retry-After", Long.toString(seconds));
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static String failure(ApiError error, String detail) {
        String escaped = detail.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
        return "{\"success\":false,\"code\":\"" + error.code() + "\",\"detail\":\"" + escaped + "\"}";
    }
}
