package dev.forestall.records.database;

import dev.forestall.records.RecordsError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of one tenant: statements see and change this tenant's rows only, whatever they say. For one thread.
 *
 * <p>Values are texts, whole numbers, numbers, flags, bytes, lists of texts, {@link Instant}s, and what is optional of these.
 */
public final class Session {

    private final Connection connection;
    private final Tenant tenant;

    Session(Connection connection, Tenant tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    public Tenant tenant() {
        return tenant;
    }

    /** @return how many rows were changed */
    public int change(String sql, @Nullable Object... values) {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException failed) {
            throw refused(sql, failed);
        }
    }

    /** One statement with the values of many rows. */
    public void changeAll(String sql, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] values : rows) {
                set(statement, values);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException failed) {
            throw refused(sql, failed);
        }
    }

    public <T> List<T> list(String sql, Row.Reading<T> reading, @Nullable Object... values) {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            Row row = new Row(rows);
            while (rows.next()) {
                all.add(reading.of(row));
            }
            return all;
        } catch (SQLException failed) {
            throw refused(sql, failed);
        }
    }

    /** The first row of the answer. */
    public <T> Optional<T> first(String sql, Row.Reading<T> reading, @Nullable Object... values) {
        List<T> all = list(sql, reading, values);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
    }

    /** One number, such as a count. */
    public long number(String sql, @Nullable Object... values) {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failed) {
            throw refused(sql, failed);
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            set(statement, values);
            return statement;
        } catch (SQLException | RuntimeException failed) {
            statement.close();
            throw failed;
        }
    }

    private void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, value(values[i]));
        }
    }

    private @Nullable Object value(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case String text -> storable(text);
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Optional<?> optional -> value(optional.orElse(null));
            case OptionalLong optional -> optional.isPresent() ? optional.getAsLong() : null;
            case List<?> texts ->
                connection.createArrayOf(
                        "text",
                        texts.stream()
                                .map(Object::toString)
                                .map(Session::storable)
                                .toArray());
            case Tenant whose -> whose.name();
            default -> value;
        };
    }

    /** PostgreSQL keeps every sign but this one. Senders may send it all the same. */
    private static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    private static RuntimeException refused(String sql, SQLException failed) {
        return RecordsError.STATEMENT_FAILED.because(
                "state " + failed.getSQLState() + ": " + failed.getMessage() + "; the statement was: "
                        + sql.strip().lines().findFirst().orElse(""),
                failed);
    }
}
