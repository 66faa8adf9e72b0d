package dev.forestall.server.api;

import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.Positions;
import dev.forestall.records.projection.Projection;
import dev.forestall.server.ApiError;
import dev.forestall.server.Declined;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * What holds for every request: a parameter that there is not is refused, for it may be one that was misspelled; and whoever has written reads
 * what came of it, when they hand back the position they were told.
 */
public final class RequestRules implements HandlerInterceptor {

    private static final String MIN_POSITION = "Forestall-Min-Position";
    static final String POSITION = "Forestall-Position";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Engine engine;
    private final Projection projection;

    public RequestRules(Engine engine, Projection projection) {
        this.engine = engine;
        this.projection = projection;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            if (method.getBeanType() != Problems.class) {
                requireKnown(request, method);
            }
            @Nullable String least = request.getHeader(MIN_POSITION);
            if (least != null) {
                await(least);
            }
            response.setHeader(POSITION, engine.progress().durable());
        }
        return true;
    }

    private static void requireKnown(HttpServletRequest request, HandlerMethod method) {
        Set<String> known = parameters(method);
        for (String name : request.getParameterMap().keySet()) {
            if (!known.contains(name)) {
                throw new Declined(
                        ApiError.WRONG_PARAMETER,
                        name + ": there is no such parameter"
                                + (known.isEmpty() ? "" : "; there is " + String.join(", ", known)));
            }
        }
    }

    /** The names of the parameters that a handler reads. */
    static Set<String> parameters(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(each -> each.hasParameterAnnotation(RequestParam.class))
                .map(RequestRules::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(MethodParameter parameter) {
        RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
        return annotation != null && !annotation.name().isEmpty()
                ? annotation.name()
                : parameter.getParameter().getName();
    }

    private void await(String least) {
        long wanted = Positions.ofToken(least)
                .orElseThrow(() -> new Declined(
                        ApiError.WRONG_PARAMETER,
                        MIN_POSITION + ": found '" + least + "', expected what " + POSITION + " said"));
        long reached = Positions.ofToken(engine.progress().durable()).orElse(0);
        if (wanted > reached) {
            throw new Declined(ApiError.NOT_NOW, "position " + least + " is not reached yet");
        }
        try {
            projection.caughtUp().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            throw new Declined(ApiError.NOT_NOW, "position " + least + " cannot be looked up yet");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Declined(ApiError.NOT_NOW, "the server stops");
        }
    }
}
