package dev.forestall.loop.feature;

import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;
import java.util.Arrays;

/** The values of one text property over a customer's life: which, how often, and how often they changed. Bounded. */
final class Texts {

    /** So many different values are told apart for one customer; further ones are counted together. */
    static final int MAX_DISTINCT = 48;

    /** Longer values are cut: only their beginning tells them apart. */
    private static final int MAX_LENGTH = 64;

    String first = "";
    String last = "";
    long lastMillis;
    int n;
    int changes;
    int distinct;
    /** How often a value came that was one too many. */
    int others;

    private String[] values = new String[2];
    private int[] times = new int[2];

    void add(String text, long atMillis) {
        String value = cut(text);
        n++;
        if (n == 1) {
            first = value;
        }
        if (n == 1 || atMillis >= lastMillis) {
            changes += n > 1 && !value.equals(last) ? 1 : 0;
            last = value;
            lastMillis = atMillis;
        }
        int place = place(value);
        if (place >= 0) {
            times[place]++;
        } else if (distinct < MAX_DISTINCT) {
            keep(value, 1);
        } else {
            others++;
        }
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        boolean isPair = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
        return text.substring(0, isPair ? MAX_LENGTH - 1 : MAX_LENGTH);
    }

    private void keep(String value, int count) {
        if (distinct == values.length) {
            values = Arrays.copyOf(values, distinct * 2);
            times = Arrays.copyOf(times, distinct * 2);
        }
        values[distinct] = value;
        times[distinct++] = count;
    }

    private int place(String value) {
        for (int i = 0; i < distinct; i++) {
            if (values[i].equals(value)) {
                return i;
            }
        }
        return -1;
    }

    int times(String value) {
        int place = place(value);
        return place < 0 ? 0 : times[place];
    }

    /** The share of the most frequent value. */
    double mostFrequentShare() {
        int most = 0;
        for (int i = 0; i < distinct; i++) {
            most = Math.max(most, times[i]);
        }
        return (double) most / n;
    }

    void write(Writer to) {
        to.count(n).count(changes).whole(lastMillis).count(others).count(distinct);
        for (int i = 0; i < distinct; i++) {
            to.text(values[i]).count(times[i]);
        }
        to.count(place(last) + 1);
        if (place(last) < 0) {
            to.text(last);
        }
    }

    void read(Reader from) {
        n = from.size();
        changes = from.size();
        lastMillis = from.whole();
        others = from.size();
        for (int left = from.size(); left > 0; left--) {
            keep(from.text(), from.size());
        }
        // The first value is always the first that was kept.
        first = distinct == 0 ? "" : values[0];
        int place = from.size() - 1;
        last = place < 0 ? from.text() : values[place];
    }
}
