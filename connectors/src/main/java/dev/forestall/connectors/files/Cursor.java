package dev.forestall.connectors.files;

import dev.forestall.loop.event.EventError;
import dev.forestall.loop.event.Rejected;
import java.util.Optional;

/** The record of a text file that is being looked at: which bytes it takes, and where the next one starts. */
final class Cursor {

    /** How much of a record that is rejected is kept. */
    static final int KEPT = 1 << 16;

    private static final long FEEDS = '\n' * EightBytes.ONES;

    private final Window window;
    private final int limit;
    private final boolean returnsEndLines;
    private int from;
    private int to;
    private int next;
    private int lineEnds;
    private boolean tooLong;
    /** Whether no byte of the line is beyond ASCII, so that it needs no check whether it is UTF-8. */
    private boolean isAscii;

    /** @param returnsEndLines whether a line ends at CR alone, too */
    Cursor(Window window, int limit, boolean returnsEndLines) {
        this.window = window;
        this.limit = limit;
        this.returnsEndLines = returnsEndLines;
        this.next = window.start();
    }

    /** Moves behind the record, the rest of it if it was too long, and blank lines. False when nothing follows. */
    boolean moveOn() {
        window.advance(next, lineEnds);
        if (tooLong) {
            skipRestOfLine();
        }
        isAscii = false;
        while (window.fill()) {
            int lineEnd = lineEndLength(window.start());
            if (lineEnd == 0) {
                from = window.start();
                return true;
            }
            window.advance(window.start() + lineEnd, 1);
        }
        return false;
    }

    private void skipRestOfLine() {
        tooLong = false;
        while (window.fill()) {
            int found = lineEnd(window.start());
            // Behind a CR that is the last byte so far, its LF may follow.
            if (found < window.end() - 1 || found < window.end() && window.isLast()) {
                window.advance(found + lineEndLength(found), 1);
                return;
            }
            window.advance(found, 0);
        }
    }

    /** How long the line end at a place is: 0 when there is none, 2 for CR LF. */
    int lineEndLength(int at) {
        byte[] bytes = window.bytes();
        if (at >= window.end()) {
            return 0;
        }
        if (bytes[at] == '\n') {
            return 1;
        }
        if (bytes[at] != '\r') {
            return 0;
        }
        return at + 1 < window.end() && bytes[at + 1] == '\n' ? 2 : 1;
    }

    /** Takes bytes as the record: its text ends before {@code textEnd}, a line end follows, {@code more} are inside. */
    void take(int textEnd, int more) {
        int lineEnd = lineEndLength(textEnd);
        to = textEnd;
        next = textEnd + lineEnd;
        lineEnds = more + (lineEnd == 0 ? 0 : 1);
    }

    /** As {@link Window#more()}, while no record has been taken. */
    boolean more() {
        boolean isMore = window.more();
        from = window.start();
        return isMore;
    }

    /** Takes the line as the record. False when it is longer than records may be; then its beginning is taken. */
    boolean takeLine() {
        int end = lineEnd(from);
        // Behind a CR that is the last byte so far, its LF may follow.
        while (end >= window.end() - 1 && more()) {
            end = lineEnd(from);
        }
        tooLong = end == window.end() && !window.isLast();
        byte[] bytes = window.bytes();
        boolean isFeedOfPair = end > from && end < window.end() && bytes[end] == '\n' && bytes[end - 1] == '\r';
        take(isFeedOfPair ? end - 1 : end, 0);
        return !tooLong;
    }

    /** Where the line that goes on at a place ends, or the end of what was read. */
    private int lineEnd(int start) {
        return returnsEndLines ? returnOrFeed(start) : feed(window.bytes(), start, window.end());
    }

    private int returnOrFeed(int start) {
        byte[] bytes = window.bytes();
        int at = start;
        while (at < window.end() && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    /** The next LF; notes on the way whether all is ASCII, because a second look would cost as much again. */
    private int feed(byte[] bytes, int start, int to) {
        int at = start;
        long all = 0;
        for (; at + 8 <= to; at += 8) {
            long eight = EightBytes.at(bytes, at);
            if (EightBytes.zeros(eight ^ FEEDS) != 0) {
                break;
            }
            all |= eight;
        }
        int seen = 0;
        while (at < to && bytes[at] != '\n') {
            seen |= bytes[at++];
        }
        isAscii = seen >= 0 && (all & EightBytes.HIGHS) == 0;
        return at;
    }

    /** Whether the file breaks off within the record, so that it must not be taken for a whole one. */
    boolean isBrokenOff() {
        return window.failure().isPresent() && window.isLast() && next == window.end() && next == to;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    String raw() {
        if (!tooLong && to - from <= KEPT) {
            return window.text(from, to);
        }
        return window.text(from, Math.min(to, from + KEPT)) + RecordReader.CUT;
    }

    /** What is wrong with the bytes themselves, if anything. */
    Optional<Rejected> problem() {
        if (tooLong) {
            return Optional.of(tooLarge());
        }
        if (isAscii) {
            return Optional.empty();
        }
        int bad = Utf8.firstBad(window.bytes(), from, to);
        if (bad < 0) {
            return Optional.empty();
        }
        return Optional.of(new Rejected(
                EventError.MALFORMED,
                "",
                String.format(
                        "found the byte 0x%02X at place %d of the record, which is not UTF-8; is the file in another encoding, such as "
                                + "Windows-1252? Then convert it, for instance with iconv",
                        window.bytes()[bad] & 0xff, bad - from + 1)));
    }

    Rejected tooLarge() {
        return new Rejected(
                EventError.TOO_LARGE, "", "found a record of more than " + limit + " bytes, the limit for one");
    }
}
