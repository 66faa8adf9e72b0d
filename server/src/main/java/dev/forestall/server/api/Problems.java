package dev.forestall.server.api;

import dev.forestall.loop.host.EngineBusy;
import dev.forestall.loop.host.StorageException;
import dev.forestall.server.ApiError;
import dev.forestall.server.Declined;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What is said when an answer of the API cannot be given. */
@RestController
@RestControllerAdvice(
        assignableTypes = {
            CustomersApi.class,
            RequestsApi.class,
            StreamApi.class,
            DefinitionsApi.class,
            RejectedApi.class,
            ErasuresApi.class,
            ExportsApi.class,
            OpenApi.class,
            Problems.class
        })
public final class Problems {

    @RequestMapping("/api/**")
    ResponseEntity<byte[]> nothing() {
        return ProblemJson.of(ApiError.NOT_FOUND, "there is no such resource, or not with this method")
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<byte[]> known(Problem problem) {
        return problem.problem().answer();
    }

    @ExceptionHandler
    ResponseEntity<byte[]> declined(Declined declined) {
        Optional<Duration> wait =
                declined.error() == ApiError.NOT_NOW ? Optional.of(Duration.ofSeconds(2)) : Optional.empty();
        return new ProblemJson(declined.error(), declined.detail(), wait).answer();
    }

    @ExceptionHandler
    ResponseEntity<byte[]> missing(MissingServletRequestParameterException missing) {
        return ProblemJson.of(ApiError.WRONG_PARAMETER, missing.getParameterName() + ": expected a value")
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<byte[]> empty(HttpMessageNotReadableException empty) {
        return ProblemJson.of(ApiError.UNREADABLE, "the body: expected a JSON object")
                .answer();
    }

    /** Cursors are read by whoever gave them out. */
    @ExceptionHandler
    ResponseEntity<byte[]> cursor(IllegalArgumentException wrong) {
        return ProblemJson.of(ApiError.WRONG_CURSOR, String.valueOf(wrong.getMessage()))
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<byte[]> busy(EngineBusy busy) {
        return new ProblemJson(
                        ApiError.NOT_NOW, "too many look at what is known at once", Optional.of(busy.retryAfter()))
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<byte[]> storage(StorageException down) {
        return new ProblemJson(ApiError.NOT_NOW, "the database cannot be reached", Optional.of(Duration.ofSeconds(2)))
                .answer();
    }
}
