package dev.forestall.views.out;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.Effect;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One kind of file that is written.
 *
 * @param name of the files, without their endings
 * @param row what an effect adds to it; nothing when the effect is of another kind
 * @param columns in the order in which they are written
 * @param <T> what a row is made of
 */
public record Output<T>(String name, Function<Effect, Optional<T>> row, List<Column<T>> columns) {

    /** Writes the row of an effect as an object, if it adds one. Returns whether it did. */
    public boolean write(Effect effect, JsonGenerator json) throws IOException {
        Optional<T> found = row.apply(effect);
        if (found.isEmpty()) {
            return false;
        }
        json.writeStartObject();
        writeFields(found.get(), json);
        json.writeEndObject();
        return true;
    }

    /** As {@link #write}, into an object that is open. */
    boolean writeFields(Effect effect, JsonGenerator json) throws IOException {
        Optional<T> found = row.apply(effect);
        if (found.isPresent()) {
            writeFields(found.get(), json);
        }
        return found.isPresent();
    }

    private void writeFields(T row, JsonGenerator json) throws IOException {
        for (Column<T> column : columns) {
            json.writeFieldName(column.name());
            column.cell().write(row, json);
        }
    }

    /** The columns and their types, as DuckDB wants to read them. */
    public String schema() {
        return columns.stream()
                .map(column -> "'" + column.name() + "': '" + column.type().sql + "'")
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
