package dev.forestall.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.server.TestServer;
import dev.openfeature.contrib.providers.ofrep.OfrepProvider;
import dev.openfeature.contrib.providers.ofrep.OfrepProviderOptions;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages and apps ask what to show, as OpenFeature's clients do. */
class FlagsTest {

    private static final String ONE = "/ofrep/v1/evaluate/flags/offer_help";
    private static final String ALL = "/ofrep/v1/evaluate/flags";
    private static final Pattern DECISION = Pattern.compile("\"decision\":\"([0-9a-z]{16})\"");
    private static final Pattern PUBLIC_KEY = Pattern.compile("(fp_[0-9A-Za-z]{36})");

    private final TestServer server = TestServer.running();

    @BeforeAll
    static void lets_things_be_shown() {
        TestServer.running().inTheConsole("/actions", "/actions/dry-run", Map.of("on", "false"));
    }

    @AfterAll
    static void leaves_the_server_as_it_was() {
        OpenFeatureAPI.getInstance().shutdown();
        // Others begin with a new installation's dry run.
        TestServer.running().inTheConsole("/actions", "/actions/dry-run", Map.of("on", "true"));
    }

    private HttpResponse<String> ask(String path, String key, String context, String... headers) {
        HttpRequest.Builder request = server.request(path).header("Authorization", "Bearer " + key);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return server.send(request.POST(BodyPublishers.ofString("{\"context\":" + context + "}")));
    }

    private HttpResponse<String> about(String path, String target, String... headers) {
        return ask(path, server.secretKey(), "{\"targetingKey\":\"" + target + "\"}", headers);
    }

