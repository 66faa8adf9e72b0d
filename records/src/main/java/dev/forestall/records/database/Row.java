package dev.forestall.records.database;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One row of an answer, while it is read. */
public final class Row {

    private final ResultSet row;

    Row(ResultSet row) {
        this.row = row;
    }

    /** Reads a row into what it means. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(Row row) throws SQLException;
    }

    public String text(String column) throws SQLException {
        String value = row.getString(column);
        if (value == null) {
            throw new SQLException("column " + column + " is null where a text is expected");
        }
        return value;
    }

    public Optional<String> optionalText(String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    /** An array of texts. */
    public List<String> texts(String column) throws SQLException {
        Array value = row.getArray(column);
        return value == null ? List.of() : List.of((String[]) value.getArray());
    }

    public long whole(String column) throws SQLException {
        return row.getLong(column);
    }

    public OptionalLong optionalWhole(String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    public int count(String column) throws SQLException {
        return row.getInt(column);
    }

    public double number(String column) throws SQLException {
        return row.getDouble(column);
    }

    public boolean flag(String column) throws SQLException {
        return row.getBoolean(column);
    }

    public byte[] bytes(String column) throws SQLException {
        byte[] value = row.getBytes(column);
        if (value == null) {
            throw new SQLException("column " + column + " is null where bytes are expected");
        }
        return value;
    }

    /** In milliseconds since 1970 UTC. */
    public long millis(String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toEpochMilli();
    }

    /** In milliseconds since 1970 UTC. */
    public OptionalLong optionalMillis(String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null
                ? OptionalLong.empty()
                : OptionalLong.of(value.toInstant().toEpochMilli());
    }
}
