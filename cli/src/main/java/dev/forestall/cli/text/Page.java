package dev.forestall.cli.text;

import java.io.PrintStream;

/** Where text for people is written, with colours or without. */
public final class Page {

    private final PrintStream out;
    private final boolean colours;

    public Page(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    public Page line(String text) {
        out.println(text);
        return this;
    }

    public Page line(Paint paint, String text) {
        return line(paint(paint, text));
    }

    public Page blank() {
        return line("");
    }

    /** The title of a part, after an empty line. */
    public Page heading(String text) {
        return blank().line(Paint.BOLD, text);
    }

    public Page table(Table table) {
        table.lines(this).forEach(this::line);
        return this;
    }

    public String paint(Paint paint, String text) {
        return colours ? paint.on(text) : text;
    }
}
