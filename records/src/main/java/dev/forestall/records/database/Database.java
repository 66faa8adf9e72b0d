package dev.forestall.records.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.forestall.records.RecordsError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * A database whose tables are those of this version. All work is done in transactions of one tenant; the database itself hides the rows of all
 * others, and every row from whoever names no tenant. For any thread.
 *
 * <p>Three schemas, for three kinds of tables: {@code projection} is made of effects and can be made anew at any time, {@code operational} is
 * dropped by nothing, and {@code inbox} keeps what was done outside until the engine has it.
 */
public final class Database implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HikariDataSource connections;

    private Database(HikariDataSource connections) {
        this.connections = connections;
    }

    /**
     * Connects, and brings the tables to this version.
     *
     * @param connections how many transactions may run at once; more wait
     * @throws dev.forestall.loop.host.StorageException when it cannot be reached, or the tables cannot be made
     */
    public static Database open(Access access, int connections) {
        Migrations.run(access);
        HikariConfig config = new HikariConfig();
        config.setPoolName("forestall");
        config.setJdbcUrl(access.url());
        config.setUsername(access.application().user());
        config.setPassword(access.application().password());
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setAutoCommit(false);
        config.addDataSourceProperty("ApplicationName", "forestall");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        // What the server says in detail of a violation are the values of the row: they may be somebody's name.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.setConnectionInitSql("SET ROLE " + access.application().role());
        try {
            return new Database(new HikariDataSource(config));
        } catch (HikariPool.PoolInitializationException unreachable) {
            throw RecordsError.DATABASE_UNREACHABLE.because(
                    access.url() + " as " + access.application() + ": " + unreachable.getMessage()
                            + ". Check the address and the password",
                    unreachable);
        }
    }

    /** Connections of the application's role, for libraries that want them. Without a tenant they see no row. */
    public DataSource connections() {
        return connections;
    }

    /**
     * Does some work in one transaction: all of it is committed, or nothing.
     *
     * @param work that may be repeated by the caller when it failed
     */
    public <T> T in(Tenant tenant, Function<Session, T> work) {
        try (Connection connection = connections.getConnection()) {
            try {
                enter(connection, tenant);
                T done = work.apply(new Session(connection, tenant));
                connection.commit();
                return done;
            } catch (SQLException | RuntimeException | Error failed) {
                rollBack(connection, failed);
                throw failed;
            }
        } catch (SQLException failed) {
            throw RecordsError.DATABASE_UNREACHABLE.because(
                    failed.getMessage() + ". What was to be done is not done; it is tried again by itself", failed);
        }
    }

    /** As {@link #in}, without an answer. */
    public void doIn(Tenant tenant, Consumer<Session> work) {
        in(tenant, session -> {
            work.accept(session);
            return true;
        });
    }

    /** The tenant is forgotten with the transaction. */
    private static void enter(Connection connection, Tenant tenant) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT set_config('forestall.tenant', ?, true)")) {
            statement.setString(1, tenant.name());
            statement.execute();
        }
    }

    private static void rollBack(Connection connection, Throwable failed) {
        try {
            connection.rollback();
        } catch (SQLException second) {
            failed.addSuppressed(second);
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
