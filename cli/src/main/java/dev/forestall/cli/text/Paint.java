package dev.forestall.cli.text;

/** How a piece of text is set off on a terminal. The words must say the same without it. */
public enum Paint {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    BAD("31"),
    GOOD("32"),
    WARN("33"),
    NAME("36");

    private final String code;

    Paint(String code) {
        this.code = code;
    }

    String on(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