    private String publicKey() {
        String page = server.inTheConsole("/system", "/system/keys", Map.of("kind", "public", "name", "of a page"));
        return found(PUBLIC_KEY, page);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    /** Somebody who is in no control group: a tenth is. */
    private String treated(String prefix) {
        for (int i = 0; i < 50; i++) {
            if (about(ONE, prefix + i).body().contains("\"reason\":\"TARGETING_MATCH\"")) {
                return prefix + i;
            }
        }
        throw new AssertionError("of fifty customers all are in the control group");
    }

    @Test
    void openfeatures_own_client_is_answered() {
        OpenFeatureAPI.getInstance()
                .setProviderAndWait(OfrepProvider.constructProvider(OfrepProviderOptions.builder()
                        .baseUrl(server.address().toString())
                        .headers(com.google.common.collect.ImmutableMap.of(
                                "Authorization",
                                com.google.common.collect.ImmutableList.of("Bearer " + server.secretKey())))
                        .build()));
        Client client = OpenFeatureAPI.getInstance().getClient();
        String olga = treated("olga");
        FlagEvaluationDetails<Value> details = client.getObjectDetails(
                "offer_help",
                new Value("nothing known"),
                new ImmutableContext(olga, Map.of("channel", new Value("web"))));
        assertThat(details.getErrorCode()).isNull();
        assertThat(details.getVariant()).isEqualTo("help");
        assertThat(details.getReason()).isEqualTo("TARGETING_MATCH");
        assertThat(details.getValue().asStructure().getValue("action").asString())
                .isEqualTo("help");
        assertThat(details.getValue().asStructure().getValue("show").asString()).isEqualTo("help-panel");
        assertThat(details.getFlagMetadata().getString("group")).isEqualTo("treatment");
        assertThat(details.getFlagMetadata().getString("decision")).hasSize(16);

        FlagEvaluationDetails<Value> unknown =
                client.getObjectDetails("no_such", new Value("nothing known"), new ImmutableContext(olga));
        assertThat(unknown.getErrorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
        assertThat(unknown.getValue().asString()).isEqualTo("nothing known");
    }

    @Test
    void the_same_question_has_the_same_answer_and_stands_in_the_record_once() {
        String otto = treated("otto");
        String first = found(DECISION, about(ONE, otto).body());
        assertThat(found(DECISION, about(ONE, otto).body())).isEqualTo(first);
        server.until(
                () -> server.sent("{\"userId\":\"" + otto + "\",\"messageId\":\"m of " + otto
                        + "\",\"event\":\"application_submitted\",\"properties\":{\"amount\":12000}}"),
                row -> row.subject().key().equals(otto));
        String timeline = server.api("/api/v1/customers/" + otto + "/timeline").body();
        assertThat(timeline).contains(first);
        assertThat(timeline.split("\"kind\":\"decision\"", -1)).hasSize(2);
        assertThat(server.page("/customers/" + otto)).contains("offer_help");
    }

    @Test
    void what_is_known_of_the_customer_fills_what_is_shown() {
        server.submitted("oscar");
        String oscar = about(ONE, "oscar").body();
        assertThat(oscar)
                .satisfiesAnyOf(
                        treated -> assertThat(treated)
                                .contains("\"with\":{\"amount\":{\"minor\":1200000,\"currency\":\"EUR\"}}"),
                        control -> assertThat(control)
                                .contains("\"value\":{\"action\":\"nothing\"}")
                                .contains("\"variant\":\"control\"")
                                .contains("\"reason\":\"SPLIT\""));
    }

    @Test
    void all_flags_come_with_a_tag_and_are_not_sent_again() {
        HttpResponse<String> first = about(ALL, "odile");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).contains("\"key\":\"offer_help\"").contains("\"metadata\":{}}");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        for (String form : List.of(tag, "W/" + tag, tag.substring(1, tag.length() - 1))) {
            HttpResponse<String> again = about(ALL, "odile", "If-None-Match", form);
            assertThat(again.statusCode()).as(form).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
        assertThat(about(ALL, "odile", "If-None-Match", "\"another\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void an_offer_counts_as_shown_once_a_page_says_so() {
        String key = publicKey();
        String visitor = "{\"targetingKey\":\"anonymousId:v-7\"}";
        String decision = found(DECISION, ask(ALL, key, visitor).body());
        String shown = "{\"anonymousId\":\"v-7\",\"messageId\":\"" + decision
                + "\",\"event\":\"decision_shown\",\"properties\":{\"decision\":\"" + decision + "\"}}";
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = server.send(server.request("/v1/track")
                    .header("Authorization", TestServer.basic(key))
                    .POST(BodyPublishers.ofString(shown)));
            assertThat(answer.body()).isEqualTo("{\"success\":true,\"accepted\":1,\"rejected\":0,\"duplicates\":0}");
        }
        assertThat(found(DECISION, ask(ONE, key, visitor).body())).isEqualTo(decision);
        String unknown = server.post("/v1/track", shown.replace(decision, "0000000000000000"))
                .body();
        assertThat(unknown).contains("\"rejected\":1");
    }

    @Test
    void a_page_may_ask_about_visitors_and_about_users_whom_its_server_vouches_for() throws Exception {
        String key = publicKey();
        assertThat(ask(ONE, key, "{\"targetingKey\":\"anonymousId:v-1\"}").statusCode())
                .isEqualTo(200);
        assertThat(ask(ONE, key, "{\"targetingKey\":\"visitorId:v-1\"}").statusCode())
                .isEqualTo(200);
        assertThat(ask(ONE, key, "{\"targetingKey\":\"ophelia\"}").statusCode()).isEqualTo(403);
        assertThat(ask(ONE, key, "{\"targetingKey\":\"ophelia\",\"identityToken\":\"00\"}")
                        .statusCode())
                .isEqualTo(403);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(TestServer.IDENTITY_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String token = HexFormat.of().formatHex(mac.doFinal("ophelia".getBytes(StandardCharsets.UTF_8)));
        assertThat(ask(ONE, key, "{\"targetingKey\":\"ophelia\",\"identityToken\":\"" + token + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_is_wrong_with_a_question_is_said_as_the_protocol_says_it() {
        String key = server.secretKey();
        assertThat(ask(ONE, key, "{}").body())
                .startsWith("{\"key\":\"offer_help\",\"errorCode\":\"TARGETING_KEY_MISSING\"");
        assertThat(ask(ONE, key, "7").body()).contains("\"errorCode\":\"INVALID_CONTEXT\"");
        assertThat(ask(ONE, key, "{").body()).contains("\"errorCode\":\"PARSE_ERROR\"");
        assertThat(about("/ofrep/v1/evaluate/flags/get_documents_in", "otto").statusCode())
                .isEqualTo(404);
        assertThat(ask(ONE, "fs_nobody", "{}").statusCode()).isEqualTo(401);
        HttpResponse<String> writer = ask(ONE, server.writeKey(), "{}");
        assertThat(writer.statusCode()).isEqualTo(403);
        assertThat(writer.body()).contains("\"errorCode\":\"GENERAL\"");
        assertThat(server.send(server.request(ONE).GET()).statusCode()).isEqualTo(405);
    }

    @Test
    void nothing_is_shown_while_it_is_stopped_or_a_dry_run() {
        String oona = treated("oona");
        server.inTheConsole("/actions", "/actions/stop", Map.of("reason", "a mistake"));
        try {
            assertThat(answeredBy(oona, "DISABLED"))
                    .contains("\"value\":{\"action\":\"nothing\"}")
                    .contains("\"variant\":\"nothing\"");
        } finally {
            server.inTheConsole("/actions", "/actions/resume", Map.of("reason", "mended"));
        }
        assertThat(answeredBy(oona, "TARGETING_MATCH")).contains("\"variant\":\"help\"");
        server.inTheConsole("/actions", "/actions/dry-run", Map.of("on", "true"));
        try {
            assertThat(answeredBy(oona, "DISABLED")).contains("\"variant\":\"dry_run\"");
        } finally {
            server.inTheConsole("/actions", "/actions/dry-run", Map.of("on", "false"));
        }
        assertThat(answeredBy(oona, "TARGETING_MATCH")).contains("\"variant\":\"help\"");
    }

    /** The first answer for a reason: switches are looked at twice a second. */
    private String answeredBy(String customer, String reason) {
        long end = System.nanoTime() + 20_000_000_000L;
        String body = "";
        while (System.nanoTime() < end) {
            body = about(ONE, customer).body();
            if (body.contains("\"reason\":\"" + reason + "\"")) {
                return body;
            }
        }
        throw new AssertionError("never answered for " + reason + ": " + body);
    }
}
