package dev.forestall.server;

import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.records.alerts.Alerts;
import dev.forestall.records.customers.Customers;
import dev.forestall.records.database.Database;
import dev.forestall.records.effects.Timeline;
import dev.forestall.records.projection.Projection;
import dev.forestall.records.rejected.RejectedRecords;
import dev.forestall.records.requests.Requests;
import dev.forestall.records.value.Values;
import dev.forestall.server.api.Cursors;
import dev.forestall.server.api.CustomersApi;
import dev.forestall.server.api.ErasuresApi;
import dev.forestall.server.api.ExportsApi;
import dev.forestall.server.api.Idempotency;
import dev.forestall.server.api.OpenApi;
import dev.forestall.server.api.Problems;
import dev.forestall.server.api.Rates;
import dev.forestall.server.api.RequestRules;
import dev.forestall.server.api.RequestsApi;
import dev.forestall.server.api.StreamApi;
import dev.forestall.server.erasure.Erasures;
import dev.forestall.server.ingest.Tail;
import dev.forestall.server.live.LiveEffects;
import dev.forestall.server.look.Looks;
import dev.forestall.server.security.Audit;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The interface for programs. */
@Configuration(proxyBeanMethods = false)
class ApiWiring {

    private static final int REQUESTS_PER_MINUTE = 600;

    @Bean
    ExportsApi exportsApi(Looks looks, Engine engine, Database database, Audit audit, HostClock wallClock) {
        return new ExportsApi(looks, engine::names, database, Wiring.TENANT, audit, wallClock);
    }

    @Bean
    CustomersApi customersApi(Database database, Timeline timeline, Looks looks, Engine engine, Cursors cursors) {
        return new CustomersApi(new Customers(database), timeline, looks, engine, Wiring.TENANT, cursors);
    }

    @Bean
    RequestsApi requestsApi(Database database, Cursors cursors) {
        return new RequestsApi(
                new Requests(database), new Alerts(database), new Values(database), Wiring.TENANT, cursors);
    }

    @Bean
    Cursors cursors(Database database, SecureRandom random, HostClock clock) {
        return Cursors.open(database, Wiring.TENANT, random, clock);
    }

    @Bean
    WebMvcConfigurer requestRules(Engine engine, Projection projection) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RequestRules(engine, projection)).addPathPatterns("/api/**");
            }
        };
    }

    /** Filters of the API stand behind those that know who asks. */
    @Bean
    FilterRegistrationBean<Rates> rates(HostClock clock) {
        return filter(new Rates(REQUESTS_PER_MINUTE, clock), 1);
    }

    @Bean
    FilterRegistrationBean<Idempotency> idempotency(Database database, HostClock clock) {
        return filter(new Idempotency(database, Wiring.TENANT, clock), 2);
    }

    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> etags() {
        return filter(
                new ShallowEtagHeaderFilter() {
                    @Override
                    protected boolean shouldNotFilter(HttpServletRequest request) {
                        // What never ends has no name for its content.
                        return request.getRequestURI().equals("/api/v1/stream");
                    }
                },
                3);
    }

    private static <T extends Filter> FilterRegistrationBean<T> filter(T filter, int order) {
        FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns("/api/v1/*");
        registration.setOrder(order);
        return registration;
    }

    @Bean
    ErasuresApi erasuresApi(Erasures erasures) {
        return new ErasuresApi(erasures);
    }

    @Bean
    Erasures erasures(
            Engine engine,
            Projection projection,
            Database database,
            RejectedRecords rejected,
            Tail tail,
            Audit audit,
            HostClock wallClock,
            SecureRandom random) {
        return new Erasures(engine, projection, database, rejected, tail, Wiring.TENANT, audit, wallClock, random);
    }

    @Bean
    StreamApi streamApi(LiveEffects live) {
        return new StreamApi(live);
    }

    @Bean
    OpenApi openApi() {
        return new OpenApi();
    }

    @Bean
    Problems problems() {
        return new Problems();
    }
}
