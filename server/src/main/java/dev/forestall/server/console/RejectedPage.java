package dev.forestall.server.console;

import dev.forestall.records.database.Tenant;
import dev.forestall.records.rejected.RejectedRecords;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What could not be used, since when, and why. */
@Controller
public final class RejectedPage {

    private static final int SAMPLES = 5;

    private final Pages pages;
    private final RejectedRecords rejections;
    private final Tenant tenant;

    public RejectedPage(Pages pages, RejectedRecords rejections, Tenant tenant) {
        this.pages = pages;
        this.rejections = rejections;
        this.tenant = tenant;
    }

    /**
     * Groups, and some of one of them.
     *
     * @param source of the group that is open; empty for none
     */
    public record Shown(
            List<RejectedRecords.Kind> groups, String source, String code, List<RejectedRecords.Kept> samples) {

        public boolean isOpen(RejectedRecords.Kind group) {
            return group.source().equals(source) && group.code().equals(code);
        }
    }

    @GetMapping("/rejected")
    ResponseEntity<String> rejected(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "") String code,
            @RequestParam @Nullable String part) {
        Shown shown = new Shown(
                rejections.kinds(tenant),
                source,
                code,
                code.isEmpty()
                        ? List.of()
                        : rejections
                                .kept(tenant, source, code, Optional.empty(), SAMPLES)
                                .rows());
        return part == null
                ? pages.page(request, "rejected.jte", "Rejected", shown)
                : pages.part("part/rejected.jte", shown);
    }
}
