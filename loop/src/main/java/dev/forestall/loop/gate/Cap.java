package dev.forestall.loop.gate;

import dev.forestall.loop.event.InWords;

/**
 * How often a customer may be contacted at most. Purposes that ignore caps are neither held back nor counted. Immutable.
 *
 * @param scope which contacts count
 * @param name of the purpose or channel; empty for all
 * @param times how often at most, 1 to {@link #MAX_TIMES}
 * @param withinMillis within the last so many milliseconds, (t - within, t]
 */
public record Cap(Scope scope, String name, int times, long withinMillis) {

    public static final int MAX_TIMES = 64;

    /** Which contacts a cap counts. */
    public enum Scope {
        ALL,
        PURPOSE,
        CHANNEL
    }

    public Cap {
        if (times < 1 || times > MAX_TIMES || withinMillis <= 0 || (scope == Scope.ALL) != name.isEmpty()) {
            throw new IllegalArgumentException(
                    "cap '" + name + "': " + times + " times within " + withinMillis + " ms is impossible");
        }
    }

    /** On all contacts together. */
    public static Cap ofAll(int times, long withinMillis) {
        return new Cap(Scope.ALL, "", times, withinMillis);
    }

    public static Cap ofChannel(String channel, int times, long withinMillis) {
        return new Cap(Scope.CHANNEL, channel, times, withinMillis);
    }

    public static Cap ofPurpose(String purpose, int times, long withinMillis) {
        return new Cap(Scope.PURPOSE, purpose, times, withinMillis);
    }

    boolean counts(String purpose, String channel) {
        return switch (scope) {
            case ALL -> true;
            case PURPOSE -> name.equals(purpose);
            case CHANNEL -> name.equals(channel);
        };
    }

    /** For people: {@code voice at most 1 in 14 days}. */
    String inWords() {
        return (scope == Scope.ALL ? "any contact" : name) + " at most " + times + " in "
                + InWords.duration(withinMillis);
    }
}
