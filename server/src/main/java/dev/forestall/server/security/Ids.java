package dev.forestall.server.security;

import java.security.SecureRandom;

/** Random names that nobody can guess: letters and digits that are not taken for each other. */
public final class Ids {

    private static final String SIGNS = "23456789abcdefghjkmnpqrstuvwxyz";

    private Ids() {}

    /** A new one: so many signs that are easily told apart. */
    public static String create(SecureRandom random, int length) {
        StringBuilder id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return id.toString();
    }
}
