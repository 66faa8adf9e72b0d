package dev.forestall.channels.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages as Standard Webhooks 1.0 says: over id, time and body, with every secret that is in force. */
final class Signatures {

    /** Before a secret that both sides know: HMAC with SHA-256. */
    static final String SHARED = "whsec_";

    /** Before the private half of a pair of keys: Ed25519. */
    static final String PRIVATE = "whsk_";

    private static final int SHARED_BYTES = 32;
    private static final int SEED_BYTES = 32;

    private Signatures() {}

    /** A new shared secret. */
    static String newSecret() {
        byte[] secret = new byte[SHARED_BYTES];
        new SecureRandom().nextBytes(secret);
        return SHARED + Base64.getEncoder().encodeToString(secret);
    }

    /**
     * The header of a message.
     *
     * @param id without dots
     * @param seconds when it is sent, in seconds since 1970 UTC
     * @param secrets one signature is made with each
     */
    static String of(String id, long seconds, byte[] body, List<String> secrets) {
        byte[] start = (id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
        byte[] signed = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, signed, start.length, body.length);
        return secrets.stream().map(secret -> sign(secret, signed)).collect(Collectors.joining(" "));
    }

    private static String sign(String secret, byte[] signed) {
        try {
            if (secret.startsWith(PRIVATE)) {
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(privateKey(Base64.getDecoder().decode(secret.substring(PRIVATE.length()))));
                signature.update(signed);
                return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^" + SHARED, "")), "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "a secret of an endpoint is unusable: expected " + SHARED + " or " + PRIVATE
                            + " and base64. Rotate the endpoint's secret",
                    unusable);
        }
    }

    /** Some write the public half behind the seed. */
    private static PrivateKey privateKey(byte[] key) throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(key, SEED_BYTES)));
    }
}
