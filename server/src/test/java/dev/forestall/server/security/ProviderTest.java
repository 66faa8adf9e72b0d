package dev.forestall.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.server.ServerProcess;
import dev.forestall.server.Visitor;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People sign in by an identity provider. */
class ProviderTest {

    private static final MockOAuth2Server PROVIDER = new MockOAuth2Server();
    private static final String START = "/oauth2/authorization/oidc";

    @TempDir
    private static Path data;

    private static ServerProcess server;

    @BeforeAll
    static void starts() throws Exception {
        PROVIDER.start();
        server = ServerProcess.start(
                data,
                Map.of(
                        "FORESTALL_OIDC_ISSUER",
                        PROVIDER.issuerUrl("house").toString().replace("localhost", "127.0.0.1"),
                        "FORESTALL_OIDC_CLIENT_ID",
                        "forestall",
                        "FORESTALL_OIDC_CLIENT_SECRET",
                        "a secret",
                        "FORESTALL_OIDC_ROLES",
                        "fraud=auditor,care=agent"));
    }

    @AfterAll
    static void ends() {
        server.close();
        PROVIDER.shutdown();
    }

    private static HttpResponse<String> comes(Visitor visitor, String name, List<String> groups) {
        PROVIDER.enqueueCallback(new DefaultOAuth2TokenCallback(
                "house",
                "subject of " + name,
                "JWT",
                List.of("forestall"),
                Map.of("preferred_username", name, "groups", groups),
                3_600));
        return visitor.get(START);
    }

    @Test
    void who_comes_from_the_provider_is_what_their_group_says_each_time_anew() {
        assertThat(new Visitor(server.address()).get("/login").body()).contains(START);
        Visitor visitor = new Visitor(server.address());
        assertThat(comes(visitor, "pia", List.of("canteen", "care")).body()).contains("<title>Now");
        assertThat(visitor.get("/customers").statusCode()).isEqualTo(200);
        assertThat(visitor.get("/system").statusCode()).isEqualTo(403);
        Visitor later = new Visitor(server.address());
        comes(later, "pia", List.of("fraud"));
        assertThat(later.get("/system/audit").body())
                .contains("login.succeeded")
                .contains("user.role")
                .contains("pia");
        // The role of before is gone, and with it the session.
        assertThat(visitor.get("/customers").body()).contains("<title>Sign in");
    }

    @Test
    void who_has_no_group_that_counts_or_a_name_of_ours_does_not_get_in() {
        Visitor nobody = new Visitor(server.address());
        assertThat(comes(nobody, "paul", List.of("canteen")).body()).contains("have no role here");
        assertThat(nobody.get("/now").body()).contains("<title>Sign in");
        Visitor admin = new Visitor(server.address());
        assertThat(comes(admin, "admin", List.of("fraud")).body()).contains("have no role here");
        assertThat(admin.get("/now").body()).contains("<title>Sign in");
    }

    @Test
    void an_answer_that_nobody_asked_for_is_refused() {
        Visitor visitor = new Visitor(server.address());
        HttpResponse<String> answer = visitor.get("/login/oauth2/code/oidc?code=stolen&state=made-up");
        assertThat(answer.body()).contains("did not let you in");
    }
}
