package dev.forestall.cli;

import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Progress;
import dev.forestall.cli.text.Terminal;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * Where a command speaks. Standard output belongs to the answer alone; all else is said on standard error.
 *
 * @param out the answer
 * @param err progress and what went wrong
 * @param terminal which of the two people look at
 */
public record Console(PrintStream out, PrintStream err, Terminal terminal) {

    /** For an answer in words. */
    public Page page() {
        return new Page(out, terminal.out() && terminal.colours());
    }

    /** For remarks beside the answer. */
    public Page aside() {
        return new Page(err, terminal.err() && terminal.colours());
    }

    public Progress progress() {
        return new Progress(err, terminal.err(), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }
}
