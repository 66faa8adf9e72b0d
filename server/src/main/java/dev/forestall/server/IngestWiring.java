package dev.forestall.server;

import dev.forestall.connectors.segment.SegmentBodies;
import dev.forestall.connectors.segment.SegmentLimits;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.records.rejected.RejectedRecords;
import dev.forestall.server.definitions.PackInForce;
import dev.forestall.server.ingest.CloudEventsServlet;
import dev.forestall.server.ingest.Door;
import dev.forestall.server.ingest.Exposures;
import dev.forestall.server.ingest.Intakes;
import dev.forestall.server.ingest.LinesServlet;
import dev.forestall.server.ingest.SegmentServlet;
import dev.forestall.server.ingest.Sources;
import dev.forestall.server.ingest.Tail;
import dev.forestall.server.live.Disk;
import dev.forestall.server.live.Health;
import dev.forestall.server.live.HealthServlet;
import dev.forestall.server.security.ApiKeys;
import dev.forestall.server.session.Questions;
import dev.forestall.server.settings.Settings;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Ways in. */
@Configuration(proxyBeanMethods = false)
class IngestWiring {

    /** Of events that are no calls of Segment's, in bytes. */
    private static final int LONG_EVENT = 256 << 10;

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
    Sources sources(Engine engine, PackInForce packs) {
        return new Sources(
                engine::definition, definition -> packs.of(definition).sources());
    }

    @Bean
    Tail tail() {
        return new Tail();
    }

    @Bean
    Door door(
            Engine engine,
            Sources sources,
            Tail tail,
            RejectedRecords rejections,
            HostClock clock,
            Disk disk,
            Intakes intakes) {
        return new Door(engine, sources, tail, rejections, Wiring.TENANT, clock, disk, intakes);
    }

    @Bean
    ServletRegistrationBean<SegmentServlet> segment(
            Door door, ApiKeys keys, SegmentLimits limits, Questions questions, Settings settings) {
        SegmentServlet servlet = new SegmentServlet(
                door,
                keys,
                new SegmentBodies(limits),
                new Exposures(questions),
                limits.requestBytes(),
                settings.ingest().corsOrigins());
        return new ServletRegistrationBean<>(servlet, "/v1/*");
    }

    @Bean
    ServletRegistrationBean<CloudEventsServlet> cloudEvents(
            Door door, ApiKeys keys, Sources sources, SegmentLimits limits) {
        CloudEventsServlet servlet =
                new CloudEventsServlet(door, keys, sources, LONG_EVENT, limits.requestBytes(), limits.depth());
        return new ServletRegistrationBean<>(servlet, "/v1/cloudevents");
    }

    @Bean
    ServletRegistrationBean<LinesServlet> lines(Door door, ApiKeys keys, SegmentLimits limits) {
        return new ServletRegistrationBean<>(new LinesServlet(door, keys, LONG_EVENT, limits.depth()), "/v1/events");
    }

    @Bean
    ServletRegistrationBean<HealthServlet> probes(Health health) {
        return new ServletRegistrationBean<>(new HealthServlet(health), "/health/*");
    }
}
