package dev.forestall.server.console;

import dev.forestall.server.Declined;
import dev.forestall.server.erasure.Erasures;
import dev.forestall.server.security.SignedIn;
import dev.forestall.views.Units;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Forgets a customer, from their page. */
@Controller
public final class ErasePage {

    private final Pages pages;
    private final Erasures erasures;

    public ErasePage(Pages pages, Erasures erasures) {
        this.pages = pages;
        this.erasures = erasures;
    }

    @PostMapping("/customers/{name}/erase")
    ResponseEntity<String> erase(
            HttpServletRequest request,
            @AuthenticationPrincipal SignedIn who,
            @PathVariable String name,
            @RequestParam String because) {
        if (because.isBlank()) {
            return said(request, "Nothing was erased", "Say why, in words that name nobody.", 422);
        }
        try {
            Erasures.Erasure done = erasures.erase(name, because.strip(), who.actor());
            long rows = done.rows().values().stream().mapToLong(Long::longValue).sum();
            return said(
                    request,
                    "They are erased",
                    Units.count(done.erased().names(), "name") + ", "
                            + Units.count(done.erased().effects(), "effect")
                            + " and " + Units.count(rows, "row") + " of tables can be read by nobody any more. Erasure "
                            + done.id() + " stands in the audit.",
                    200);
        } catch (Declined declined) {
            return said(
                    request,
                    "Nothing was erased",
                    declined.detail(),
                    declined.error().status());
        }
    }

    private ResponseEntity<String> said(HttpServletRequest request, String what, String next, int status) {
        return pages.page(request, "mishap.jte", "Erase", new Mishap(what, next), status);
    }
}
