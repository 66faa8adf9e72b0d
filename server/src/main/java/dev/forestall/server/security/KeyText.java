package dev.forestall.server.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The text of a key: what it is for, thirty random letters and digits, and six that are made of these, so that a mistyped one is known
 * without looking it up, and programs that look for secrets find it. It is shown once and kept as a hash.
 */
public record KeyText(String text) {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM = 30;
    private static final int CHECK = 6;

    /** What a key is for. */
    public enum Kind {
        /** Events may be sent with it. */
        WRITE("fw_"),
        /** The API may be used with it, by servers only. */
        SECRET("fs_"),
        /** Pages ask with it what to show, and send events; everybody can read it there. */
        PUBLIC("fp_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public KeyText {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException("no text of a key");
        }
    }

    /** A new one. */
    public static KeyText create(Kind kind, SecureRandom random) {
        StringBuilder text = new StringBuilder(kind.prefix);
        for (int i = 0; i < RANDOM; i++) {
            text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new KeyText(text + check(text.toString()));
    }

    /** A text as a key, if it can be one of ours. */
    public static Optional<KeyText> of(String text) {
        return isWellFormed(text) ? Optional.of(new KeyText(text)) : Optional.empty();
    }

    private static boolean isWellFormed(String text) {
        return kindOf(text).isPresent()
                && text.length() == 3 + RANDOM + CHECK
                && text.endsWith(check(text.substring(0, 3 + RANDOM)));
    }

    private static Optional<Kind> kindOf(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static String check(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        long left = crc.getValue();
        StringBuilder check = new StringBuilder(CHECK);
        for (int i = 0; i < CHECK; i++) {
            check.append(DIGITS.charAt((int) (left % DIGITS.length())));
            left /= DIGITS.length();
        }
        return check.toString();
    }

    public Kind kind() {
        return kindOf(text).orElseThrow();
    }

    /** What is kept of it: SHA-256, in hexadecimal digits. It is long and random, so nothing slower is needed. */
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return java.util.HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** So much of it as may be shown to tell keys apart. */
    public String shown() {
        return text.substring(0, 7) + "…";
    }

    /** Never the key itself: texts end up in logs. */
    @Override
    public String toString() {
        return shown();
    }
}
