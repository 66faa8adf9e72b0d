package dev.forestall.records.database;

import dev.forestall.records.RecordsError;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables of the three schemas to what this version needs. Each schema has a folder, and a history of its own. */
final class Migrations {

    private static final List<String> SCHEMAS = List.of("projection", "operational", "inbox");

    private Migrations() {}

    static void run(Access access) {
        String role = access.application().role();
        makeRoleIfMissing(access, role);
        try {
            for (String schema : SCHEMAS) {
                Flyway.configure(Migrations.class.getClassLoader())
                        .dataSource(
                                access.url(),
                                access.owner().user(),
                                access.owner().password())
                        .schemas(schema)
                        .defaultSchema(schema)
                        .createSchemas(true)
                        .locations("classpath:db/" + schema, "classpath:db/every")
                        .placeholders(Map.of("application", role))
                        .failOnMissingLocations(true)
                        .cleanDisabled(true)
                        .load()
                        .migrate();
            }
        } catch (FlywayException failed) {
            throw RecordsError.TABLES_NOT_MADE.because(
                    access.url() + " as " + access.owner() + ": " + failed.getMessage()
                            + ". If a newer version was here before, use that one, or a copy of the database from before it",
                    failed);
        }
    }

    /** Where one login does everything, it takes another role for daily work; that role cannot log in by itself. */
    private static void makeRoleIfMissing(Access access, String role) {
        if (role.equals(access.application().user())) {
            return;
        }
        try (Connection connection = DriverManager.getConnection(
                        access.url(), access.owner().user(), access.owner().password());
                Statement statement = connection.createStatement()) {
            if (!holds(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
                statement.execute("CREATE ROLE " + role + " NOLOGIN NOSUPERUSER NOBYPASSRLS");
            }
            if (!holds(statement, "SELECT 1 WHERE pg_has_role(current_user, '" + role + "', 'SET')")) {
                statement.execute("GRANT " + role + " TO CURRENT_USER");
            }
        } catch (SQLException failed) {
            throw RecordsError.DATABASE_UNREACHABLE.because(
                    access.url() + " as " + access.owner() + ": " + failed.getMessage()
                            + ". It must be reachable, and the user must be allowed to work as the role " + role
                            + ": CREATE ROLE " + role + " NOLOGIN; GRANT " + role + " TO "
                            + access.owner().user(),
                    failed);
        }
    }

    private static boolean holds(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            return found.next();
        }
    }
}
