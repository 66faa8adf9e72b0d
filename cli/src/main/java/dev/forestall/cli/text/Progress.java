package dev.forestall.cli.text;

import dev.forestall.views.Units;
import java.io.PrintStream;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * Tells how far a long run is: on a terminal a bar that is drawn anew several times a second, elsewhere a line every few seconds. Short
 * runs say nothing elsewhere. Any thread may tell.
 */
public final class Progress implements dev.forestall.run.Progress, AutoCloseable {

    private static final long REDRAW_MILLIS = 100;
    private static final long LINE_MILLIS = 5_000;
    private static final int BAR = 24;

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier millis;
    private final long startMillis;
    private String what = "";
    private long whatMillis;
    private long saidMillis;
    private int drawn;

    /**
     * @param out where to tell
     * @param terminal whether that is a terminal
     * @param millis a clock that only goes forward
     */
    public Progress(PrintStream out, boolean terminal, LongSupplier millis) {
        this.out = out;
        this.terminal = terminal;
        this.millis = millis;
        this.startMillis = millis.getAsLong();
        this.saidMillis = startMillis;
    }

    /** Since the run began. */
    public long elapsedMillis() {
        return millis.getAsLong() - startMillis;
    }

    /**
     * Tells, unless it told a moment ago. Cheap enough to be called at every event.
     *
     * @param doing what is being done now; the time left is that of this part
     * @param share how much of it is done, 0 to 1; NaN when that is not known
     * @param figures how much that is, given for how many milliseconds this part has lasted
     */
    @Override
    public synchronized void at(String doing, double share, LongFunction<String> figures) {
        long now = millis.getAsLong();
        if (!doing.equals(what)) {
            whatMillis = what.isEmpty() ? startMillis : now;
            what = doing;
        }
        if (now - saidMillis < (terminal ? REDRAW_MILLIS : LINE_MILLIS)) {
            return;
        }
        saidMillis = now;
        long elapsed = now - whatMillis;
        String tail = figures.apply(elapsed) + left(share, elapsed);
        if (terminal) {
            draw(what + "  " + bar(share) + tail);
        } else {
            out.println(what + ": " + (Double.isNaN(share) ? "" : Units.percent(share) + "  ") + tail);
        }
    }

    private static String left(double share, long elapsed) {
        // The first moments promise nothing: the Java compiler is still at work.
        boolean knows = share > 0.01 && share < 1 && elapsed > 1_000;
        long seconds = knows ? (long) (elapsed * (1 - share) / share) / 1000 : 0;
        if (seconds == 0) {
            return "";
        }
        return "  " + (seconds < 60 ? seconds + " s" : Units.duration(seconds * 1000)) + " left";
    }

    private static String bar(double share) {
        if (Double.isNaN(share)) {
            return "";
        }
        int full = (int) Math.round(Math.clamp(share, 0, 1) * BAR);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " + Units.percent(share) + "  ";
    }

    private void draw(String line) {
        out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
        out.flush();
        drawn = line.length();
    }

    /** Takes the bar away; what it said is over. */
    @Override
    public synchronized void close() {
        if (drawn > 0) {
            out.print("\r" + " ".repeat(drawn) + "\r");
            out.flush();
            drawn = 0;
        }
    }
}
