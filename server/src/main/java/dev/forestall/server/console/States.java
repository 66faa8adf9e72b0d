package dev.forestall.server.console;

import dev.forestall.records.requests.Requests;

/** How the states of requests look. A refusal is no failure: the gate did its work. */
public final class States {

    private States() {}

    /** The class of the style sheet. */
    public static String look(String state) {
        return switch (state) {
            case "sent", "delivered" -> "done";
            case "failed", "dead" -> "failed";
            case "held", "deferred", "uncertain" -> "waiting";
            case "requested", "due", "permitted", "sending" -> "active";
            default -> "";
        };
    }

    /** Which rule says so, with what it looked at. */
    public static String why(Requests.Line line) {
        String rule =
                line.rule().isEmpty() ? "" : line.value().isEmpty() ? line.rule() : line.rule() + ": " + line.value();
        return line.untilMillis().isEmpty()
                ? rule
                : rule
                        + (rule.isEmpty() ? "until " : ", until ")
                        + Times.full(line.untilMillis().getAsLong());
    }
}
