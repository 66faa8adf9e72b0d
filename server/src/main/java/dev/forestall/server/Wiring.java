package dev.forestall.server;

import dev.forestall.channels.webhook.Egress;
import dev.forestall.channels.webhook.WebhookChannel;
import dev.forestall.channels.webhook.WebhookClient;
import dev.forestall.connectors.segment.SegmentBodies;
import dev.forestall.connectors.segment.SegmentLimits;
import dev.forestall.dispatch.Channels;
import dev.forestall.dispatch.DispatchOptions;
import dev.forestall.dispatch.Dispatcher;
import dev.forestall.dispatch.Endpoints;
import dev.forestall.dispatch.Scope;
import dev.forestall.dispatch.Sending;
import dev.forestall.embedded.EmbeddedEngine;
import dev.forestall.embedded.EngineOptions;
import dev.forestall.embedded.HostOptions;
import dev.forestall.embedded.IntakeOptions;
import dev.forestall.embedded.SystemClock;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.pack.PackException;
import dev.forestall.records.alerts.Alerts;
import dev.forestall.records.customers.Customers;
import dev.forestall.records.database.Access;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.Timeline;
import dev.forestall.records.postgres.EmbeddedPostgres;
import dev.forestall.records.projection.Counts;
import dev.forestall.records.projection.Projection;
import dev.forestall.records.rejected.RejectedRecords;
import dev.forestall.records.requests.Requests;
import dev.forestall.records.value.Values;
import dev.forestall.run.DataFolder;
import dev.forestall.server.api.CustomersApi;
import dev.forestall.server.api.Problems;
import dev.forestall.server.api.RequestsApi;
import dev.forestall.server.api.StreamApi;
import dev.forestall.server.console.AccountPages;
import dev.forestall.server.console.ActionPages;
import dev.forestall.server.console.CustomerPages;
import dev.forestall.server.console.LiveStream;
import dev.forestall.server.console.Mishaps;
import dev.forestall.server.console.NowPage;
import dev.forestall.server.console.Pages;
import dev.forestall.server.console.RejectedPage;
import dev.forestall.server.console.SystemPages;
import dev.forestall.server.console.ValuePage;
import dev.forestall.server.ingest.Door;
import dev.forestall.server.ingest.SegmentServlet;
import dev.forestall.server.ingest.Sources;
import dev.forestall.server.ingest.Tail;
import dev.forestall.server.live.Health;
import dev.forestall.server.live.HealthServlet;
import dev.forestall.server.live.LiveEffects;
import dev.forestall.server.look.Looks;
import dev.forestall.server.security.ApiKeys;
import dev.forestall.server.security.Audit;
import dev.forestall.server.security.Chains;
import dev.forestall.server.security.LoginLimits;
import dev.forestall.server.security.OwnPassword;
import dev.forestall.server.security.SignIn;
import dev.forestall.server.security.Users;
import dev.forestall.server.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The parts of a server and how they stand on each other, from the ground up. Nothing is found by searching: what is not named here is not
 * there. What is closed is closed in the opposite order.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    LifecycleAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class
})
@EnableWebSecurity
class Wiring {

    private static final Duration PATIENCE_WITH_DATABASE = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 16;
    private static final Tenant TENANT = Tenant.DEFAULT;
    private static final int KEPT_OF_A_KIND = 1_000;
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

    // What people and programs look up

    @Bean(destroyMethod = "close")
    Projection projection(Engine engine, Database database) {
        return Projection.follow(engine, database, TENANT);
    }

    @Bean
    Timeline timeline(Database database) {
        return new Timeline(database);
    }

    @Bean
    RejectedRecords rejections(Database database) {
        return new RejectedRecords(database, KEPT_OF_A_KIND);
    }

    @Bean
    Looks looks(Engine engine, Timeline timeline) {
        return new Looks(engine, timeline, TENANT);
    }

    @Bean
    Health health(Engine engine, Database database) {
        return new Health(engine, database, TENANT);
    }

