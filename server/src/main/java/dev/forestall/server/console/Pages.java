package dev.forestall.server.console;

import dev.forestall.dispatch.Scope;
import dev.forestall.dispatch.Sending;
import dev.forestall.loop.host.StorageException;
import dev.forestall.server.security.Access;
import dev.forestall.server.security.SignedIn;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;

/** Makes pages of templates. For any thread. */
public final class Pages {

    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=utf-8");

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    private final Sending sending;

    public Pages(Sending sending) {
        this.sending = sending;
    }

    /** A page around a model. */
    ResponseEntity<String> page(HttpServletRequest request, String template, String title, Object model) {
        return page(request, template, title, model, 200);
    }

    ResponseEntity<String> page(HttpServletRequest request, String template, String title, Object model, int status) {
        return answer(template, Map.of("frame", frame(request, title), "page", model), status);
    }

    /** A part of a page, to stand where it stood before. */
    ResponseEntity<String> part(String template, Object model) {
        return answer(template, Map.of("page", model), 200);
    }

    private ResponseEntity<String> answer(String template, Map<String, Object> model, int status) {
        StringOutput html = new StringOutput();
        templates.render(template, model, html);
        return ResponseEntity.status(HttpStatusCode.valueOf(status))
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .body(html.toString());
    }

    /** What everybody has to know. That it cannot be found out keeps nobody from the page. */
    private List<Frame.Banner> banners() {
        try {
            Sending.Status status = sending.status();
            List<Frame.Banner> banners = new ArrayList<>();
            for (Sending.Stop stop : status.stops()) {
                String what = stop.scope() == Scope.ALL ? "All sending" : "Sending of " + stop.name();
                banners.add(new Frame.Banner(
                        what + " was stopped by " + stop.by() + ", " + Times.full(stop.sinceMillis()) + ": "
                                + stop.reason(),
                        true));
            }
            if (status.isDryRun()) {
                banners.add(new Frame.Banner("Dry run: everything is decided, and nothing is sent.", false));
            }
            return banners;
        } catch (StorageException down) {
            return List.of();
        }
    }

    /** Goes along with whatever a page sends. */
    static String csrf(HttpServletRequest request) {
        CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return csrf == null ? "" : csrf.getToken();
    }

    /** Whether who asks may open a page. */
    static boolean mayOpen(HttpServletRequest request, String page) {
        return request.getUserPrincipal() instanceof Authentication who
                && who.getPrincipal() instanceof SignedIn signedIn
                && Access.mayOpen(page, signedIn.roles());
    }

    private Frame frame(HttpServletRequest request, String title) {
        String path = request.getServletPath();
        int second = path.indexOf('/', 1);
        String user = "";
        List<String> roles = List.of();
        if (request.getUserPrincipal() instanceof Authentication who
                && who.getPrincipal() instanceof SignedIn signedIn) {
            user = signedIn.getUsername();
            roles = signedIn.roles();
        }
        return new Frame(
                title,
                second < 0 ? path : path.substring(0, second),
                user,
                roles,
                csrf(request),
                user.isEmpty() ? List.of() : banners());
    }
}
