package dev.forestall.server.api;

import dev.forestall.records.effects.EffectRow;
import dev.forestall.server.ApiError;
import dev.forestall.server.live.LiveEffects;
import dev.forestall.server.live.Watcher;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What happens, as it happens: server-sent events. Each carries the place behind it; who comes again with the last one it got goes on
 * there. Every watcher has a thread of its own, which costs next to nothing.
 */
@RestController
public final class StreamApi {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final LiveEffects live;

    public StreamApi(LiveEffects live) {
        this.live = live;
    }

    @GetMapping("/api/v1/stream")
    void stream(
            @RequestHeader(name = "Last-Event-ID") @Nullable String lastHeader,
            @RequestParam(name = "last_event_id") @Nullable String lastParameter,
            @RequestParam @Nullable String topics,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        Optional<String> last = Optional.ofNullable(lastHeader).or(() -> Optional.ofNullable(lastParameter));
        Set<String> wanted = topics == null ? Set.of() : new TreeSet<>(Arrays.asList(topics.split(",")));
        try (Watcher watcher = watch(last)) {
            response.setContentType("text/event-stream;charset=utf-8");
            response.setHeader("Cache-Control", "no-store");
            OutputStream out = response.getOutputStream();
            out.write("retry: 3000\n\n".getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
            long until = System.nanoTime() + LONGEST.toNanos();
            while (System.nanoTime() < until && write(watcher.next(HEARTBEAT), wanted, out)) {
                response.flushBuffer();
            }
        }
    }

    private Watcher watch(Optional<String> last) {
        try {
            return live.watch(last);
        } catch (IllegalArgumentException noPlace) {
            throw new Problem(ProblemJson.of(ApiError.WRONG_CURSOR, "Last-Event-ID is none that this server gave out"));
        }
    }

    /** Whether there may be more to come. */
    private static boolean write(Watcher.News news, Set<String> wanted, OutputStream out) throws IOException {
        return switch (news) {
            case Watcher.News.Said said -> {
                for (EffectRow row : said.rows()) {
                    if (wanted.isEmpty() || wanted.contains(row.kind())) {
                        event(out, row.kind(), row.cursor(), JsonBody.of(json -> EffectBody.write(json, row)));
                    }
                }
                yield true;
            }
            case Watcher.News.Silence ignored -> {
                out.write("event: heartbeat\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
                yield true;
            }
            case Watcher.News.TooSlow ignored -> {
                out.write("event: overflow\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
                yield false;
            }
            case Watcher.News.End ignored -> false;
        };
    }

    private static void event(OutputStream out, String kind, String id, byte[] data) throws IOException {
        out.write(("event: " + kind + "\nid: " + id + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        out.write(data);
        out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    }
}
