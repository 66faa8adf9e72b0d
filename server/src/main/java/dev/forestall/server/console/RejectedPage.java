package dev.forestall.server.console;

import dev.forestall.loop.host.Difference;
import dev.forestall.records.rejected.RejectedRecords;
import dev.forestall.server.Declined;
import dev.forestall.server.definitions.Definitions;
import dev.forestall.server.definitions.Deployment;
import dev.forestall.server.ingest.Again;
import dev.forestall.server.rejected.Masked;
import dev.forestall.server.rejected.Rejections;
import dev.forestall.server.security.SignedIn;
import dev.forestall.views.Units;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What could not be used, since when, why, and what can be done about it. */
@Controller
public final class RejectedPage {

    private static final int SAMPLES = 5;
    private static final long PATIENCE_SECONDS = 20;

    private final Pages pages;
    private final Rejections rejections;
    private final Definitions definitions;

    public RejectedPage(Pages pages, Rejections rejections, Definitions definitions) {
        this.pages = pages;
        this.rejections = rejections;
        this.definitions = definitions;
    }

    /**
     * Groups, and some of one of them.
     *
     * @param source of the group that is open; empty for none
     * @param said what was done last, in words; empty when nothing was
     */
    public record Shown(
            List<RejectedRecords.Kind> groups,
            String source,
            String code,
            List<RejectedRecords.Kept> samples,
            String said,
            String csrf) {

        public boolean isOpen(RejectedRecords.Kind group) {
            return group.source().equals(source) && group.code().equals(code);
        }

        public boolean isDeclarable() {
            return Rejections.isDeclarable(code);
        }

        /** What was sent, without what may be personal. */
        public String masked(RejectedRecords.Kept sample) {
            return Masked.of(sample.raw());
        }
    }

    /** A change of the pack that would let a rejected event be one. @param problem why it was not deployed; empty when nobody tried */
    public record Drafted(Rejections.Draft draft, String record, String problem) {

        /** What becomes of declarations, in words. */
        public List<Map.Entry<String, Difference.Fate>> changes() {
            return draft.candidate().difference().map(Definitions::changes).orElse(List.of());
        }
    }

    @GetMapping("/rejected")
    ResponseEntity<String> rejected(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") String code,
            @RequestParam @Nullable String part) {
        return part == null
                ? page(request, source, code, "")
                : pages.part("part/rejected.jte", shown(request, source, code, ""));
    }

    private ResponseEntity<String> page(HttpServletRequest request, String source, String code, String said) {
        return pages.page(request, "rejected.jte", "Rejected", shown(request, source, code, said));
    }

    private Shown shown(HttpServletRequest request, String source, String code, String said) {
        return new Shown(
                rejections.kinds(),
                source,
                code,
                code.isEmpty()
                        ? List.of()
                        : rejections
                                .kept(source, code, Optional.empty(), SAMPLES)
                                .rows(),
                said,
                Pages.csrf(request));
    }

    @PostMapping("/rejected/replay")
    ResponseEntity<String> replay(HttpServletRequest request, @RequestParam String source, @RequestParam String code) {
        try {
            Again.Result result = rejections.replay(source, code);
            return page(
                    request,
                    source,
                    code,
                    Units.count(result.used(), "record") + " went through the loop, " + Units.count(result.left())
                            + " still cannot be used.");
        } catch (Declined declined) {
            return page(request, source, code, declined.detail());
        }
    }

    @PostMapping("/rejected/declare")
    ResponseEntity<String> declare(HttpServletRequest request, @RequestParam String record) {
        return drafted(request, record, "");
    }

    private ResponseEntity<String> drafted(HttpServletRequest request, String record, String problem) {
        try {
            Drafted drafted = new Drafted(rejections.declare(record), record, problem);
            return pages.page(
                    request,
                    "declare.jte",
                    "Declare " + drafted.draft().event(),
                    drafted,
                    problem.isEmpty() ? 200 : 409);
        } catch (Declined declined) {
            return pages.page(
                    request,
                    "mishap.jte",
                    "Nothing to declare",
                    new Mishap("It cannot be declared", declined.detail()),
                    declined.error().status());
        }
    }

    @PostMapping("/rejected/deploy")
    ResponseEntity<String> deploy(
            HttpServletRequest request,
            @AuthenticationPrincipal SignedIn who,
            @RequestParam String record,
            @RequestParam String id,
            @RequestParam String replaces,
            @RequestParam String because) {
        try {
            Deployment done = definitions
                    .deploy(id, new Definitions.Wish(who.actor(), because, Optional.of(replaces)))
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (done.state() == Deployment.State.FAILED) {
                return drafted(request, record, done.detail());
            }
            RejectedRecords.Kept kept = rejections.one(record);
            return page(
                    request,
                    kept.source(),
                    kept.code(),
                    "It is in force. What was rejected of it can be read again now.");
        } catch (TimeoutException later) {
            return page(request, "", "", "It is taking over; it takes longer, for the log is long.");
        } catch (Declined declined) {
            return drafted(request, record, declined.detail());
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a deployment answers, also when it fails", failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return page(request, "", "", "The server stops.");
        }
    }
}
