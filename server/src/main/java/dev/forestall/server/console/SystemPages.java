package dev.forestall.server.console;

import dev.forestall.server.ingest.Sources;
import dev.forestall.server.ingest.Tail;
import dev.forestall.server.live.Health;
import dev.forestall.server.security.ApiKey;
import dev.forestall.server.security.ApiKeys;
import dev.forestall.server.security.KeyText;
import dev.forestall.server.security.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Whether it is healthy, what is behind, what comes in, and with which keys. */
@Controller
public final class SystemPages {

    private static final int LONGEST_NAME = 60;

    private final Pages pages;
    private final Health health;
    private final Sources sources;
    private final Tail tail;
    private final ApiKeys keys;

    public SystemPages(Pages pages, Health health, Sources sources, Tail tail, ApiKeys keys) {
        this.pages = pages;
        this.health = health;
        this.sources = sources;
        this.tail = tail;
        this.keys = keys;
    }

    /**
     * How it stands.
     *
     * @param made the key that was just made, whole; empty for none. It is shown this once
     */
    public record Shown(
            Health.Verdict verdict, List<String> sources, List<Tail.Seen> tail, List<ApiKey> keys, String made) {}

    private Shown shown(String made) {
        return new Shown(health.verdict(), sources.names(), tail.latest(), keys.list(), made);
    }

    @GetMapping("/system")
    ResponseEntity<String> system(HttpServletRequest request, @RequestParam @Nullable String part) {
        return switch (part) {
            case null -> pages.page(request, "system.jte", "System", shown(""));
            case "tail" -> pages.part("part/tail.jte", shown(""));
            case String other -> pages.part("part/verdict.jte", shown(""));
        };
    }

    @PostMapping("/system/keys")
    ResponseEntity<String> make(
            HttpServletRequest request,
            @AuthenticationPrincipal SignedIn who,
            @RequestParam String kind,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String source) {
        KeyText.Kind made = switch (kind) {
            case "secret" -> KeyText.Kind.SECRET;
            case "public" -> KeyText.Kind.PUBLIC;
            default -> KeyText.Kind.WRITE;
        };
        String called = name.strip().isEmpty() ? made.name().toLowerCase(Locale.ROOT) + " key" : name.strip();
        KeyText text = keys.create(
                made,
                called.substring(0, Math.min(LONGEST_NAME, called.length())),
                made == KeyText.Kind.SECRET ? "" : sources.known(source),
                who.actor());
        return pages.page(request, "system.jte", "System", shown(text.text()));
    }

    @PostMapping("/system/keys/{id}/revoke")
    ResponseEntity<Void> revoke(@AuthenticationPrincipal SignedIn who, @PathVariable String id) {
        keys.revoke(id, who.actor());
        return AccountPages.to("/system");
    }
}
