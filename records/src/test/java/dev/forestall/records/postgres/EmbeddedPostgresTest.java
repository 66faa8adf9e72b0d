package dev.forestall.records.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.records.RecordsError;
import dev.forestall.records.database.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    private static final Path PROGRAMS = Path.of("target", "postgresql");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(directory.resolve("database"), PROGRAMS, PATIENCE);
    }

    @Test
    void what_was_committed_is_there_after_a_restart_and_all_safety_is_on() throws SQLException {
        try (EmbeddedPostgres server = start();
                Connection owner = connect(server.access(), server.access().owner())) {
            owner.createStatement().execute("CREATE TABLE kept (word text)");
            owner.createStatement().execute("INSERT INTO kept VALUES ('here')");
            assertThat(asked(owner, "SHOW fsync")).isEqualTo("on");
            assertThat(asked(owner, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(asked(owner, "SHOW full_page_writes")).isEqualTo("on");
        }
        try (EmbeddedPostgres again = start();
                Connection owner = connect(again.access(), again.access().owner())) {
            assertThat(asked(owner, "SELECT word FROM kept")).isEqualTo("here");
        }
    }

    @Test
    void nobody_gets_in_without_the_password_and_nobody_else_can_read_it() throws SQLException, IOException {
        try (EmbeddedPostgres server = start()) {
            Access access = server.access();
            for (String user : new String[] {
                "postgres", access.owner().user(), access.application().user()
            }) {
                assertThatThrownBy(() -> DriverManager.getConnection(access.url(), user, "guessed"))
                        .hasMessageContaining("password authentication failed");
            }
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("database/password"))))
                    .isEqualTo("rw-------");
            assertThat(access.toString())
                    .doesNotContain(access.owner().password())
                    .doesNotContain(access.application().password());
        }
    }

    @Test
    void the_application_is_no_superuser_and_owns_nothing() throws SQLException {
        try (EmbeddedPostgres server = start();
                Connection application =
                        connect(server.access(), server.access().application())) {
            assertThat(
                            asked(
                                    application,
                                    "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"))
                    .isEqualTo("f");
            assertThatThrownBy(() -> application.createStatement().execute("CREATE SCHEMA mine"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void a_server_that_outlived_its_process_is_stopped_and_a_new_one_started() throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LeftAlone.class.getName(),
                        directory.resolve("database").toString(),
                        PROGRAMS.toString())
                .redirectErrorStream(true)
                .start();
        String said = owner.inputReader()
                .lines()
                .filter(line -> line.startsWith(LeftAlone.READY))
                .findFirst()
                .orElseThrow();
        owner.destroyForcibly().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Postmaster orphan = Postmaster.in(directory.resolve("database/data")).orElseThrow();
        assertThat(orphan.isAlive())
                .as("PostgreSQL outlives the process that started it")
                .isTrue();

        try (EmbeddedPostgres again = start();
                Connection connection = connect(again.access(), again.access().owner())) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(Postmaster.in(directory.resolve("database/data"))
                            .orElseThrow()
                            .pid())
                    .isNotEqualTo(orphan.pid());
            assertThat(asked(connection, "SELECT word FROM kept")).isEqualTo(said.substring(LeftAlone.READY.length()));
        }
    }

    @Test
    void a_second_server_of_the_same_directory_is_refused_while_the_first_runs() {
        try (EmbeddedPostgres first = start()) {
            assertThatThrownBy(this::start)
                    .hasMessageStartingWith(RecordsError.SERVER_IN_USE.code())
                    .hasMessageContaining(directory.toString());
            assertThat(first.access().url()).startsWith("jdbc:postgresql://127.0.0.1:");
        }
    }

    @Test
    void a_lost_password_says_which_file_is_missing() throws IOException {
        start().close();
        Files.delete(directory.resolve("database/password"));
        assertThatThrownBy(this::start)
                .hasMessageStartingWith(RecordsError.PASSWORD_MISSING.code())
                .hasMessageContaining("database/password");
    }

    @Test
    void what_was_half_made_when_the_process_died_is_made_anew() throws IOException, SQLException {
        Files.createDirectories(directory.resolve("database/data.new/base"));
        try (EmbeddedPostgres server = start();
                Connection owner = connect(server.access(), server.access().owner())) {
            assertThat(asked(owner, "SELECT current_database()")).isEqualTo("forestall");
        }
    }

    static Connection connect(Access access, Access.Login login) throws SQLException {
        return DriverManager.getConnection(access.url(), login.user(), login.password());
    }

    private static String asked(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
