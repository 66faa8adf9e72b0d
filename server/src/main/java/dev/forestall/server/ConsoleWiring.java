package dev.forestall.server;

import dev.forestall.dispatch.Endpoints;
import dev.forestall.dispatch.Sending;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.records.customers.Customers;
import dev.forestall.records.database.Database;
import dev.forestall.records.effects.Timeline;
import dev.forestall.records.projection.Counts;
import dev.forestall.records.requests.Requests;
import dev.forestall.records.value.Values;
import dev.forestall.server.console.AccountPages;
import dev.forestall.server.console.ActionPages;
import dev.forestall.server.console.CustomerPages;
import dev.forestall.server.console.ErasePage;
import dev.forestall.server.console.LiveStream;
import dev.forestall.server.console.Mishaps;
import dev.forestall.server.console.NowPage;
import dev.forestall.server.console.Pages;
import dev.forestall.server.console.RejectedPage;
import dev.forestall.server.console.SystemPages;
import dev.forestall.server.console.UserPages;
import dev.forestall.server.console.ValuePage;
import dev.forestall.server.definitions.Definitions;
import dev.forestall.server.definitions.PackInForce;
import dev.forestall.server.erasure.Erasures;
import dev.forestall.server.ingest.Sources;
import dev.forestall.server.ingest.Tail;
import dev.forestall.server.live.Health;
import dev.forestall.server.live.LiveEffects;
import dev.forestall.server.look.Looks;
import dev.forestall.server.rejected.Rejections;
import dev.forestall.server.security.ApiKeys;
import dev.forestall.server.security.Users;
import dev.forestall.server.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages for people. */
@Configuration(proxyBeanMethods = false)
class ConsoleWiring {

    @Bean
    Pages pages(Sending sending) {
        return new Pages(sending);
    }

    @Bean
    Mishaps mishaps(Pages pages) {
        return new Mishaps(pages);
    }

    @Bean
    AccountPages accountPages(Pages pages, Users users, Settings settings) {
        return new AccountPages(pages, users, settings.provider().isPresent());
    }

    @Bean
    NowPage nowPage(Pages pages, Database database, Timeline timeline, Looks looks, Engine engine, PackInForce packs) {
        return new NowPage(
                pages,
                new Counts(database),
                timeline,
                looks,
                engine,
                () -> packs.now().words(),
                Wiring.TENANT);
    }

    @Bean
    CustomerPages customerPages(
            Pages pages, Database database, Timeline timeline, Looks looks, Engine engine, PackInForce packs) {
        return new CustomerPages(
                pages,
                new Customers(database),
                timeline,
                new Requests(database),
                new Values(database),
                looks,
                engine,
                () -> packs.now().words(),
                Wiring.TENANT);
    }

    @Bean
    ActionPages actionPages(Pages pages, Database database, Sending sending, Endpoints endpoints) {
        return new ActionPages(pages, new Requests(database), sending, endpoints, Wiring.TENANT);
    }

    @Bean
    ValuePage valuePage(Pages pages, Database database) {
        return new ValuePage(pages, new Values(database), Wiring.TENANT);
    }

    @Bean
    RejectedPage rejectedPage(Pages pages, Rejections rejections, Definitions definitions) {
        return new RejectedPage(pages, rejections, definitions);
    }

    @Bean
    SystemPages systemPages(Pages pages, Health health, Sources sources, Tail tail, ApiKeys keys, HostClock wallClock) {
        return new SystemPages(pages, health, sources, tail, keys, wallClock);
    }

    @Bean
    ErasePage erasePage(Pages pages, Erasures erasures) {
        return new ErasePage(pages, erasures);
    }

    @Bean
    UserPages userPages(Pages pages, Users users, Database database) {
        return new UserPages(pages, users, database, Wiring.TENANT);
    }

    @Bean
    LiveStream liveStream(LiveEffects live, Tail tail) {
        return new LiveStream(live, tail);
    }
}
