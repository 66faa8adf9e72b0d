package dev.forestall.connectors.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The field names that a mapping reads at one level of an object, found by their bytes. Names that nobody asks for cost one look at
 * their length and first eight bytes.
 */
final class JsonNames {

    private static final byte[] FREE = {};

    private final byte[][] names;
    private final long[] starts;
    private final int[] places;
    private final @Nullable JsonNames[] inside;
    private final int shift;

    private record Name(String text, int place, @Nullable JsonNames inside) {}

    private record Path(String text, int place) {}

    private JsonNames(List<Name> of) {
        int bits = 34 - Integer.numberOfLeadingZeros(of.size());
        names = new byte[1 << bits][];
        Arrays.fill(names, FREE);
        starts = new long[1 << bits];
        places = new int[1 << bits];
        inside = new JsonNames[1 << bits];
        shift = 64 - bits;
        for (Name name : of) {
            byte[] bytes = name.text().getBytes(StandardCharsets.UTF_8);
            long start = start(bytes, 0, bytes.length);
            int at = slot(start, bytes.length);
            while (names[at] != FREE) {
                at = next(at);
            }
            names[at] = bytes;
            starts[at] = start;
            places[at] = name.place();
            inside[at] = name.inside();
        }
    }

    /** Of all places, whose names are joined by dots. A place may also stand as one name with dots in it at the top. */
    static JsonNames of(List<String> places) {
        List<Path> paths = new ArrayList<>();
        for (int place = 0; place < places.size(); place++) {
            paths.add(new Path(places.get(place), place));
        }
        List<Name> names = level(paths);
        for (Path path : paths) {
            if (path.text().indexOf('.') >= 0) {
                names.add(new Name(path.text(), path.place(), null));
            }
        }
        return new JsonNames(names);
    }

    /** Of names that are taken as they are; each is found at its number in the list. */
    static JsonNames flat(List<String> texts) {
        List<Name> names = new ArrayList<>();
        for (String text : texts) {
            names.add(new Name(text, names.size(), null));
        }
        return new JsonNames(names);
    }

    private static List<Name> level(List<Path> paths) {
        List<String> heads =
                paths.stream().map(path -> head(path.text())).distinct().toList();
        List<Name> names = new ArrayList<>();
        for (String head : heads) {
            int place = -1;
            List<Path> below = new ArrayList<>();
            for (Path path : paths) {
                if (path.text().equals(head)) {
                    place = path.place();
                } else if (head(path.text()).equals(head)) {
                    below.add(new Path(path.text().substring(head.length() + 1), path.place()));
                }
            }
            names.add(new Name(head, place, below.isEmpty() ? null : new JsonNames(level(below))));
        }
        return names;
    }

    private static String head(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    /** The first eight bytes of a name, or all of a shorter one, as one word. */
    static long start(byte[] bytes, int from, int to) {
        long word = 0;
        for (int i = Math.min(8, to - from) - 1; i >= 0; i--) {
            word = word << 8 | bytes[from + i] & 0xff;
        }
        return word;
    }

    /** Where the name between two places is to be found below, or -1 when nobody asks for it. */
    int find(byte[] bytes, int from, int to) {
        int length = to - from;
        long start = startWithin(bytes, from, length);
        int at = slot(start, length);
        for (byte[] name = names[at]; name != FREE; name = names[at]) {
            if (starts[at] == start
                    && name.length == length
                    && (length <= 8 || isSameBehind(name, bytes, from, length))) {
                return at;
            }
            at = next(at);
        }
        return -1;
    }

    /** Whether all that stands behind the first eight bytes is the same, too: eight at a time, the last eight overlapping. */
    private static boolean isSameBehind(byte[] name, byte[] bytes, int from, int length) {
        int last = length - 8;
        for (int at = 8; at < last; at += 8) {
            if (EightBytes.at(name, at) != EightBytes.at(bytes, from + at)) {
                return false;
            }
        }
        return EightBytes.at(name, last) == EightBytes.at(bytes, from + last);
    }

    /** As {@link #start}, by one look where there is room for it. */
    private static long startWithin(byte[] bytes, int from, int length) {
        if (from + 8 > bytes.length) {
            return start(bytes, from, from + length);
        }
        long word = EightBytes.at(bytes, from);
        return length >= 8 ? word : word & (1L << 8 * length) - 1;
    }

    private int slot(long start, int length) {
        // Fibonacci hashing: the high bits of the product depend on all bits of the name.
        return (int) ((start + length) * 0x9E3779B97F4A7C15L >>> shift);
    }

    private int next(int at) {
        return at + 1 & names.length - 1;
    }

    /** The number of the place that a found name fills, or -1 when it only leads further in. */
    int place(int found) {
        return places[found];
    }

    /** The names inside the object of a found name, or null when nobody asks for any. */
    @Nullable
    JsonNames inside(int found) {
        return inside[found];
    }
}
