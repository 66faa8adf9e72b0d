package dev.forestall.server.session;

import dev.forestall.loop.action.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * What a page or an app is told to show.
 *
 * @param policy that was asked
 * @param action what to show; {@code nothing} is one
 * @param target by what the page knows it; empty for nothing
 * @param parameters what it is filled with
 * @param why how the answer came about
 * @param decision that it follows from; nothing when none was made
 */
record Answered(
        String policy, String action, String target, List<Parameter> parameters, Why why, Optional<Decided> decision) {

    /** @param id under which those outside know it @param isControl whether the customer is in the group for whom nothing is done */
    record Decided(String id, boolean isControl, double propensity, boolean isShown) {}

    /** How an answer came about: its reason as OpenFeature names it, and the variant where that is not the action. */
    enum Why {
        CHOSEN("TARGETING_MATCH", ""),
        CONTROL("SPLIT", "control"),
        NOT_MEANT("DEFAULT", ""),
        STOPPED("DISABLED", ""),
        DRY_RUN("DISABLED", "dry_run"),
        TOO_LATE("UNKNOWN", "fallback");

        private final String reason;
        private final String variant;

        Why(String reason, String variant) {
            this.reason = reason;
            this.variant = variant;
        }

        String reason() {
            return reason;
        }
    }

    Answered {
        parameters = List.copyOf(parameters);
    }

    String variant() {
        return why.variant.isEmpty() ? action : why.variant;
    }
}
