package dev.forestall.testkit;

import dev.forestall.loop.host.Cursor;
import java.util.ArrayList;
import java.util.List;

/** What cursors are over. */
public final class Cursors {

    private Cursors() {}

    /** Reads to the end, and closes. */
    public static <T> List<T> toList(Cursor<T> cursor) {
        List<T> all = new ArrayList<>();
        try (cursor) {
            cursor.forEachRemaining(all::add);
        }
        return all;
    }
}
