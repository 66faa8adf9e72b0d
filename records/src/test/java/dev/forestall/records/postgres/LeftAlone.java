package dev.forestall.records.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;

/** Starts a server, says so, and waits to be killed. */
final class LeftAlone {

    static final String READY = "ready ";

    private LeftAlone() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgres server =
                EmbeddedPostgres.start(Path.of(arguments[0]), Path.of(arguments[1]), Duration.ofSeconds(60));
        try (Connection connection =
                EmbeddedPostgresTest.connect(server.access(), server.access().owner())) {
            connection.createStatement().execute("CREATE TABLE kept (word text)");
            connection.createStatement().execute("INSERT INTO kept VALUES ('survives')");
        }
        System.out.println(READY + "survives");
        Thread.currentThread().join();
    }
}
