package dev.forestall.records.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forestall.loop.host.StorageException;
import dev.forestall.records.RecordsError;
import dev.forestall.records.postgres.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

    private static final Tenant BANK = new Tenant("bank");
    private static final Tenant SHOP = new Tenant("shop");

    private static final String STOP =
            "INSERT INTO operational.stops VALUES (?, 'all', ?, 'a test', 'user:u-1', now())";

    @TempDir
    static Path directory;

    private static EmbeddedPostgres server;
    private static Database database;

    @BeforeAll
    static void open() {
        server = EmbeddedPostgres.start(directory, Path.of("target", "postgresql"), Duration.ofSeconds(60));
        database = Database.open(server.access(), 4);
    }

    @AfterAll
    static void close() {
        database.close();
        server.close();
    }

    private static List<String> stops(Tenant tenant) {
        return database.in(
                tenant, session -> session.list("SELECT name FROM operational.stops", row -> row.text("name")));
    }

    @Test
    void a_tenant_sees_its_own_rows_whatever_the_statement_says() {
        database.doIn(BANK, session -> session.change(STOP, BANK, "of the bank"));
        database.doIn(SHOP, session -> session.change(STOP, SHOP, "of the shop"));
        assertThat(stops(BANK)).contains("of the bank").doesNotContain("of the shop");
        assertThat(stops(SHOP)).contains("of the shop").doesNotContain("of the bank");
        assertThat(database.<Integer>in(
                        SHOP, session -> session.change("DELETE FROM operational.stops WHERE name = 'of the bank'")))
                .isZero();
        assertThatThrownBy(() -> database.doIn(SHOP, session -> session.change(STOP, BANK, "smuggled")))
                .hasMessageStartingWith(RecordsError.STATEMENT_FAILED.code())
                .hasMessageContaining("row-level security");
        assertThat(stops(BANK)).contains("of the bank").doesNotContain("smuggled");
    }

    @Test
    void without_a_tenant_nothing_is_seen_even_on_a_connection_that_had_one() throws SQLException {
        database.doIn(SHOP, session -> session.change(STOP, SHOP, "seen"));
        for (int i = 0; i < 8; i++) {
            try (Connection connection = database.connections().getConnection();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT count(*) FROM operational.stops")) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
            }
        }
    }

    @Test
    void every_table_has_a_tenant_and_hides_its_rows_even_from_its_owner() throws SQLException {
        try (Connection owner = DriverManager.getConnection(
                        server.access().url(),
                        server.access().owner().user(),
                        server.access().owner().password());
                var statement = owner.createStatement();
                var tables = statement.executeQuery("""
                        SELECT c.oid::regclass::text AS name, c.relrowsecurity AND c.relforcerowsecurity AS closed,
                          EXISTS (SELECT 1 FROM pg_policies p WHERE p.schemaname = n.nspname AND p.tablename = c.relname) AS ruled,
                          pg_get_userbyid(c.relowner) AS owner
                        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname IN ('projection', 'operational', 'inbox') AND c.relkind IN ('r', 'v', 'm', 'f')
                          AND c.relname <> 'flyway_schema_history'
                        """)) {
            List<String> seen = new ArrayList<>();
            while (tables.next()) {
                String name = tables.getString("name");
                seen.add(name);
                assertThat(tables.getBoolean("closed") && tables.getBoolean("ruled"))
                        .as(name + " is closed")
                        .isTrue();
                assertThat(tables.getString("owner")).as(name).isEqualTo("forestall_owner");
            }
            assertThat(seen).contains("projection.effects", "operational.outbox", "inbox.reports");
        }
    }

    @Test
    void what_the_database_refuses_is_said_without_anybodys_name() {
        String insert = "INSERT INTO projection.customers VALUES (?, ?, now(), now(), 1, 1, NULL)";
        assertThatThrownBy(() -> database.doIn(BANK, session -> {
                    session.change(insert, BANK, "ann@example.com");
                    session.change(insert, BANK, "ann@example.com");
                }))
                .hasMessageStartingWith(RecordsError.STATEMENT_FAILED.code())
                .hasMessageContaining("duplicate key")
                .hasMessageNotContaining("ann@");
    }

    @Test
    void work_that_fails_leaves_nothing_behind() {
        assertThatThrownBy(() -> database.doIn(BANK, session -> {
                    session.change(STOP, BANK, "half done");
                    throw new IllegalStateException("in the middle");
                }))
                .hasMessage("in the middle");
        assertThat(stops(BANK)).doesNotContain("half done");
    }

    @Test
    void values_come_back_as_they_were_but_for_the_sign_that_postgresql_cannot_keep() {
        Instant at = Instant.parse("2026-03-01T09:59:59.123Z");
        database.doIn(BANK, session -> {
            session.change(STOP, BANK, "a\0b");
            assertThat(session.first(
                            "SELECT ?::timestamptz AS at, ?::text[] AS words, ?::bytea AS bytes, ?::text AS none",
                            row -> List.of(
                                    row.millis("at"),
                                    row.bytes("bytes").length,
                                    row.optionalText("none").isPresent()),
                            at,
                            List.of("a", "b,c"),
                            new byte[3],
                            null))
                    .contains(List.of(at.toEpochMilli(), 3, false));
            assertThat(session.list("SELECT name FROM operational.stops", row -> row.text("name")))
                    .contains("a\uFFFDb");
            session.change("DELETE FROM operational.stops WHERE name = ?", "a\0b");
        });
    }

    @Test
    void a_database_with_one_login_works_under_a_role_that_owns_nothing() throws SQLException {
        String name = "brought_along";
        String password = "their own";
        try (Connection superuser = server.asSuperuser();
                var statement = superuser.createStatement()) {
            statement.execute("CREATE ROLE " + name + " LOGIN CREATEROLE PASSWORD '" + password + "'");
            statement.execute("CREATE DATABASE " + name + " OWNER " + name);
        }
        String url = server.access().url().replaceFirst("[^/]+$", name);
        // The role of the embedded database stands for one that an administrator made.
        try (Connection superuser = server.asSuperuser();
                var statement = superuser.createStatement()) {
            statement.execute("GRANT " + Access.APPLICATION_ROLE + " TO " + name);
        }
        try (Database theirs = Database.open(Access.of(url, name, password), 2)) {
            theirs.doIn(BANK, session -> session.change(STOP, BANK, "here"));
            assertThat(theirs.<String>in(
                            BANK,
                            session -> session.first("SELECT current_user AS name", row -> row.text("name"))
                                    .orElseThrow()))
                    .isEqualTo(Access.APPLICATION_ROLE);
            assertThat(theirs.<Long>in(SHOP, session -> session.number("SELECT count(*) FROM operational.stops")))
                    .isZero();
        }
    }

    @Test
    void a_database_that_is_not_there_says_what_to_check() {
        Access access = Access.of("jdbc:postgresql://127.0.0.1:1/nowhere", "nobody", "nothing");
        assertThatThrownBy(() -> Database.open(access, 1))
                .hasMessageStartingWith(RecordsError.DATABASE_UNREACHABLE.code())
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/nowhere");
    }

    @Test
    void a_database_that_is_killed_comes_back_with_all_that_was_committed() throws Exception {
        for (int time = 0; time < 5; time++) {
            String name = "before kill " + time;
            database.doIn(SHOP, session -> session.change(STOP, SHOP, name));
            long pid = Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid"))
                    .getFirst()
                    .strip());
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            ProcessHandle.of(pid).ifPresent(killed -> killed.onExit().join());
            assertThat(stopsOnceItAnswers()).contains(name);
        }
    }

    /** Connections that were open are broken, and new ones are made as soon as somebody listens. */
    private static List<String> stopsOnceItAnswers() {
        Instant latest = Instant.now().plus(Duration.ofMinutes(3));
        while (true) {
            try {
                return stops(SHOP);
            } catch (StorageException broken) {
                assertThat(broken.error()).isIn(RecordsError.DATABASE_UNREACHABLE, RecordsError.STATEMENT_FAILED);
                assertThat(Instant.now()).as("it comes back").isBefore(latest);
            }
        }
    }

    @Test
    void opening_again_changes_nothing() {
        database.doIn(SHOP, session -> session.change(STOP, SHOP, "stays"));
        Database.open(server.access(), 1).close();
        assertThat(stops(SHOP)).contains("stays");
    }
}
