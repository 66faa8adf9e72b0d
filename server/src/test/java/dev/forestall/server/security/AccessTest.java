package dev.forestall.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.server.TestServer;
import dev.forestall.server.Visitor;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each role, on each page and each address of the API. */
class AccessTest {

    private static final Pattern PASSWORD = Pattern.compile("<code id=\"password\">([^<]+)</code>");
    private static final Pattern KEY = Pattern.compile("(fs_[0-9A-Za-z]{36})");
    private static final TestServer SERVER = TestServer.running();
    private static final Map<Role, Visitor> VISITORS = new EnumMap<>(Role.class);

    @BeforeAll
    static void everybodySignsIn() {
        for (Role role : Role.values()) {
            VISITORS.put(role, signedIn("a-" + role.word(), role));
        }
    }

    private static String added(String name, Role role) {
        String page = SERVER.inTheConsole("/system/users", "/system/users", Map.of("name", name, "role", role.word()));
        Matcher password = PASSWORD.matcher(page);
        assertThat(password.find()).as(page).isTrue();
        return password.group(1);
    }

    private static Visitor signedIn(String name, Role role) {
        Visitor visitor = new Visitor(SERVER.address());
        visitor.submit("/login", "/login", Map.of("username", name, "password", added(name, role)));
        String own = "a password of " + name;
        visitor.submit("/account/password", "/account/password", Map.of("password", own, "again", own));
        return visitor;
    }

    private static Set<Role> whoMayOpen(String path) {
        Set<Role> may = new TreeSet<>();
        VISITORS.forEach((role, visitor) -> {
            int status = visitor.get(path).statusCode();
            assertThat(status).as(role + " at " + path).isIn(200, 400, 403, 404);
            if (status != 403) {
                may.add(role);
            }
        });
        return may;
    }

    @Test
    void each_role_sees_what_is_theirs() {
        assertThat(whoMayOpen("/now")).containsExactly(Role.values());
        assertThat(whoMayOpen("/customers")).doesNotContain(Role.FINANCE).hasSize(7);
        assertThat(whoMayOpen("/actions"))
                .doesNotContain(Role.FINANCE, Role.AGENT)
                .hasSize(6);
        assertThat(whoMayOpen("/value"))
                .doesNotContain(Role.OPERATOR, Role.AGENT)
                .hasSize(6);
        assertThat(whoMayOpen("/system"))
                .containsExactly(Role.ADMINISTRATOR, Role.DESIGNER, Role.OPERATOR, Role.AUDITOR);
        assertThat(whoMayOpen("/system/users")).containsExactly(Role.ADMINISTRATOR);
        assertThat(whoMayOpen("/system/audit")).containsExactly(Role.ADMINISTRATOR, Role.AUDITOR);
        assertThat(whoMayOpen("/api/v1/customers")).isEqualTo(whoMayOpen("/customers"));
        assertThat(whoMayOpen("/api/v1/value")).isEqualTo(whoMayOpen("/value"));
    }

    @Test
    void the_menu_shows_what_one_may_open() {
        assertThat(visitor(Role.FINANCE).get("/now").body())
                .contains("href=\"/value\"")
                .doesNotContain("data-key=\"c\"")
                .doesNotContain("data-key=\"s\"");
        assertThat(visitor(Role.ADMINISTRATOR).get("/now").body()).contains("data-key=\"c\"");
    }

    @Test
    void changes_are_for_few() {
        for (Role role : Role.values()) {
            boolean mayStop = Set.of(Role.ADMINISTRATOR, Role.DESIGNER, Role.OPERATOR, Role.TEAM_LEAD)
                    .contains(role);
            assertThat(changed(role, "/actions/stop", "because=the+test+of+" + role.word()))
                    .as(role + " stops")
                    .isEqualTo(mayStop);
            assertThat(changed(role, "/actions/resume", "")).isEqualTo(mayStop);
            assertThat(changed(role, "/system/keys", "kind=write&name=of+" + role.word()))
                    .as(role + " makes a key")
                    .isEqualTo(role == Role.ADMINISTRATOR);
        }
    }

    private static Visitor visitor(Role role) {
        return Objects.requireNonNull(VISITORS.get(role), "somebody of each role has signed in");
    }

    /** Whether a form was taken; its token is that of the page on which one signs out. */
    private static boolean changed(Role role, String action, String form) {
        Visitor visitor = visitor(role);
        Matcher csrf = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(visitor.get("/now").body());
        assertThat(csrf.find()).isTrue();
        HttpResponse<String> answer = visitor.post(
                action, "_csrf=" + csrf.group(1).replace("+", "%2B").replace("=", "%3D") + "&" + form);
        return answer.statusCode() != 403;
    }

    /** A key with one scope, made in the console. */
    private static String key(Scope scope) {
        String page = SERVER.inTheConsole(
                "/system",
                "/system/keys",
                Map.of("kind", "secret", "name", "only " + scope.inWords(), "scopes", scope.key()));
        Matcher key = KEY.matcher(page);
        assertThat(key.find()).as(page).isTrue();
        return key.group(1);
    }

