package dev.forestall.connectors.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wanted values of one JSON object, strictly as RFC 8259 has it. What nobody asks for is checked and passed over; a name that
 * stands twice counts the last time. For one thread.
 *
 * <p>An object of a known shape is read along it ({@link JsonShapes}); any other with care.
 */
final class JsonFields {

    /** Objects and lists nested deeper are refused. */
    static final int MAX_DEPTH = 64;

    /** A longer line may not have been there whole when it was to be read along, which says nothing about its shape. */
    private static final int LONGEST_COUNTED = 1 << 16;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final int UNWANTED = -1;

    private final JsonNames names;
    private final RecordValues values;
    private final JsonShapes shapes = new JsonShapes();
    private byte[] bytes = {};
    private int start;
    private int end;
    private boolean escaped;
    /** Whether a text that was looked through since the object began holds bytes beyond ASCII. */
    private boolean beyondAscii;
    /** Where what stands between the values goes on, while an object is read with care. */
    private int noted;

    JsonFields(Places places) {
        this.names = JsonNames.of(places.names());
        this.values = new RecordValues(places);
    }

    /** The values of the object read last; until its bytes change. */
    RecordValues values() {
        return values;
    }

    JsonShapes shapes() {
        return shapes;
    }

    /** Reads the object that stands between two places, of bytes known to be UTF-8; says what is wrong with it. */
    Optional<String> read(byte[] from, int first, int last) {
        turnTo(from, first, last);
        JsonShapes.Node shape = shapes.start();
        if (shape != null && along(shape) == last) {
            shapes.hit();
            return Optional.empty();
        }
        return readWithCare(from, first, last);
    }

    /**
     * Reads the object on the line that begins at a place, if its shape is known: so its end need not be looked for first.
     *
     * @param limit where the line must have ended
     * @return where the line's text ends, before LF or CR LF; -1 when the line is to be found and read with care
     */
    int readLine(byte[] from, int first, int limit) {
        turnTo(from, first, limit);
        JsonShapes.Node shape = shapes.start();
        if (shape == null) {
            return -1;
        }
        int at = along(shape);
        int lineEnd = at < 0 ? -1 : lineEnd(at);
        if (lineEnd < 0 || beyondAscii && Utf8.firstBad(from, first, lineEnd) >= 0) {
            return -1;
        }
        shapes.hit();
        return lineEnd;
    }

    /** Where the text of a line ends whose LF comes next, or -1 when it does not. The CR of a CR LF may be taken for a blank before. */
    private int lineEnd(int at) {
        if (at < end && bytes[at] == '\n') {
            return bytes[at - 1] == '\r' ? at - 1 : at;
        }
        return at + 1 < end && bytes[at] == '\r' && bytes[at + 1] == '\n' ? at : -1;
    }

    private void turnTo(byte[] from, int first, int last) {
        values.turnTo(from);
        bytes = from;
        start = first;
        end = last;
        beyondAscii = false;
    }

    /** Reads an object whose shape is known; gives the place behind it, or -1 when it is not, and then no value is of use. */
    private int along(JsonShapes.Node shape) {
        int at = start;
        JsonShapes.Node node = shape.next(bytes, at, end);
        while (node != null) {
            at += node.length;
            if (node.kind == JsonShapes.Kind.END) {
                return at;
            }
            int close;
            if (node.kind == JsonShapes.Kind.TEXT) {
                close = special(at);
                if (close == end || bytes[close] != '"') {
                    return -1;
                }
                if (node.place >= 0) {
                    values.stands(node.place, at, close);
                }
            } else {
                close = scalar(at, node.place);
                if (close < 0) {
                    return -1;
                }
            }
            at = close;
            node = node.next(bytes, at, end);
        }
        return -1;
    }

    /** Reads a number, true, false or null; gives the place behind it, or -1 when it is none of these. */
    private int scalar(int at, int place) {
        if (at == end || bytes[at] == '"' || bytes[at] == '{' || bytes[at] == '[') {
            return -1;
        }
        try {
            return value(at, place, null, MAX_DEPTH);
        } catch (MalformedJson malformed) {
            return -1;
        }
    }

    /** As {@link #read}, of an object that is not to be read along. */
    Optional<String> readWithCare(byte[] from, int first, int last) {
        turnTo(from, first, last);
        if (last - first <= LONGEST_COUNTED) {
            shapes.missed();
        }
        shapes.begin();
        noted = start;
        try {
            int at = blanks(start);
            if (at == end || bytes[at] != '{') {
                throw new MalformedJson("expected an object in braces", at);
            }
            at = blanks(object(at + 1, names, 1));
            if (at < end) {
                throw new MalformedJson("found more behind the end of the object", at);
            }
            shapes.note(bytes, noted, end, JsonShapes.Kind.END, UNWANTED);
            shapes.end();
            return Optional.empty();
        } catch (MalformedJson malformed) {
            shapes.spoil();
            return Optional.of(malformed.inRecord(start));
        }
    }

