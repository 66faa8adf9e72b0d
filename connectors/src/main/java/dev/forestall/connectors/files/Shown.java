package dev.forestall.connectors.files;

/** Shows values of the input in messages: short, on one line, and not at all when they are personal. */
public final class Shown {

    private static final int MAX_LENGTH = 40;

    private Shown() {}

    /** A value as messages show it. */
    public static String text(String value, boolean isPersonal) {
        if (value.isEmpty()) {
            return "nothing";
        }
        if (value == RecordValues.STRUCTURE) {
            return "a list or an object";
        }
        if (isPersonal) {
            return "a text of " + value.length() + (value.length() == 1 ? " letter" : " letters")
                    + " (hidden: personal data)";
        }
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return "'" + (line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…") + "'";
    }
}