    private static int asked(String path, String key) {
        return SERVER.send(SERVER.request(path)
                        .header("Authorization", "Bearer " + key)
                        .GET())
                .statusCode();
    }

    @Test
    void a_key_reads_what_its_scopes_name_and_nothing_else() {
        Map<String, Scope> needed = new TreeMap<>(Map.of(
                "/api/v1/customers", Scope.CUSTOMERS_READ,
                "/api/v1/alerts", Scope.CUSTOMERS_READ,
                "/api/v1/action-requests", Scope.CUSTOMERS_READ,
                "/api/v1/value", Scope.VALUE_READ,
                "/api/v1/definitions", Scope.DEFINITIONS_WRITE,
                "/api/v1/rejected", Scope.DEFINITIONS_WRITE,
                "/api/v1/erasures", Scope.ADMIN,
                "/metrics", Scope.METRICS_READ));
        for (Scope scope : Scope.values()) {
            String key = key(scope);
            needed.forEach((path, its) -> assertThat(asked(path, key))
                    .as("%s with %s", path, scope.key())
                    .isEqualTo(scope == its || scope == Scope.ADMIN ? 200 : 403));
        }
    }

    @Test
    void every_address_of_the_api_is_closed_to_a_key_of_another_scope() {
        String none = key(Scope.METRICS_READ);
        SERVER.addresses().stream()
                .filter(address -> address.path().startsWith("/api/"))
                .filter(address -> !address.path().endsWith("openapi.json"))
                .forEach(address -> {
                    String path = address.path().replaceAll("\\{[^}]*}", "x");
                    int status = SERVER.send(SERVER.request(path)
                                    .header("Authorization", "Bearer " + none)
                                    .method(address.method(), HttpRequest.BodyPublishers.noBody()))
                            .statusCode();
                    assertThat(status).as(address.method() + " " + path).isEqualTo(403);
                });
    }

    @Test
    void a_key_that_is_rotated_goes_on_for_a_while_and_one_that_is_revoked_does_not() {
        String old = key(Scope.VALUE_READ);
        String page = SERVER.page("/system");
        Matcher row = Pattern.compile(
                        "(?s)" + Pattern.quote(old.substring(0, 7)) + ".*?/system/keys/([0-9a-z]+)/rotate")
                .matcher(page);
        assertThat(row.find()).isTrue();
        String id = row.group(1);
        Matcher made = KEY.matcher(SERVER.inTheConsole("/system", "/system/keys/" + id + "/rotate", Map.of()));
        assertThat(made.find()).isTrue();
        assertThat(asked("/api/v1/value", old)).isEqualTo(200);
        assertThat(asked("/api/v1/value", made.group(1))).isEqualTo(200);
        assertThat(asked("/api/v1/customers", made.group(1))).isEqualTo(403);
        SERVER.inTheConsole("/system", "/system/keys/" + id + "/revoke", Map.of());
        assertThat(asked("/api/v1/value", old)).isEqualTo(401);
        assertThat(SERVER.page("/system/audit")).contains("key.rotated").contains("key.revoked");
    }

    @Test
    void logins_and_what_is_changed_about_sending_stand_in_the_audit() {
        signedIn("a-clerk", Role.OPERATOR);
        new Visitor(SERVER.address())
                .submit("/login", "/login", Map.of("username", "a-clerk", "password", "not this one"));
        new Visitor(SERVER.address())
                .submit("/login", "/login", Map.of("username", "a password by mistake", "password", "x"));
        SERVER.inTheConsole("/actions", "/actions/stop", Map.of("reason", "a fire drill"));
        SERVER.inTheConsole("/actions", "/actions/resume", Map.of("reason", "it is over"));
        assertThat(SERVER.page("/system/audit"))
                .contains("login.succeeded")
                .contains("login.failed")
                .contains("an unknown name")
                .doesNotContain("a password by mistake")
                .contains("sending.stopped")
                .contains("a fire drill")
                .contains("sending.resumed");
    }

    @Test
    void somebody_becomes_something_else_and_is_signed_out() {
        Visitor clerk = signedIn("a-mover", Role.ANALYST);
        SERVER.inTheConsole("/system/users", "/system/users/a-mover/role", Map.of("role", "finance"));
        assertThat(clerk.get("/customers").body()).contains("<title>Sign in");
        clerk.submit("/login", "/login", Map.of("username", "a-mover", "password", "a password of a-mover"));
        assertThat(clerk.get("/customers").statusCode()).isEqualTo(403);
        assertThat(SERVER.page("/system/audit")).contains("user.role");
    }

