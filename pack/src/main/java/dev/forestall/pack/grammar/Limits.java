package dev.forestall.pack.grammar;

/** What a value of the right look can still be too large or too small for. */
final class Limits {

    private Limits() {}

    /** What would be within the limits, for people; empty when the value is. */
    static String exceeded(Kind kind, String text) {
        return switch (kind) {
            case DURATION -> length(text, 0);
            case SPAN -> length(text, 1);
            case WAIT -> text.startsWith("learned(") ? "" : length(text, 1);
            case RATE -> length(text.substring(text.indexOf(" per ") + 5), 1);
            case PERCENT -> share(text);
            case EXCESS ->
                share(text.startsWith("expected(") ? text.substring("expected(".length(), text.length() - 1) : text);
            default -> "";
        };
    }

    private static String length(String text, long leastMillis) {
        long millis = Durations.millis(text);
        if (millis < leastMillis) {
            return "It must be longer than 0s";
        }
        return millis >= Durations.MAX_MILLIS ? "Durations are shorter than ten years" : "";
    }

    private static String share(String text) {
        return Shares.share(text) > 1 ? "Percentages go from 0% to 100%" : "";
    }
}
