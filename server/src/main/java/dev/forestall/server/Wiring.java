package dev.forestall.server;

import dev.forestall.records.database.Tenant;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The parts of a server and how they stand on each other, from the ground up. Nothing is found by searching: what is not named here, or in one
 * of these parts, is not there. What is closed is closed in the opposite order.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    EngineWiring.class,
    DefinitionsWiring.class,
    RecordsWiring.class,
    SendingWiring.class,
    AccessWiring.class,
    IngestWiring.class,
    SessionWiring.class,
    MetricsWiring.class,
    KafkaWiring.class,
    ApiWiring.class,
    ConsoleWiring.class
})
@ImportAutoConfiguration({
    LifecycleAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class
})
class Wiring {

    static final Tenant TENANT = Tenant.DEFAULT;
}
