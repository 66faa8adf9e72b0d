package dev.forestall.server.definitions;

import java.util.Locale;

/**
 * A pack that was deployed, or was to be.
 *
 * @param id of the pack, by what its files hold
 * @param definition by what it means: packs that differ only in how sources are read have the same
 * @param by who deployed it, such as {@code user:admin}
 * @param because why
 * @param atMillis when it was asked for
 * @param replaced the definition that was in force before; empty of the first
 * @param position from where on it is in force; empty until then
 * @param program of which version its answers are; 0 until it is in force
 * @param knownSince a JSON object: by declaration, from when on it knows what happened
 * @param detail why it failed; empty unless it did
 */
public record Deployment(
        long ordinal,
        String id,
        String definition,
        State state,
        String by,
        String because,
        long atMillis,
        String replaced,
        String position,
        int program,
        String knownSince,
        String detail) {

    /** Where it stands. */
    public enum State {
        /** It was asked for, and does not answer yet. */
        BEGUN,
        LIVE,
        SUPERSEDED,
        ROLLED_BACK,
        FAILED;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
