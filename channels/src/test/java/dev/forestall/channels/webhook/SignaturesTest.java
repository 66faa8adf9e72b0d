package dev.forestall.channels.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** From the test suites of the reference libraries. */
    @Test
    void signatures_are_those_that_the_reference_libraries_publish() {
        assertThat(Signatures.of(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330,
                        bytes("{\"test\": 2432232314}"),
                        List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(Signatures.of(
                        "msg_loFOjxBNrRLzqYUf",
                        1_731_705_121,
                        bytes("{\"event_type\":\"ping\",\"data\":{\"success\":true}}"),
                        List.of("whsec_plJ3nmyCDGBKInavdOK15jsl")))
                .isEqualTo("v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=");
    }

    @Test
    void a_receiver_with_the_reference_library_accepts_the_old_secret_and_the_new_one() throws Exception {
        String old = Signatures.newSecret();
        String fresh = Signatures.newSecret();
        long now = Instant.now().getEpochSecond();
        byte[] body = bytes("{\"type\":\"action.requested\"}");
        HttpHeaders headers = headers("r-1", now, Signatures.of("r-1", now, body, List.of(fresh, old)));
        for (String secret : List.of(old, fresh)) {
            assertThatCode(() -> new Webhook(secret).verify("{\"type\":\"action.requested\"}", headers))
                    .doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> new Webhook(Signatures.newSecret()).verify("{\"type\":\"action.requested\"}", headers))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(old).verify("{\"type\":\"action.forged\"}", headers))
                .isInstanceOf(WebhookVerificationException.class);
    }

    private static HttpHeaders headers(String id, long seconds, String signature) {
        return HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of(id),
                        "webhook-timestamp", List.of(Long.toString(seconds)),
                        "webhook-signature", List.of(signature)),
                (name, value) -> true);
    }

    /** The key, the message and the signature are those that a well known sender publishes with its own tests. */
    @Test
    void a_private_key_signs_as_other_senders_do() {
        assertThat(
                        Signatures.of(
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                1_614_265_330,
                                bytes("{\"test\": 2432232314}"),
                                List.of(
                                        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==")))
                .isEqualTo(
                        "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==");
    }

    @Test
    void an_unusable_secret_says_what_is_expected_and_not_what_it_is() {
        assertThatThrownBy(() -> Signatures.of("r-1", 1, new byte[0], List.of("whsec_not base64!")))
                .hasMessageContaining("whsec_")
                .hasMessageNotContaining("not base64!");
    }
}
