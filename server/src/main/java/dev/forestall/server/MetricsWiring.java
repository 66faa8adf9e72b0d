package dev.forestall.server;

import dev.forestall.dispatch.Sending;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.server.ingest.Intakes;
import dev.forestall.server.live.Disk;
import dev.forestall.server.live.Health;
import dev.forestall.server.live.Metrics;
import dev.forestall.server.live.MetricsServlet;
import dev.forestall.server.security.ApiKeys;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Figures about all of it. */
@Configuration(proxyBeanMethods = false)
class MetricsWiring {

    @Bean(destroyMethod = "")
    PrometheusMeterRegistry registry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Bean
    Intakes intakes(PrometheusMeterRegistry registry) {
        return new Intakes(registry);
    }

    @Bean(destroyMethod = "close")
    Metrics metrics(
            PrometheusMeterRegistry registry,
            Engine engine,
            Health health,
            Sending sending,
            Disk disk,
            HostClock clock) {
        return new Metrics(registry, engine, health, sending, disk, clock);
    }

    @Bean
    ServletRegistrationBean<MetricsServlet> scrape(Metrics metrics, ApiKeys keys) {
        return new ServletRegistrationBean<>(new MetricsServlet(metrics, keys), "/metrics");
    }
}
