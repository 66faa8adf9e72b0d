package dev.forestall.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.forestall.server.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages, in a real browser: what somebody does on their first day. Pictures of them are kept in {@code target/pages}. */
class ConsoleTest {

    private static final Path PICTURES = Path.of("target/pages");
    private static final TestServer SERVER = TestServer.running();
    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void open_a_browser() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(java.util.Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = Browsers.launch(playwright);
    }

    @AfterAll
    static void close_the_browser() {
        browser.close();
        playwright.close();
    }

    @BeforeEach
    void sign_in() {
        context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(SERVER.address().toString())
                .setViewportSize(1280, 900));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate("/");
        page.getByLabel("Name").fill("admin");
        page.getByLabel("Password").fill(SERVER.ownPassword());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        assertThat(page).hasTitle("Now · Forestall");
    }

    @AfterEach
    void nothing_was_complained_about() {
        context.close();
        assertThat(complaints).isEmpty();
    }

    @Test
    void what_is_sent_is_seen_without_loading_the_page_again() {
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Live");
        SERVER.submitted("ines");
        assertThat(page.getByRole(
                                AriaRole.LINK,
                                new Page.GetByRoleOptions().setName("ines").setExact(true))
                        .first())
                .isVisible();
    }

    @Test
    void a_customer_is_found_by_their_identifier_and_each_thing_leads_back_to_what_the_request_said() {
        SERVER.submitted("jana");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Customers"))
                .click();
        page.getByLabel("Any identifier").fill("jana");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/customers/jana"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("Why: ")))
                .first()
                .click();
        var trace = page.locator("ol.trace");
        assertThat(trace).containsText("event application_submitted from app");
        assertThat(trace).containsText("amount = 12000.00 EUR");
        assertThat(trace).containsText("shop = 7 (not declared)");
        assertThat(trace).containsText("messageId first of jana");
        keep("customer");
    }

    @Test
    void a_customers_page_shows_what_comes_while_it_is_open() {
        SERVER.submitted("kira");
        page.navigate("/customers/kira");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Live");
        SERVER.post("/v1/track", "{\"userId\":\"kira\",\"event\":\"application_preaccepted\"}");
        assertThat(page.getByText("application_preaccepted").first()).isVisible();
    }

    @Test
    void what_is_rejected_is_seen_coming_in_and_stands_under_rejected_with_its_reason() {
        page.navigate("/system");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Live");
        SERVER.post("/v1/track", "{\"userId\":\"lena\",\"event\":\"offer_snet\"}");
        assertThat(page.getByText("maybe 'offer_sent'?").first()).isVisible();
        keep("system");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Rejected"))
                .click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("EVT-001"))
                .click();
        assertThat(page.locator("pre").first()).containsText("offer_snet");
        keep("rejected");
    }

    @Test
    void an_event_is_declared_deployed_and_used_by_the_keyboard_alone() {
        SERVER.post("/v1/track", "{\"userId\":\"mona\",\"event\":\"Chat Left\",\"properties\":{\"phone\":\"0170 1\"}}");
        page.navigate("/rejected?source=app&code=EVT-001");
        assertThat(page.locator("pre").first()).containsText("Chat Left");
        assertThat(page.locator("pre").first()).not().containsText("0170");
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Declare this event")))
                .first()
                .focus();
        page.keyboard().press("Enter");
        assertThat(page).hasTitle("Declare Chat Left · Forestall");
        assertThat(page.locator("pre").first()).containsText("phone: { type: string, personal: true }");
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
        keep("declare");
        page.getByLabel("Why").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#said")).containsText("It is in force");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Read them again"))
                .focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#said")).containsText("1 record went through the loop");
        keep("rejected-again");
    }

    @Test
    void a_key_is_shown_once_and_worth_nothing_once_it_is_revoked() {
        page.navigate("/system");
        page.getByLabel("Called").fill("of the shop");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Make a key"))
                .click();
        String key = page.locator("#made").textContent();
        assertThat(key).startsWith("fw_");
        page.navigate("/system");
        assertThat(page.content()).doesNotContain(key);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke of the shop"))
                .click();
        assertThat(page.getByText("revoked", new Page.GetByTextOptions().setExact(true))
                        .first())
                .isVisible();
        assertThat(SERVER.send(SERVER.request("/v1/track")
                                .header("Authorization", TestServer.basic(key))
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void pages_are_reached_by_keys_alone() {
        press("g", "j");
        assertThat(page).hasTitle("Rejected · Forestall");
        press("/");
        assertThat(page).hasTitle("Customers · Forestall");
        press("/");
        assertThat(page.getByLabel("Any identifier")).isFocused();
    }

    /** What hears keys is there when the page says that it is live. */
    private void press(String... keys) {
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Live");
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    @Test
    void every_page_can_be_used_by_everybody_wide_and_narrow_light_and_dark() {
        SERVER.submitted("mona");
        List<String> found = new ArrayList<>();
        for (String path :
                List.of("/now", "/customers", "/customers/mona", "/actions", "/value", "/rejected", "/system")) {
            look(path, 1280, ColorScheme.LIGHT, found);
            look(path, 360, ColorScheme.DARK, found);
        }
        assertThat(found).isEmpty();
    }

    private void look(String path, int width, ColorScheme scheme, List<String> found) {
        page.setViewportSize(width, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.navigate(path);
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Live");
        for (Rule rule : new AxeBuilder(page).analyze().getViolations()) {
            found.add(path + " at " + width + ": " + rule.getId() + ", " + rule.getHelp() + ": "
                    + rule.getNodes().getFirst().getHtml());
        }
        Object overflow = page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
        if (Boolean.TRUE.equals(overflow)) {
            found.add(path + " at " + width + " scrolls sideways");
        }
        keep(path.substring(1).replace('/', '-') + "-" + width);
    }

    private void keep(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }
}
