package dev.forestall.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Request;
import dev.forestall.server.TestServer;
import dev.forestall.server.console.Browsers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page of a shop with our script in it, in a real browser. */
class SnippetTest {

    private static final TestServer SERVER = TestServer.running();
    private static final int LARGEST = 5 << 10;

    private static Playwright playwright;
    private static Browser browser;
    private static URI shop;

    private final List<String> complaints = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void open_a_shop() {
        SERVER.inTheConsole("/actions", "/actions/dry-run", Map.of("on", "false"));
        String made = SERVER.inTheConsole("/system", "/system/keys", Map.of("kind", "public", "name", "in a page"));
        Matcher key = Pattern.compile("(fp_[0-9A-Za-z]{36})").matcher(made);
        assertThat(key.find()).isTrue();
        String integrity = SnippetServlet.integrity(script().getBytes(StandardCharsets.UTF_8));
        shop = SERVER.receiver().page("shop", """
                <!doctype html><html lang="en"><title>A shop</title><link rel="icon" href="data:,">
                <script src="%s/s.js" data-key="%s" integrity="%s" crossorigin="anonymous"></script>
                <button id="pay">Pay</button><form id="f" onsubmit="return false"><input name="card"><button>Send</button></form>
                <div id="help"></div>
                <script>forestall.on('help-panel', function (it) { document.getElementById('help').textContent = it.action; });</script>
                """.formatted(SERVER.address(), key.group(1), integrity));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = Browsers.launch(playwright);
    }

    @AfterAll
    static void close_the_browser() {
        browser.close();
        playwright.close();
        SERVER.inTheConsole("/actions", "/actions/dry-run", Map.of("on", "true"));
    }

    private static String script() {
        HttpResponse<String> script = SERVER.send(SERVER.request("/s.js").GET());
        assertThat(script.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
        return script.body();
    }

    @BeforeEach
    void visit() {
        context = browser.newContext();
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(this::note);
        page.navigate(shop.toString());
    }

    private void note(Request request) {
        if (request.url().endsWith("/v1/b")) {
            sent.add(String.valueOf(request.postData()));
        }
    }

    @AfterEach
    void leave() {
        context.close();
        assertThat(complaints).isEmpty();
    }

    private String stored() {
        return String.valueOf(page.evaluate("JSON.stringify([Object.keys(localStorage).sort(), document.cookie])"));
    }

    @Test
    void it_is_small() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(script().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(packed.size()).isLessThan(LARGEST);
    }

    @Test
    void before_consent_nothing_is_stored_or_told_and_the_page_is_answered_all_the_same() {
        Object answer =
                page.evaluate("forestall.decide('offer_help').then(it => it.reason + ' ' + it.decision.length)");
        assertThat(answer).isIn("TARGETING_MATCH 16", "SPLIT 16");
        for (int i = 0; i < 3; i++) {
            page.click("#pay");
        }
        assertThat(stored()).isEqualTo("[[],\"\"]");
        assertThat(sent).isEmpty();
    }

    @Test
    void after_consent_it_says_what_the_visitor_does_and_knows_them_again() {
        page.waitForResponse("**/v1/b", () -> page.evaluate("forestall.consent({analytics: true})"));
        assertThat(stored()).isEqualTo("[[\"forestall.consent\",\"forestall.id\"],\"\"]");
        String visitor = String.valueOf(page.evaluate("localStorage.getItem('forestall.id')"));
        page.waitForResponse("**/v1/b", () -> {
            page.fill("[name=card]", "4111");
            for (int i = 0; i < 3; i++) {
                page.click("#pay");
            }
        });
        assertThat(sent.getLast()).contains("rage_click").contains("button#pay").doesNotContain("4111");
        assertThat(found(visitor)).contains("visitorId:" + visitor);
        page.navigate(shop.toString());
        assertThat(page.evaluate("localStorage.getItem('forestall.id')")).isEqualTo(visitor);
        page.evaluate("forestall.consent({analytics: false})");
        assertThat(stored()).isEqualTo("[[],\"\"]");
    }

    private static String found(String visitor) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (System.nanoTime() < end) {
            HttpResponse<String> customer = SERVER.api("/api/v1/customers/visitorId:" + visitor);
            if (customer.statusCode() == 200) {
                return customer.body();
            }
        }
        throw new AssertionError("the visitor did not arrive");
    }

    @Test
    void what_is_to_be_shown_is_handed_to_the_page() {
        for (int i = 0; i < 50; i++) {
            page.evaluate("forestall.reset()");
            Object reason = page.evaluate("forestall.decide('offer_help').then(it => it.reason)");
            if ("TARGETING_MATCH".equals(reason)) {
                assertThat(page.textContent("#help")).isEqualTo("help");
                return;
            }
            assertThat(page.textContent("#help")).isEmpty();
        }
        throw new AssertionError("of fifty visitors all are in the control group");
    }

    @Test
    void an_offer_is_reported_as_shown_by_the_page() {
        int status = page.waitForResponse(
                        "**/v1/b",
                        () -> page.evaluate("forestall.offers().then(all => forestall.shown(all[0].decision))"))
                .status();
        assertThat(status).isEqualTo(200);
        assertThat(sent.getLast()).contains("decision_shown");
    }

    @Test
    void an_answer_that_does_not_come_leaves_the_page_as_it_is() {
        complaints.clear();
        assertThat(page.evaluate("forestall.decide('no_such').then(it => it.action + ' ' + it.reason)"))
                .isEqualTo("nothing ERROR");
        // The browser itself notes the status 404.
        complaints.removeIf(each -> each.contains("404"));
    }
}
