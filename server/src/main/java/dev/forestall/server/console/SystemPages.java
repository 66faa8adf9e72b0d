package dev.forestall.server.console;

import dev.forestall.loop.host.HostClock;
import dev.forestall.server.ingest.Sources;
import dev.forestall.server.ingest.Tail;
import dev.forestall.server.live.Health;
import dev.forestall.server.security.ApiKey;
import dev.forestall.server.security.ApiKeys;
import dev.forestall.server.security.KeyText;
import dev.forestall.server.security.Scope;
import dev.forestall.server.security.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
    private final HostClock clock;

    public SystemPages(Pages pages, Health health, Sources sources, Tail tail, ApiKeys keys, HostClock clock) {
        this.clock = clock;
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
     * @param refused why no key was made; empty for nothing
     */
    public record Shown(
            Health.Verdict verdict,
            List<String> sources,
            List<Tail.Seen> tail,
            List<ApiKey> keys,
            String made,
            String refused,
            long nowMillis) {

        /** What a secret key can be made for. */
        public List<Scope> scopes() {
            return List.of(Scope.values());
        }

        /** What a key may be used for, in words. */
        public String use(ApiKey key) {
            return switch (key.kind()) {
                case WRITE -> "sending events to " + key.source();
                case PUBLIC -> "pages, events to " + key.source();
                case SECRET -> key.scopes().stream().map(Scope::inWords).collect(Collectors.joining(", "));
            };
        }
    }

    private Shown shown(String made, String refused) {
        return new Shown(
                health.verdict(), sources.names(), tail.latest(), keys.list(), made, refused, clock.nowMillis());
    }

    @GetMapping("/system")
    ResponseEntity<String> system(HttpServletRequest request, @RequestParam @Nullable String part) {
        return switch (part) {
            case null -> pages.page(request, "system.jte", "System", shown("", ""));
            case "tail" -> pages.part("part/tail.jte", shown("", ""));
            case String other -> pages.part("part/verdict.jte", shown("", ""));
        };
    }

    @PostMapping("/system/keys")
    ResponseEntity<String> make(
            HttpServletRequest request,
            @AuthenticationPrincipal SignedIn who,
            @RequestParam String kind,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") List<String> scopes,
            @RequestParam(defaultValue = "") String holds) {
        KeyText.Kind made = switch (kind) {
            case "secret" -> KeyText.Kind.SECRET;
            case "public" -> KeyText.Kind.PUBLIC;
            default -> KeyText.Kind.WRITE;
        };
        String called = name.strip().isEmpty() ? made.name().toLowerCase(Locale.ROOT) + " key" : name.strip();
        Set<Scope> may = new TreeSet<>();
        if (made == KeyText.Kind.SECRET) {
            scopes.forEach(each -> Scope.of(each).ifPresent(may::add));
        }
        if (!holds.isEmpty() && days(holds).isEmpty()) {
            return pages.page(
                    request,
                    "system.jte",
                    "System",
                    shown("", "A key holds for 1 to 9999 days, or until it is revoked."));
        }
        if (made == KeyText.Kind.SECRET && may.isEmpty()) {
            return pages.page(
                    request,
                    "system.jte",
                    "System",
                    shown("", "A secret key needs at least one thing that it may do."));
        }
        ApiKeys.Wish wish = new ApiKeys.Wish(
                made,
                called.substring(0, Math.min(LONGEST_NAME, called.length())),
                made == KeyText.Kind.SECRET ? "" : sources.known(source),
                may,
                days(holds));
        return pages.page(
                request,
                "system.jte",
                "System",
                shown(keys.create(wish, who.actor()).text().text(), ""));
    }

    private static Optional<Duration> days(String holds) {
        return holds.matches("[1-9][0-9]{0,3}")
                ? Optional.of(Duration.ofDays(Long.parseLong(holds)))
                : Optional.empty();
    }

    @PostMapping("/system/keys/{id}/rotate")
    ResponseEntity<String> rotate(
            HttpServletRequest request, @AuthenticationPrincipal SignedIn who, @PathVariable String id) {
        return pages.page(
                request,
                "system.jte",
                "System",
                keys.rotate(id, who.actor())
                        .map(made -> shown(made.text().text(), ""))
                        .orElseGet(() -> shown("", "There is no such key that holds.")));
    }

    @PostMapping("/system/keys/{id}/revoke")
    ResponseEntity<Void> revoke(@AuthenticationPrincipal SignedIn who, @PathVariable String id) {
        keys.revoke(id, who.actor());
        return AccountPages.to("/system");
    }
}
