package dev.forestall.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.server.TestServer;
import dev.forestall.server.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {

    private final TestServer server = TestServer.running();

    @ParameterizedTest
    @ValueSource(strings = {"/now", "/customers", "/customers/ann", "/actions", "/rejected", "/system", "/live"})
    void nothing_is_shown_to_whoever_has_not_signed_in(String path) {
        assertThat(new Visitor(server.address()).get(path).body())
                .contains("<title>Sign in")
                .doesNotContain("rail");
    }

    @Test
    void a_wrong_password_opens_nothing_and_says_no_more_than_that() {
        Visitor stranger = new Visitor(server.address());
        String nobody = stranger.submit("/login", "/login", Map.of("username", "nobody", "password", "x"));
        assertThat(nobody).contains("Name and password do not go together").doesNotContain("rail");
    }

    @Test
    void the_password_of_the_first_start_is_worth_nothing_once_it_was_replaced() {
        server.ownPassword();
        Visitor late = new Visitor(server.address());
        assertThat(late.submit("/login", "/login", Map.of("username", "admin", "password", server.password())))
                .contains("do not go together");
    }

    @Test
    void a_form_without_its_token_changes_nothing() {
        Visitor administrator = new Visitor(server.address());
        administrator.submit("/login", "/login", Map.of("username", "admin", "password", server.ownPassword()));
        assertThat(administrator.get("/system").body()).contains("Make a key");
        assertThat(administrator.post("/system/keys", "kind=secret&name=stolen").statusCode())
                .isEqualTo(403);
        assertThat(administrator.get("/system").body()).doesNotContain("stolen");
    }

    @Test
    void pages_let_nothing_run_that_is_not_ours_and_stand_in_nobodys_frame() {
        HttpResponse<String> page = new Visitor(server.address()).get("/login");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("Set-Cookie").orElse(""))
                .contains("HttpOnly")
                .contains("SameSite=Lax");
        assertThat(page.body()).doesNotContain("style=").doesNotContain("onclick");
    }
}
