package dev.forestall.server;

import dev.forestall.connectors.segment.SegmentBodies;
import dev.forestall.connectors.segment.SegmentLimits;
import dev.forestall.embedded.EmbeddedEngine;
import dev.forestall.embedded.EngineOptions;
import dev.forestall.embedded.HostOptions;
import dev.forestall.embedded.IntakeOptions;
import dev.forestall.embedded.SystemClock;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.pack.PackException;
import dev.forestall.records.database.Access;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.postgres.EmbeddedPostgres;
import dev.forestall.run.DataFolder;
import dev.forestall.server.ingest.Door;
import dev.forestall.server.ingest.SegmentServlet;
import dev.forestall.server.ingest.Sources;
import dev.forestall.server.ingest.Tail;
import dev.forestall.server.security.ApiKeys;
import dev.forestall.server.security.Audit;
import dev.forestall.server.security.Users;
import dev.forestall.server.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The parts of a server and how they stand on each other, from the ground up. Nothing is found by searching: what is not named here is not
 * there. What is closed is closed in the opposite order.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    LifecycleAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class
})
class Wiring {

    private static final Duration PATIENCE_WITH_DATABASE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 16;
    private static final int QUEUED_RECORDS = 65_536;
    private static final Duration COMMIT_WITHIN = Duration.ofMillis(100);

    @Bean
    HostClock clock() {
        return new SystemClock();
    }

    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }

    // The engine: from here on, nothing knows which host it is.

    @Bean
    DataFolder.Served served(Settings settings, HostClock clock) {
        DataFolder folder = new DataFolder(settings.data());
        if (settings.pack().isEmpty() && !folder.isUsed()) {
            throw ServerError.NO_PACK.because("no pack is named, and " + settings.data()
                    + " has none of an earlier start. Name one: --pack packs/lending");
        }
        try {
            return folder.openToServe(
                    settings.pack().orElse(null), HostOptions.defaults().withClock(clock));
        } catch (PackException wrong) {
            throw ServerError.NO_PACK.because("the pack has errors:" + System.lineSeparator() + wrong.getMessage());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Closes the host too. */
    @Bean(destroyMethod = "close")
    Engine engine(DataFolder.Served served, Settings settings) {
        IntakeOptions intake =
                new IntakeOptions(QUEUED_RECORDS, settings.ingest().queue(), COMMIT_WITHIN, true);
        return new EmbeddedEngine(served.host(), EngineOptions.defaults().withIntake(intake));
    }

    // The database, in the same directory: the engine makes that.

    @Bean(destroyMethod = "close")
    @DependsOn("engine")
    DatabaseServer databaseServer(Settings settings) {
        return settings.database().map(DatabaseServer::external).orElseGet(() -> DatabaseServer.own(settings.data()));
    }

    @Bean(destroyMethod = "close")
    Database database(DatabaseServer server) {
        return Database.open(server.access(), CONNECTIONS);
    }

    // Who may do what

    @Bean
    PasswordEncoder passwords() {
        return new Argon2PasswordEncoder(16, 32, 1, 19 << 10, 2);
    }

    @Bean
    Audit audit(HostClock clock) {
        return new Audit(clock);
    }

    @Bean
    ApiKeys keys(Database database, Audit audit, HostClock clock, SecureRandom random) {
        return new ApiKeys(database, Tenant.DEFAULT, audit, clock, random);
    }

    @Bean
    Users users(Database database, Audit audit, PasswordEncoder passwords, HostClock clock, SecureRandom random) {
        return new Users(database, Tenant.DEFAULT, audit, passwords, clock, random);
    }

    @Bean
    Greeting greeting(ApiKeys keys, Users users, Sources sources, Engine engine) {
        return Greeting.firstStart(keys, users, sources, engine.definition());
    }

    // Ways in

    @Bean
    SegmentLimits limits(Settings settings) {
        SegmentLimits standard = SegmentLimits.standard();
        return new SegmentLimits(
                settings.ingest().maxEvent(),
                standard.items(),
                settings.ingest().maxRequest(),
                standard.depth());
    }

    @Bean
    Sources sources(Engine engine, DataFolder.Served served, SegmentLimits limits) {
        return new Sources(engine::definition, served.pack().sources(), limits);
    }

    @Bean
    Tail tail() {
        return new Tail();
    }

    @Bean
    Door door(Engine engine, Sources sources, Tail tail, HostClock clock) {
        return new Door(engine, sources, tail, clock);
    }

    @Bean
    ServletRegistrationBean<SegmentServlet> segment(Door door, ApiKeys keys, SegmentLimits limits, Settings settings) {
        SegmentServlet servlet = new SegmentServlet(
                door,
                keys,
                new SegmentBodies(limits),
                limits.requestBytes(),
                settings.ingest().corsOrigins());
        return new ServletRegistrationBean<>(servlet, "/v1/*");
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