    /** Reads from behind the opening brace to behind the closing one. */
    private int object(int from, @Nullable JsonNames level, int depth) throws MalformedJson {
        int at = blanks(from);
        if (at < end && bytes[at] == '}') {
            return at + 1;
        }
        while (true) {
            if (at == end || bytes[at] != '"') {
                throw new MalformedJson("expected the name of a field in double quotes", at);
            }
            int first = at + 1;
            int close = textEnd(first);
            int found = level == null ? UNWANTED : find(level, first, close);
            at = blanks(close + 1);
            if (at == end || bytes[at] != ':') {
                throw new MalformedJson("expected a colon behind the name of a field", at);
            }
            at = blanks(at + 1);
            at = found == UNWANTED || level == null
                    ? value(at, UNWANTED, null, depth)
                    : value(at, level.place(found), level.inside(found), depth);
            at = blanks(at);
            if (at < end && bytes[at] == '}') {
                return at + 1;
            }
            if (at == end || bytes[at] != ',') {
                throw new MalformedJson("expected a comma or a closing brace behind a value", at);
            }
            at = blanks(at + 1);
        }
    }

    private int find(JsonNames level, int first, int close) throws MalformedJson {
        if (escaped) {
            byte[] name = JsonText.unescaped(bytes, first, close).getBytes(StandardCharsets.UTF_8);
            return level.find(name, 0, name.length);
        }
        return level.find(bytes, first, close);
    }

    private int list(int from, int depth) throws MalformedJson {
        int at = blanks(from);
        if (at < end && bytes[at] == ']') {
            return at + 1;
        }
        while (true) {
            at = blanks(value(at, UNWANTED, null, depth));
            if (at < end && bytes[at] == ']') {
                return at + 1;
            }
            if (at == end || bytes[at] != ',') {
                throw new MalformedJson("expected a comma or a closing bracket behind a value", at);
            }
            at = blanks(at + 1);
        }
    }

    /** Reads a value, and notes it if it is wanted; gives the place behind it. */
    private int value(int at, int place, @Nullable JsonNames inside, int depth) throws MalformedJson {
        if (at == end) {
            throw new MalformedJson("found the end instead of a value", at);
        }
        switch (bytes[at]) {
            case '"' -> {
                int close = textEnd(at + 1);
                if (place >= 0) {
                    putText(place, at + 1, close);
                }
                note(at + 1, close, JsonShapes.Kind.TEXT, place);
                return close + 1;
            }
            case '{', '[' -> {
                if (depth == MAX_DEPTH) {
                    throw new MalformedJson("found objects or lists nested more than " + MAX_DEPTH + " deep", at);
                }
                if (place >= 0) {
                    values.is(place, RecordValues.STRUCTURE);
                    shapes.spoil();
                }
                return bytes[at] == '{' ? object(at + 1, inside, depth + 1) : list(at + 1, depth + 1);
            }
            case 't' -> {
                return word(at, TRUE, place, "true");
            }
            case 'f' -> {
                return word(at, FALSE, place, "false");
            }
            case 'n' -> {
                return word(at, NULL, place, null);
            }
            default -> {
                int close = numberEnd(at);
                note(at, close, JsonShapes.Kind.SCALAR, place);
                if (place >= 0) {
                    // As it is written: reading it into a double would lose what money needs.
                    values.stands(place, at, close);
                }
                return close;
            }
        }
    }

    /** While an object is read with care: a value stands here, and before it what was not noted yet. */
    private void note(int at, int close, JsonShapes.Kind kind, int place) {
        shapes.note(bytes, noted, at, kind, place);
        noted = close;
    }

    private void putText(int place, int from, int close) throws MalformedJson {
        if (escaped) {
            values.is(place, JsonText.unescaped(bytes, from, close));
        } else {
            values.stands(place, from, close);
        }
    }

    private int blanks(int from) {
        int at = from;
        while (at < end && bytes[at] <= ' ' && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private int word(int at, byte[] word, int place, @Nullable String value) throws MalformedJson {
        int to = at + word.length;
        if (to > end || !Arrays.equals(bytes, at, to, word, 0, word.length)) {
            throw new MalformedJson("expected a value", at);
        }
        if (place >= 0) {
            values.is(place, value);
        }
        note(at, to, JsonShapes.Kind.SCALAR, place);
        return to;
    }

    private int numberEnd(int from) throws MalformedJson {
        int at = bytes[from] == '-' ? from + 1 : from;
        int first = at;
        at = digits(at, from);
        if (bytes[first] == '0' && at > first + 1) {
            throw new MalformedJson("found a number that starts with 0", from);
        }
        if (at < end && bytes[at] == '.') {
            at = digits(at + 1, from);
        }
        if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
            at++;
            if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
                at++;
            }
            at = digits(at, from);
        }
        return at;
    }

    private int digits(int first, int from) throws MalformedJson {
        int at = first;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == first) {
            throw new MalformedJson("expected a value", from);
        }
        return at;
    }

    /** The place of the quote that ends the text, whose first letter is at {@code from}. Notes whether it holds escapes. */
    private int textEnd(int from) throws MalformedJson {
        escaped = false;
        int at = special(from);
        while (at < end && bytes[at] == '\\') {
            escaped = true;
            at = special(JsonText.behindEscape(bytes, at, end));
        }
        if (at == end) {
            throw new MalformedJson("found a text without an end", from - 1);
        }
        if (bytes[at] != '"') {
            throw new MalformedJson("found a control character within a text", at);
        }
        return at;
    }

    private int special(int from) {
        int at = JsonText.special(bytes, from, end);
        if (at < end && bytes[at] < 0) {
            beyondAscii = true;
            return JsonText.specialBeyondAscii(bytes, at, end);
        }
        return at;
    }
}
