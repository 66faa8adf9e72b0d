package dev.forestall.server.api;

import dev.forestall.loop.host.HostClock;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.Page;
import dev.forestall.server.ApiError;
import dev.forestall.server.Declined;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Where lists go on. A cursor holds the list and filter it is of, the place, and until when it is worth something; it is signed, so that nobody
 * makes one up. For any thread.
 */
public final class Cursors {

    private static final String FORM = "c1.";
    private static final Duration WORTH = Duration.ofHours(24);
    private static final int SIGNATURE = 16;
    private static final int SECRET = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;
    private final HostClock clock;

    private Cursors(byte[] secret, HostClock clock) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        this.clock = clock;
    }

    /** With the secret that was made at the first start: cursors outlive a restart. */
    public static Cursors open(Database database, Tenant tenant, SecureRandom random, HostClock clock) {
        byte[] fresh = new byte[SECRET];
        random.nextBytes(fresh);
        byte[] secret = database.in(tenant, session -> {
            session.change(
                    "INSERT INTO operational.api_secret (tenant, secret) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    tenant,
                    fresh);
            return session.first("SELECT secret FROM operational.api_secret", row -> row.bytes("secret"))
                    .orElseThrow();
        });
        return new Cursors(secret, clock);
    }

    /** The place that a request's cursor names; empty when it begins at the beginning. */
    Optional<String> place(HttpServletRequest request) {
        @Nullable String cursor = request.getParameter("cursor");
        if (cursor == null) {
            return Optional.empty();
        }
        try {
            if (!cursor.startsWith(FORM)) {
                throw wrong("it is none of this server");
            }
            byte[] bytes = Base64.getUrlDecoder().decode(cursor.substring(FORM.length()));
            int end = bytes.length - SIGNATURE;
            if (end < 0
                    || !MessageDigest.isEqual(signature(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length))) {
                throw wrong("it is none of this server, or was changed");
            }
            String[] parts = new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n", 3);
            if (!parts[0].equals(list(request))) {
                throw wrong("it is of another list or filter");
            }
            if (clock.nowMillis() > Long.parseLong(parts[1])) {
                throw wrong("it is older than " + WORTH.toHours() + " h");
            }
            return Optional.of(parts[2]);
        } catch (IllegalArgumentException garbled) {
            throw wrong("it is none of this server");
        }
    }

    private static Declined wrong(String why) {
        return new Declined(ApiError.WRONG_CURSOR, "the cursor cannot be used: " + why);
    }

    /** The cursor of the page behind one. */
    Optional<String> next(HttpServletRequest request, Page<?> page) {
        return page.next().map(place -> {
            long until = clock.nowMillis() + WORTH.toMillis();
            byte[] said = (list(request) + '\n' + until + '\n' + place).getBytes(StandardCharsets.UTF_8);
            byte[] signature = signature(said, said.length);
            byte[] all = Arrays.copyOf(said, said.length + SIGNATURE);
            System.arraycopy(signature, 0, all, said.length, SIGNATURE);
            return FORM + ENCODER.encodeToString(all);
        });
    }

    /** Names a list by its address and filter: how many rows a page has is no part of it. */
    private String list(HttpServletRequest request) {
        StringBuilder list = new StringBuilder(request.getRequestURI());
        new TreeMap<>(request.getParameterMap()).forEach((name, values) -> {
            if (!name.equals("cursor") && !name.equals("limit")) {
                list.append('&').append(name).append('=').append(String.join(",", values));
            }
        });
        byte[] named = list.toString().getBytes(StandardCharsets.UTF_8);
        return ENCODER.encodeToString(signature(named, named.length));
    }

    private byte[] signature(byte[] bytes, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(bytes, 0, length);
            return Arrays.copyOf(mac.doFinal(), SIGNATURE);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HmacSHA256", impossible);
        }
    }
}