    @Test
    void what_a_browser_sends_from_another_site_changes_nothing() {
        for (Map.Entry<String, String> said : Map.of(
                        "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site")
                .entrySet()) {
            HttpResponse<String> answer = SERVER.send(SERVER.request("/login")
                    .header(said.getKey(), said.getValue())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("username=admin&password=x")));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("another site");
        }
    }

    @Test
    void a_trusted_proxy_is_believed_whom_it_speaks_for() {
        SERVER.send(SERVER.request("/login")
                .header("X-Forwarded-For", "203.0.113.9")
                .GET());
        HttpResponse<String> page = SERVER.send(SERVER.request("/login").GET());
        Matcher csrf = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(csrf.find()).isTrue();
        String cookie = page.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        SERVER.send(SERVER.request("/login")
                .header("X-Forwarded-For", "203.0.113.9")
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("username=nobody-at-all&password=x&_csrf="
                        + java.net.URLEncoder.encode(csrf.group(1), java.nio.charset.StandardCharsets.UTF_8))));
        assertThat(SERVER.page("/system/audit")).contains("from 203.0.113.9");
    }

    @Test
    void an_end_that_makes_no_sense_makes_no_key() {
        assertThat(SERVER.inTheConsole(
                        "/system",
                        "/system/keys",
                        Map.of("kind", "secret", "name", "for long", "scopes", "admin", "holds", "1.5")))
                .contains("A key holds for 1 to 9999 days")
                .doesNotContain("id=\"made\"");
    }

    @Test
    void a_secret_key_for_nothing_is_not_made() {
        assertThat(SERVER.inTheConsole("/system", "/system/keys", Map.of("kind", "secret", "name", "for nothing")))
                .contains("needs at least one thing that it may do")
                .doesNotContain("id=\"made\"");
    }

    @Test
    void every_address_of_the_server_is_in_the_table() {
        List<String> forgotten = new ArrayList<>();
        SERVER.addresses().forEach(address -> {
            if (!Access.isListed(address.method(), address.path())) {
                forgotten.add(address.method() + " " + address.path());
            }
        });
        assertThat(forgotten).isEmpty();
    }

    @Test
    void who_is_disabled_is_out_at_once_and_may_come_back() {
        Visitor leaver = signedIn("a-leaver", Role.ANALYST);
        assertThat(leaver.get("/customers").body()).contains("<title>Customers");
        SERVER.inTheConsole("/system/users", "/system/users/a-leaver/disable", Map.of());
        assertThat(leaver.get("/customers").body()).contains("<title>Sign in");
        assertThat(leaver.submit(
                        "/login", "/login", Map.of("username", "a-leaver", "password", "a password of a-leaver")))
                .contains("do not go together");
        SERVER.inTheConsole("/system/users", "/system/users/a-leaver/enable", Map.of());
        assertThat(leaver.submit(
                        "/login", "/login", Map.of("username", "a-leaver", "password", "a password of a-leaver")))
                .contains("<title>Now");
    }

    @Test
    void a_reset_ends_what_is_open() {
        Visitor forgetful = signedIn("a-forgetful", Role.AGENT);
        String page = SERVER.inTheConsole("/system/users", "/system/users/a-forgetful/reset", Map.of());
        assertThat(PASSWORD.matcher(page).find()).isTrue();
        assertThat(forgetful.get("/customers").body()).contains("<title>Sign in");
    }

    @Test
    void a_password_that_somebody_else_chose_opens_nothing_but_the_page_to_choose_one() {
        Visitor early = new Visitor(SERVER.address());
        early.submit(
                "/login", "/login", Map.of("username", "a-early", "password", added("a-early", Role.ADMINISTRATOR)));
        assertThat(early.get("/now").body()).contains("<title>Choose a password");
        assertThat(early.get("/api/v1/customers").statusCode()).isEqualTo(403);
        assertThat(early.get("/live").statusCode()).isEqualTo(204);
    }

    @Test
    void nobody_is_nobody() {
        assertThat(SERVER.inTheConsole("/system/users", "/system/users/a-nobody/reset", Map.of()))
                .contains("There is nobody called a-nobody");
        assertThat(SERVER.inTheConsole("/system/users", "/system/users/a-nobody/disable", Map.of()))
                .contains("There is nobody called a-nobody");
    }

    @Test
    void names_and_roles_that_are_none_are_refused() {
        assertThat(SERVER.inTheConsole("/system/users", "/system/users", Map.of("name", "a b", "role", "agent")))
                .contains("A name has letters");
        assertThat(SERVER.inTheConsole("/system/users", "/system/users", Map.of("name", "king", "role", "king")))
                .contains("There is no role king");
        assertThat(SERVER.inTheConsole("/system/users", "/system/users", Map.of("name", "a-agent", "role", "agent")))
                .contains("already");
        assertThat(SERVER.inTheConsole("/system/users", "/system/users/admin/disable", Map.of()))
                .contains("Nobody disables themselves");
    }

    @Test
    void the_audit_says_who_added_whom_and_holds() {
        String audit = visitor(Role.AUDITOR).get("/system/audit").body();
        assertThat(audit).contains("user.added").contains("a-auditor").contains("each follows from the one before");
    }
}
