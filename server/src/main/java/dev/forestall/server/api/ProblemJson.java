package dev.forestall.server.api;

import dev.forestall.server.ApiError;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Why something is not done, as RFC 9457 writes it.
 *
 * @param retryAfter how long to wait before asking again; empty when that is of no use
 */
public record ProblemJson(ApiError error, String detail, Optional<Duration> retryAfter) {

    public static ProblemJson of(ApiError error, String detail) {
        return new ProblemJson(error, detail, Optional.empty());
    }

    public byte[] body() {
        return JsonBody.of(json -> {
            json.writeStartObject();
            json.writeStringField("type", "about:blank#" + error.code());
            json.writeStringField("title", error.title());
            json.writeNumberField("status", error.status());
            json.writeStringField("code", error.code());
            json.writeStringField("detail", detail);
            json.writeEndObject();
        });
    }

    private Optional<String> seconds() {
        return retryAfter.map(
                wait -> Long.toString(Math.clamp(wait.plusMillis(999).toSeconds(), 1, 300)));
    }

    /** Where Spring answers. */
    ResponseEntity<byte[]> answer() {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(error.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        seconds().ifPresent(wait -> answer.header(HttpHeaders.RETRY_AFTER, wait));
        return answer.body(body());
    }

    /** Where nothing of Spring's has begun yet. */
    public void write(HttpServletResponse response) throws IOException {
        response.setStatus(error.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        seconds().ifPresent(wait -> response.setHeader(HttpHeaders.RETRY_AFTER, wait));
        response.getOutputStream().write(body());
    }
}