    @Bean(destroyMethod = "close")
    LiveEffects live(Engine engine, Projection projection, Timeline timeline) {
        return new LiveEffects(engine, projection, timeline, TENANT);
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

    // What goes out

    @Bean
    Wake wake() {
        return new Wake();
    }

    @Bean(destroyMethod = "close")
    WebhookClient webhookClient(Settings settings) {
        return new WebhookClient(Egress.allowing(settings.egressAllow()));
    }

    @Bean
    Endpoints endpoints(Database database, HostClock clock, Wake wake) {
        return new Endpoints(database, TENANT, clock, wake);
    }

    @Bean
    Sending sending(Database database, Settings settings, HostClock clock, Wake wake) {
        Sending sending = new Sending(database, TENANT, clock, wake);
        if (settings.holdSending()) {
            sending.stop(Scope.ALL, "", "started with --hold-sending", "server");
        }
        return sending;
    }

    /** Begins when the switches are where they were asked to be. */
    @Bean(destroyMethod = "close")
    @DependsOn("sending")
    Dispatcher dispatcher(
            Engine engine, Database database, Endpoints endpoints, WebhookClient client, HostClock clock, Wake wake) {
        Channels channels = name -> endpoints.of(name).map(endpoint -> new WebhookChannel(client, endpoint, clock));
        Dispatcher dispatcher = Dispatcher.open(engine, database, TENANT, channels, DispatchOptions.defaults(), clock);
        wake.wakes(dispatcher::wake);
        return dispatcher.start();
    }

    /** Tells the dispatcher that there is something to do; whoever tells is there before it. */
    static final class Wake implements Runnable {
        private volatile Runnable target = () -> {};

        void wakes(Runnable dispatcher) {
            target = dispatcher;
        }

        @Override
        public void run() {
            target.run();
        }
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
        return new ApiKeys(database, TENANT, audit, clock, random);
    }

    @Bean
    Users users(Database database, Audit audit, PasswordEncoder passwords, HostClock clock, SecureRandom random) {
        return new Users(database, TENANT, audit, passwords, clock, random);
    }

    @Bean
    LoginLimits loginLimits(HostClock clock) {
        return new LoginLimits(clock);
    }

    @Bean
    UserDetailsService people(Users users, HostClock clock) {
        return Chains.people(users, clock);
    }

    @Bean
    @Order(1)
    SecurityFilterChain chainOfApi(HttpSecurity http, ApiKeys keys) throws Exception {
        return Chains.ofApi(http, keys);
    }

    @Bean
    @Order(2)
    SecurityFilterChain chainOfPages(HttpSecurity http, LoginLimits limits, Users users) throws Exception {
        return Chains.ofPages(http, new SignIn(limits), new OwnPassword(users));
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
    Door door(Engine engine, Sources sources, Tail tail, RejectedRecords rejections, HostClock clock) {
        return new Door(engine, sources, tail, rejections, TENANT, clock);
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

    @Bean
    ServletRegistrationBean<HealthServlet> probes(Health health) {
        return new ServletRegistrationBean<>(new HealthServlet(health), "/health/*");
    }

    // Ways out: the API, and pages

    @Bean
    CustomersApi customersApi(Database database, Timeline timeline, Looks looks, Engine engine) {
        return new CustomersApi(new Customers(database), timeline, looks, engine, TENANT);
    }

    @Bean
    RequestsApi requestsApi(Database database) {
        return new RequestsApi(new Requests(database), new Alerts(database), new Values(database), TENANT);
    }

    @Bean
    StreamApi streamApi(LiveEffects live) {
        return new StreamApi(live);
    }

    @Bean
    Problems problems() {
        return new Problems();
    }

    @Bean
    Pages pages(Sending sending) {
        return new Pages(sending);
    }

    @Bean
    Mishaps mishaps(Pages pages) {
        return new Mishaps(pages);
    }

    @Bean
    AccountPages accountPages(Pages pages, Users users) {
        return new AccountPages(pages, users);
    }

    @Bean
    NowPage nowPage(
            Pages pages, Database database, Timeline timeline, Looks looks, Engine engine, DataFolder.Served served) {
        return new NowPage(
                pages,
                new Counts(database),
                timeline,
                looks,
                engine,
                served.pack().words(),
                TENANT);
    }

    @Bean
    CustomerPages customerPages(
            Pages pages, Database database, Timeline timeline, Looks looks, Engine engine, DataFolder.Served served) {
        return new CustomerPages(
                pages,
                new Customers(database),
                timeline,
                new Requests(database),
                new Values(database),
                looks,
                engine,
                served.pack().words(),
                TENANT);
    }

    @Bean
    ActionPages actionPages(Pages pages, Database database, Sending sending, Endpoints endpoints) {
        return new ActionPages(pages, new Requests(database), sending, endpoints, TENANT);
    }

    @Bean
    ValuePage valuePage(Pages pages, Database database) {
        return new ValuePage(pages, new Values(database), TENANT);
    }

    @Bean
    RejectedPage rejectedPage(Pages pages, RejectedRecords rejections) {
        return new RejectedPage(pages, rejections, TENANT);
    }

    @Bean
    SystemPages systemPages(Pages pages, Health health, Sources sources, Tail tail, ApiKeys keys) {
        return new SystemPages(pages, health, sources, tail, keys);
    }

    @Bean
    LiveStream liveStream(LiveEffects live, Tail tail) {
        return new LiveStream(live, tail);
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
