package dev.forestall.server.console;

import dev.forestall.channels.webhook.WebhookChannel;
import dev.forestall.dispatch.DispatchException;
import dev.forestall.dispatch.Endpoint;
import dev.forestall.dispatch.Endpoints;
import dev.forestall.dispatch.Scope;
import dev.forestall.dispatch.Sending;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.Page;
import dev.forestall.records.requests.Requests;
import dev.forestall.server.security.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is to go out, what went, and what did not, with the reason. */
@Controller
public final class ActionPages {

    private static final int ROWS = 50;

    private final Pages pages;
    private final Requests requests;
    private final Sending sending;
    private final Endpoints endpoints;
    private final Tenant tenant;

    public ActionPages(Pages pages, Requests requests, Sending sending, Endpoints endpoints, Tenant tenant) {
        this.pages = pages;
        this.requests = requests;
        this.sending = sending;
        this.endpoints = endpoints;
        this.tenant = tenant;
    }

    /**
     * Requests, the latest first.
     *
     * @param state of those that are shown; empty for all
     * @param next the cursor of earlier ones; empty when there are none
     * @param endpoint where all is posted that has no channel of its own; empty for nowhere
     * @param secret with which the receiver of an endpoint that was just set tells its messages; empty for none. It is shown this once
     * @param problem why something was not done; empty when it was
     */
    public record Listed(
            List<Requests.Line> lines,
            String state,
            String next,
            Sending.Status sending,
            String endpoint,
            String secret,
            String problem) {

        /** Policies that are stopped, by a person or by themselves. */
        public List<Sending.Stop> stoppedPolicies() {
            return sending.stops().stream()
                    .filter(stop -> stop.scope() == Scope.POLICY)
                    .toList();
        }

        public boolean isStopped() {
            return sending.stops().stream().anyMatch(stop -> stop.scope() == Scope.ALL);
        }
    }

    @GetMapping("/actions")
    ResponseEntity<String> list(
            HttpServletRequest request,
            @RequestParam @Nullable String state,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable String part) {
        Listed listed = listed(Optional.ofNullable(state), Optional.ofNullable(cursor), "", "");
        return part == null
                ? pages.page(request, "actions.jte", "Actions", listed)
                : pages.part("part/actions.jte", listed);
    }

    private Listed listed(Optional<String> state, Optional<String> cursor, String secret, String problem) {
        Optional<String> wanted = state.filter(each -> !each.isEmpty());
        Page<Requests.Line> page = requests.latest(tenant, wanted, cursor, ROWS);
        return new Listed(
                page.rows(),
                wanted.orElse(""),
                page.next().orElse(""),
                sending.status(),
                endpoints.of(Endpoints.ALL_OTHERS).map(Endpoint::toString).orElse(""),
                secret,
                problem);
    }

    @PostMapping("/actions/dry-run")
    ResponseEntity<Void> dryRun(@AuthenticationPrincipal SignedIn who, @RequestParam boolean on) {
        sending.dryRun(on, who.actor());
        return AccountPages.to("/actions");
    }

    @PostMapping("/actions/stop")
    ResponseEntity<Void> stop(@AuthenticationPrincipal SignedIn who, @RequestParam String reason) {
        sending.stop(Scope.ALL, "", reason, who.actor());
        return AccountPages.to("/actions");
    }

    @PostMapping("/actions/resume")
    ResponseEntity<Void> resume(
            @AuthenticationPrincipal SignedIn who,
            @RequestParam String reason,
            @RequestParam(defaultValue = "") String policy) {
        if (policy.isEmpty()) {
            sending.resume(Scope.ALL, "", reason, who.actor());
        } else {
            sending.resume(Scope.POLICY, policy, reason, who.actor());
        }
        return AccountPages.to("/actions");
    }

    /** Where actions are posted. The secret is shown once. */
    @PostMapping("/actions/endpoint")
    ResponseEntity<String> endpoint(
            HttpServletRequest request, @AuthenticationPrincipal SignedIn who, @RequestParam String url) {
        String secret = WebhookChannel.newSecret();
        try {
            endpoints.set(Endpoints.ALL_OTHERS, url.strip(), secret, who.actor());
        } catch (DispatchException | IllegalArgumentException wrong) {
            Listed refused = listed(Optional.empty(), Optional.empty(), "", String.valueOf(wrong.getMessage()));
            return pages.page(request, "actions.jte", "Actions", refused, 422);
        }
        return pages.page(request, "actions.jte", "Actions", listed(Optional.empty(), Optional.empty(), secret, ""));
    }

    @GetMapping("/actions/{id}")
    ResponseEntity<String> one(HttpServletRequest request, @PathVariable String id) {
        return requests.find(tenant, id)
                .map(found -> pages.page(request, "action.jte", "Action " + id, found))
                .orElseGet(() -> pages.page(
                        request,
                        "mishap.jte",
                        "No such action",
                        new Mishap(
                                "There is no request of this id",
                                "Look for it under Actions, or on the customer's page."),
                        404));
    }
}
