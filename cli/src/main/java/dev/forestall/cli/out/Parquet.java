package dev.forestall.cli.out;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Turns JSON Lines into Parquet. One thread and a kept order, so that the same lines give the same bytes. Opening it loads a native library
 * of some 80 MB, so nothing else does.
 */
final class Parquet implements AutoCloseable {

    /** Outside the Java heap; with more, what does not fit waits on disk. */
    private static final String MEMORY = "256MB";

    private final Connection connection;

    private Parquet(Connection connection) {
        this.connection = connection;
    }

    /** @param directory in which room is taken for what does not fit into memory */
    static Parquet in(Path directory) throws IOException {
        try {
            Parquet parquet = new Parquet(DriverManager.getConnection("jdbc:duckdb:"));
            parquet.run("SET threads = 1");
            parquet.run("SET preserve_insertion_order = true");
            parquet.run("SET memory_limit = '" + MEMORY + "'");
            parquet.run("SET temp_directory = " + quoted(directory.resolve("duckdb" + ".unfinished")));
            parquet.run("SET TimeZone = 'UTC'");
            return parquet;
        } catch (SQLException failed) {
            throw new IOException("the library that writes Parquet can't be opened: " + failed.getMessage(), failed);
        }
    }

    /** @param schema the columns of the lines with their types */
    void write(String schema, Path lines, Path to) throws IOException {
        try {
            // A file without lines has no columns for DuckDB to find, so none are looked for.
            String rows = Files.size(lines) == 0
                    ? "SELECT " + nothing(schema) + " LIMIT 0"
                    : "FROM read_json(" + quoted(lines) + ", format = 'newline_delimited', columns = " + schema + ")";
            run("COPY (" + rows + ") TO " + quoted(to) + " (FORMAT parquet, COMPRESSION zstd)");
        } catch (SQLException failed) {
            throw new IOException(to + " can't be written: " + failed.getMessage(), failed);
        }
    }

    /** The columns as nulls of their types: a struct names them all. */
    private static String nothing(String schema) {
        StringBuilder columns = new StringBuilder();
        for (String column : schema.substring(1, schema.length() - 1).split(", (?=')")) {
            int colon = column.indexOf("': '");
            columns.append(columns.isEmpty() ? "" : ", ")
                    .append("NULL::")
                    .append(column, colon + 4, column.length() - 1)
                    .append(" AS \"")
                    .append(column, 1, colon)
                    .append('"');
        }
        return columns.toString();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(Path path) {
        return "'" + path.toAbsolutePath().toString().replace("'", "''") + "'";
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw new IOException("the library that writes Parquet can't be closed: " + failed.getMessage(), failed);
        }
    }
}
