package dev.forestall.records.effects;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some rows of a list, and where it goes on.
 *
 * @param next hand it back to read on; empty at the end
 */
public record Page<T>(List<T> rows, Optional<String> next) {

    public Page {
        rows = List.copyOf(rows);
    }

    /** @param more one row more than the limit, if there are so many @param cursor of a row: the list goes on behind it */
    public static <T> Page<T> of(List<T> more, int limit, Function<T, String> cursor) {
        if (more.size() <= limit) {
            return new Page<>(more, Optional.empty());
        }
        List<T> rows = more.subList(0, limit);
        return new Page<>(rows, Optional.of(cursor.apply(rows.getLast())));
    }
}
