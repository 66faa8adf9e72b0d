package dev.forestall.server.console;

import dev.forestall.loop.Loop;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Engine;
import dev.forestall.records.customers.Customers;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.EffectRow;
import dev.forestall.records.effects.Page;
import dev.forestall.records.effects.Timeline;
import dev.forestall.records.requests.Requests;
import dev.forestall.records.value.Values;
import dev.forestall.server.look.Found;
import dev.forestall.server.look.Looks;
import dev.forestall.server.look.Told;
import dev.forestall.views.look.Link;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;

/** Who somebody is, what happened to them, and why they were contacted, or not. */
@Controller
public final class CustomerPages {

    private static final int ROWS = 50;

    private final Pages pages;
    private final Customers customers;
    private final Timeline timeline;
    private final Requests requests;
    private final Values values;
    private final Looks looks;
    private final EffectNames names;
    private final Supplier<? extends Map<String, String>> words;
    private final Tenant tenant;

    public CustomerPages(
            Pages pages,
            Customers customers,
            Timeline timeline,
            Requests requests,
            Values values,
            Looks looks,
            Engine engine,
            Supplier<? extends Map<String, String>> words,
            Tenant tenant) {
        this.pages = pages;
        this.customers = customers;
        this.timeline = timeline;
        this.requests = requests;
        this.values = values;
        this.looks = looks;
        this.names = engine.names();
        this.words = words;
        this.tenant = tenant;
    }

    /**
     * A list of customers.
     *
     * @param searched what was searched for; empty for nothing
     * @param next the cursor of the page behind it; empty when there is none
     */
    public record Listed(List<Customers.Line> lines, String searched, String next) {}

    /**
     * One customer.
     *
     * @param focus the effect whose trace is shown; empty for none
     * @param trace what led to it, from the effect down to the events
     * @param next the cursor of earlier effects; empty when there are none
     */
    public record Shown(
            Found found,
            List<Told> timeline,
            List<Requests.Line> requests,
            List<Values.Line> values,
            String focus,
            List<TraceLine> trace,
            String next) {

        /** What is known and worth saying: that a signal is not active is not. */
        public List<Loop.Known> known() {
            return found.customer().known().stream()
                    .filter(each -> each.text().filter(text -> !text.isEmpty()).isPresent()
                            || each.text().isEmpty() && each.number() != 0 && !Double.isNaN(each.number()))
                    .toList();
        }

        public String path() {
            return CustomerPages.path(found.key());
        }
    }

    /** Where a customer's page is. */
    public static String path(String key) {
        return "/customers/" + UriUtils.encodePathSegment(key, StandardCharsets.UTF_8);
    }

    @GetMapping("/customers")
    ResponseEntity<String> list(
            HttpServletRequest request, @RequestParam @Nullable String cursor, @RequestParam @Nullable String part) {
        Page<Customers.Line> page = customers.newest(tenant, Optional.ofNullable(cursor), ROWS);
        Listed listed = new Listed(page.rows(), "", page.next().orElse(""));
        return part == null
                ? pages.page(request, "customers.jte", "Customers", listed)
                : pages.part("part/customers.jte", listed);
    }

    /** By any identifier. What was searched for stands in no address: it may be an address of a person. */
    @PostMapping("/customers")
    ResponseEntity<?> search(HttpServletRequest request, @RequestParam(name = "q") String typed) {
        String name = typed.strip();
        List<SubjectId> called = looks.called(name);
        if (called.size() == 1) {
            return AccountPages.to(path(called.getFirst().key()));
        }
        List<Customers.Line> lines = name.isEmpty() ? List.of() : customers.search(tenant, name, ROWS);
        return pages.page(request, "customers.jte", "Customers", new Listed(lines, name, ""));
    }

    @GetMapping("/customers/{name}")
    ResponseEntity<String> customer(
            HttpServletRequest request,
            @PathVariable String name,
            @RequestParam @Nullable String focus,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable String part) {
        Optional<Found> found = looks.customer(name, OptionalLong.empty());
        if (found.isEmpty()) {
            return pages.page(
                    request,
                    "mishap.jte",
                    "No such customer",
                    new Mishap(
                            "No customer is known by this name",
                            "An event has to name them first. Search by another identifier."),
                    404);
        }
        Page<EffectRow> page = timeline.of(tenant, found.get().names(), Optional.ofNullable(cursor), ROWS);
        Optional<Link> link = focus == null ? Optional.empty() : looks.trace(focus);
        List<String> keys = found.get().names().stream().map(SubjectId::key).toList();
        Shown shown = new Shown(
                found.get(),
                looks.tell(page.rows(), words.get()),
                requests.of(tenant, keys, ROWS),
                values.of(tenant, keys, ROWS),
                link.isPresent() && focus != null ? focus : "",
                link.map(each -> TraceLine.of(each, words.get(), names)).orElse(List.of()),
                page.next().orElse(""));
        return part == null
                ? pages.page(request, "customer.jte", found.get().key(), shown)
                : pages.part("part/customer.jte", shown);
    }
}
