package dev.forestall.server.console;

import dev.forestall.server.ingest.Tail;
import dev.forestall.server.live.LiveEffects;
import dev.forestall.server.live.Watcher;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Tells pages that there is something new, and never what: they fetch what they show, so that who may see what is decided in one place. At
 * most twice a second, however much happens.
 */
@Controller
public final class LiveStream {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final LiveEffects live;
    private final Tail tail;

    public LiveStream(LiveEffects live, Tail tail) {
        this.live = live;
        this.tail = tail;
        tail.whenChanged(live::nudge);
    }

    @GetMapping("/live")
    void stream(HttpServletResponse response) throws IOException, InterruptedException {
        try (Watcher watcher = live.watch(Optional.empty())) {
            response.setContentType("text/event-stream;charset=utf-8");
            response.setHeader("Cache-Control", "no-store");
            write(response, "hello");
            new Told(watcher, response).tellUntil(System.nanoTime() + LONGEST.toNanos());
        }
    }

    private static void write(HttpServletResponse response, String event) throws IOException {
        response.getOutputStream().write(("event: " + event + "\ndata: \n\n").getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }

    /** What one page was told. */
    private final class Told {
        private final Watcher watcher;
        private final HttpServletResponse response;
        private boolean isEffectNew;
        private long toldTail = tail.ordinal();
        private long toldAt = System.nanoTime() - HEARTBEAT.toNanos();

        Told(Watcher watcher, HttpServletResponse response) {
            this.watcher = watcher;
            this.response = response;
        }

        void tellUntil(long end) throws IOException, InterruptedException {
            while (System.nanoTime() < end) {
                boolean isSomethingNew = isEffectNew || tail.ordinal() != toldTail;
                Duration since = Duration.ofNanos(System.nanoTime() - toldAt);
                Duration patience = isSomethingNew ? PAUSE.minus(since) : HEARTBEAT;
                if (patience.isPositive()) {
                    switch (watcher.next(patience)) {
                        case Watcher.News.Said said -> isEffectNew = true;
                        case Watcher.News.Silence silence -> heartbeat();
                        // A page is told that there is something new, not what: to begin again is to go on.
                        case Watcher.News.TooSlow tooSlow -> {
                            return;
                        }
                        case Watcher.News.End over -> {
                            return;
                        }
                    }
                } else {
                    tell();
                }
            }
        }

        private void heartbeat() throws IOException {
            if (System.nanoTime() - toldAt > HEARTBEAT.toNanos()) {
                write(response, "heartbeat");
                toldAt = System.nanoTime();
            }
        }

        private void tell() throws IOException {
            if (isEffectNew) {
                isEffectNew = false;
                write(response, "effects");
            }
            if (tail.ordinal() != toldTail) {
                toldTail = tail.ordinal();
                write(response, "tail");
            }
            toldAt = System.nanoTime();
        }
    }
}
