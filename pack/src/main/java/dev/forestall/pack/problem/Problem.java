package dev.forestall.pack.problem;

/**
 * One thing that is wrong with a pack, or looks like a mistake.
 *
 * @param code what kind of problem it is
 * @param severity whether the pack can be used nevertheless
 * @param place where it stands
 * @param path the keys that lead there, joined by dots; empty for the pack as a whole
 * @param found what was found there, as a sentence without its full stop
 * @param expected what would be right, or what to do, as a sentence without its full stop; empty when {@code found} says it all
 * @param nearest the valid name or key that is spelled most like the one found; empty when none is near
 */
public record Problem(
        PackError code, Severity severity, Place place, String path, String found, String expected, String nearest) {

    /** Whether a pack can be used nevertheless. */
    public enum Severity {
        /** The pack does not compile. */
        ERROR,
        /** The pack compiles, but this is probably not what was meant. */
        WARNING
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** On one line: {@code pack.yaml:12:5 PCK-010 signals.stuck: …}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(place).append(' ').append(code.code());
        text.append(isError() ? " " : " (warning) ");
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        text.append(found).append('.');
        if (!nearest.isEmpty()) {
            text.append(" Did you mean '").append(nearest).append("'?");
        }
        if (!expected.isEmpty()) {
            text.append(' ').append(expected).append('.');
        }
        return text.toString();
    }
}
