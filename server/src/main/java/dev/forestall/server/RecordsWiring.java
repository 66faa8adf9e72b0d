package dev.forestall.server;

import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.records.database.Access;
import dev.forestall.records.database.Database;
import dev.forestall.records.effects.Timeline;
import dev.forestall.records.postgres.EmbeddedPostgres;
import dev.forestall.records.projection.Projection;
import dev.forestall.records.rejected.RejectedRecords;
import dev.forestall.server.live.Disk;
import dev.forestall.server.live.Health;
import dev.forestall.server.live.LiveEffects;
import dev.forestall.server.look.Looks;
import dev.forestall.server.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** The database, which lies in the directory that the engine has made, and what people and programs look up in it. */
@Configuration(proxyBeanMethods = false)
class RecordsWiring {

    private static final Duration PATIENCE_WITH_DATABASE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 16;
    private static final int KEPT_OF_A_KIND = 1_000;

    @Bean(destroyMethod = "close")
    @DependsOn("engine")
    DatabaseServer databaseServer(Settings settings) {
        return settings.database().map(DatabaseServer::external).orElseGet(() -> DatabaseServer.own(settings.data()));
    }

    @Bean(destroyMethod = "close")
    Database database(DatabaseServer server) {
        return Database.open(server.access(), CONNECTIONS);
    }

    @Bean(destroyMethod = "close")
    Projection projection(Engine engine, Database database) {
        return Projection.follow(engine, database, Wiring.TENANT);
    }

    @Bean
    Timeline timeline(Database database) {
        return new Timeline(database);
    }

    @Bean
    RejectedRecords rejectedRecords(Database database) {
        return new RejectedRecords(database, KEPT_OF_A_KIND);
    }

    @Bean
    Looks looks(Engine engine, Timeline timeline) {
        return new Looks(engine, timeline, Wiring.TENANT);
    }

    @Bean
    Disk disk(Settings settings, HostClock wallClock) {
        return new Disk(settings.data(), settings.disk().warn(), settings.disk().refuse(), wallClock);
    }

    @Bean
    Health health(Engine engine, Database database, Disk disk) {
        return new Health(engine, database, Wiring.TENANT, disk);
    }

    @Bean(destroyMethod = "close")
    LiveEffects live(Engine engine, Projection projection, Timeline timeline) {
        return new LiveEffects(engine, projection, timeline, Wiring.TENANT);
    }

    /** Watchers would not go by themselves: they are let go before the server waits for requests to end. */
    @Bean
    SmartLifecycle watchersGoFirst(LiveEffects live) {
        return new SmartLifecycle() {
            private volatile boolean isRunning;

            @Override
            public void start() {
                isRunning = true;
            }

            @Override
            public void stop() {
                isRunning = false;
                live.close();
            }

            @Override
            public boolean isRunning() {
                return isRunning;
            }
        };
    }

    /** Where the database is, and the process of it that is ours, if one is. */
    record DatabaseServer(Access access, AutoCloseable process) implements AutoCloseable {

        static DatabaseServer external(Settings.DatabaseLogin login) {
            return new DatabaseServer(Access.of(login.url(), login.user(), login.password()), () -> {});
        }

        static DatabaseServer own(Path data) {
            EmbeddedPostgres server = EmbeddedPostgres.start(
                    data.resolve("database"), data.resolve("database-programs"), PATIENCE_WITH_DATABASE);
            return new DatabaseServer(server.access(), server);
        }

        @Override
        public void close() throws Exception {
            process.close();
        }
    }
}
