package dev.forestall.connectors.files;

import java.util.Arrays;

/**
 * Finds the fields of one CSV record in bytes, as RFC 4180 and most programs write it: lines end with LF, CR LF or CR; a field that
 * starts with a quote may hold delimiters, line ends and doubled quotes.
 */
final class CsvFields {

    /** How the search for a record's fields ended. */
    enum Outcome {
        FOUND,
        /** A quoted field does not end before the file or the longest record does. */
        OPEN_QUOTE,
        /** Something stands between a closing quote and the next delimiter. */
        AFTER_QUOTE
    }

    private final byte delimiter;
    private int[] from = new int[16];
    private int[] to = new int[16];
    private int count;
    private int end;
    private int lineEnds;

    CsvFields(char delimiter) {
        if (delimiter > 0x7e || delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
            throw new IllegalArgumentException("'" + delimiter + "' cannot stand between the columns of a CSV file");
        }
        this.delimiter = (byte) delimiter;
    }

    /** Finds the fields of the record at {@code start}; {@code limit} is the end of the bytes. */
    Outcome find(byte[] bytes, int start, int limit) {
        count = 0;
        lineEnds = 0;
        int at = start;
        while (true) {
            if (at < limit && bytes[at] == '"') {
                int close = closingQuote(bytes, at + 1, limit);
                if (close == limit) {
                    return Outcome.OPEN_QUOTE;
                }
                // A quoted field is kept with its quotes, which tells it from one without.
                add(at, close + 1);
                at = close + 1;
                if (at < limit && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r') {
                    return Outcome.AFTER_QUOTE;
                }
            } else {
                int first = at;
                while (at < limit && bytes[at] != delimiter && bytes[at] != '\n' && bytes[at] != '\r') {
                    at++;
                }
                add(first, at);
            }
            if (at == limit || bytes[at] != delimiter) {
                end = at;
                return Outcome.FOUND;
            }
            at++;
        }
    }

    private int closingQuote(byte[] bytes, int start, int limit) {
        int at = start;
        for (; at < limit; at++) {
            byte c = bytes[at];
            if (c == '"') {
                if (at + 1 == limit || bytes[at + 1] != '"') {
                    return at;
                }
                at++;
            } else if (c == '\n' || c == '\r' && (at + 1 == limit || bytes[at + 1] != '\n')) {
                lineEnds++;
            }
        }
        return limit;
    }

    private void add(int first, int last) {
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            to = Arrays.copyOf(to, 2 * count);
        }
        from[count] = first;
        to[count++] = last;
    }

    int count() {
        return count;
    }

    /** Where the record's text ends; a line end follows, or nothing. */
    int end() {
        return end;
    }

    /** Line ends within quoted fields. */
    int lineEnds() {
        return lineEnds;
    }

    String text(Window window, int field) {
        return isQuoted(window, field) ? unquoted(window, field) : window.text(from[field], to[field]);
    }

    /** Makes a field the value of a place. */
    void fill(RecordValues values, int place, Window window, int field) {
        if (isQuoted(window, field)) {
            values.is(place, unquoted(window, field));
        } else {
            values.stands(place, from[field], to[field]);
        }
    }

    private boolean isQuoted(Window window, int field) {
        return from[field] < to[field] && window.bytes()[from[field]] == '"';
    }

    private String unquoted(Window window, int field) {
        String text = window.text(from[field] + 1, to[field] - 1);
        return text.indexOf('"') < 0 ? text : text.replace("\"\"", "\"");
    }
}
