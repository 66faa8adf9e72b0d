package dev.forestall.server.console;

import dev.forestall.loop.host.Engine;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.Timeline;
import dev.forestall.records.projection.Counts;
import dev.forestall.server.ingest.Example;
import dev.forestall.server.look.Looks;
import dev.forestall.server.look.Told;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is going on now; and before anything is, what to do first. */
@Controller
public final class NowPage {

    private static final int HAPPENING = 12;

    private final Pages pages;
    private final Counts counts;
    private final Timeline timeline;
    private final Looks looks;
    private final Engine engine;
    private final Supplier<? extends Map<String, String>> words;
    private final Tenant tenant;

    public NowPage(
            Pages pages,
            Counts counts,
            Timeline timeline,
            Looks looks,
            Engine engine,
            Supplier<? extends Map<String, String>> words,
            Tenant tenant) {
        this.pages = pages;
        this.counts = counts;
        this.timeline = timeline;
        this.looks = looks;
        this.engine = engine;
        this.words = words;
        this.tenant = tenant;
    }

    /**
     * What the page shows.
     *
     * @param steps what to do first; those that are done tick themselves
     * @param events how many were ever used
     */
    public record Now(Counts.Now counts, List<Told> happening, List<Step> steps, long events, Example example) {

        /** Whether there is still something to be shown how. */
        public boolean isNew() {
            return steps.stream().anyMatch(step -> !step.isDone());
        }

        public long number(List<Counts.Count> all) {
            return all.stream().mapToLong(Counts.Count::number).sum();
        }
    }

    /** One thing to do. */
    public record Step(String title, String detail, boolean isDone) {}

    @GetMapping("/now")
    ResponseEntity<String> now(HttpServletRequest request, @RequestParam @Nullable String part) {
        Now now = read(request);
        return part == null ? pages.page(request, "now.jte", "Now", now) : pages.part("part/now.jte", now);
    }

    private Now read(HttpServletRequest request) {
        Counts.Now counted = counts.now(tenant);
        var progress = engine.progress().counts();
        // Lines about customers are for those who may see customers.
        List<Told> happening = Pages.mayOpen(request, "/customers")
                ? looks.tell(
                        timeline.latest(tenant, Optional.empty(), HAPPENING).rows(), words.get())
                : List.of();
        URI address = URI.create(request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort());
        Example example = Example.of(engine.definition(), "WRITE_KEY", address);
        long rejected =
                progress.rejected().values().stream().mapToLong(Long::longValue).sum();
        List<Step> steps = List.of(
                new Step(
                        "Copy a write key",
                        "It was printed at the first start; another one is made under System.",
                        true),
                new Step("Send the first event", example.good(), progress.events() > 0),
                new Step(
                        "Send one that the pack does not declare, and find it under Rejected",
                        example.bad(),
                        rejected > 0),
                new Step(
                        "See the first signal",
                        "Signals rise when a pattern of the pack is met; those about silence when time has passed.",
                        counted.customers() > 0));
        return new Now(counted, happening, steps, progress.events(), example);
    }
}
