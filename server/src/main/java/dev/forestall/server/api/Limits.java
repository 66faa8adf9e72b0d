package dev.forestall.server.api;

import dev.forestall.server.ApiError;

/** How many rows a page of a list holds. */
final class Limits {

    private static final int MOST = 500;

    private Limits() {}

    static int of(String text) {
        if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        throw new Problem(ProblemJson.of(
                ApiError.WRONG_PARAMETER, "limit: found '" + text + "', expected a whole number from 1 to " + MOST));
    }
}
