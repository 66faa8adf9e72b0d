package dev.forestall.connectors.files;

import com.alibaba.fastjson2.util.Fnv;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The field names that a mapping reads at one level of an object, by the hash that the JSON reader computes anyway while it reads a
 * name. Names that are not asked for cost one look.
 */
final class JsonNames {

    private final long[] hashes;
    private final int[] places;
    private final @Nullable JsonNames[] inside;
    private final int mask;

    private record Name(String text, int place, @Nullable JsonNames inside) {}

    private JsonNames(List<Name> names) {
        int size = Integer.highestOneBit(Math.max(2, names.size())) * 4;
        hashes = new long[size];
        places = new int[size];
        inside = new JsonNames[size];
        mask = size - 1;
        for (Name name : names) {
            long hash = Fnv.hashCode64(name.text());
            int at = slot(hash);
            while (hashes[at] != 0) {
                at = at + 1 & mask;
            }
            hashes[at] = hash;
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

    private record Path(String text, int place) {}

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

    private int slot(long hash) {
        return (int) (hash ^ hash >>> 32 ^ hash >>> 16) & mask;
    }

    /** Where a name is to be found below, or -1 when nobody asks for it. */
    int find(long hash) {
        int at = slot(hash);
        while (hashes[at] != 0) {
            if (hashes[at] == hash) {
                return at;
            }
            at = at + 1 & mask;
        }
        return -1;
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
