package dev.forestall.server.session;

import dev.forestall.loop.identity.Identifier;
import dev.forestall.server.ingest.Sources;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whom a page means, and about whom it may ask. For any thread. */
public final class Visitors {

    /** As Segment's libraries call the identifier of those who have not said who they are. */
    private static final String ANONYMOUS = "anonymousId";

    private static final int LONGEST = 512;

    private final Questions questions;
    private final Sources sources;
    private final String secret;

    /** @param secret by which a page proves about whom it asks, shared with the server behind that page; empty when there is none */
    public Visitors(Questions questions, Sources sources, String secret) {
        this.questions = questions;
        this.sources = sources;
        this.secret = secret;
    }

    /** The kinds of identifiers that can stand before a value. */
    List<String> kinds(String source) {
        List<String> kinds = new ArrayList<>(questions.identifiers());
        if (sources.anonymous(source).isPresent() && !kinds.contains(ANONYMOUS)) {
            kinds.add(ANONYMOUS);
        }
        return kinds;
    }

    /**
     * Whom a key means: {@code kind:value}, or the value alone of the strongest identifier.
     *
     * @param source of whose events the visitor is known by an anonymous identifier
     */
    Optional<Identifier> identifier(String target, String source) {
        List<String> declared = questions.identifiers();
        int colon = target.indexOf(':');
        String kind = colon < 0 ? "" : target.substring(0, colon);
        String value = target.substring(colon + 1);
        Optional<String> name = kind.equals(ANONYMOUS)
                ? sources.anonymous(source)
                : Optional.of(kind).filter(declared::contains);
        if (declared.isEmpty() || target.isEmpty() || target.length() > LONGEST) {
            return Optional.empty();
        }
        return name.isPresent()
                ? name.filter(known -> !value.isEmpty()).map(known -> new Identifier(known, value))
                : kind.equals(ANONYMOUS) ? Optional.empty() : Optional.of(new Identifier(declared.getFirst(), target));
    }

    boolean isAnonymous(Identifier who, String source) {
        return sources.anonymous(source).filter(who.name()::equals).isPresent();
    }

    /** Whether a server that knows the secret has said that this page may ask about somebody: HMAC-SHA256 of the key, in hexadecimal digits. */
    boolean isProven(String target, String token) {
        return !secret.isEmpty()
                && MessageDigest.isEqual(
                        mac(target).getBytes(StandardCharsets.US_ASCII),
                        token.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    private String mac(String target) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(target.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HMAC-SHA256", impossible);
        }
    }
}
