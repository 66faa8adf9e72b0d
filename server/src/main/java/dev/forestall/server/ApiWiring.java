package dev.forestall.server;

import dev.forestall.loop.host.Engine;
import dev.forestall.records.alerts.Alerts;
import dev.forestall.records.customers.Customers;
import dev.forestall.records.database.Database;
import dev.forestall.records.effects.Timeline;
import dev.forestall.records.requests.Requests;
import dev.forestall.records.value.Values;
import dev.forestall.server.api.CustomersApi;
import dev.forestall.server.api.Problems;
import dev.forestall.server.api.RequestsApi;
import dev.forestall.server.api.StreamApi;
import dev.forestall.server.live.LiveEffects;
import dev.forestall.server.look.Looks;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The interface for programs. */
@Configuration(proxyBeanMethods = false)
class ApiWiring {

    @Bean
    CustomersApi customersApi(Database database, Timeline timeline, Looks looks, Engine engine) {
        return new CustomersApi(new Customers(database), timeline, looks, engine, Wiring.TENANT);
    }

    @Bean
    RequestsApi requestsApi(Database database) {
        return new RequestsApi(new Requests(database), new Alerts(database), new Values(database), Wiring.TENANT);
    }

    @Bean
    StreamApi streamApi(LiveEffects live) {
        return new StreamApi(live);
    }

    @Bean
    Problems problems() {
        return new Problems();
    }
}
