package dev.forestall.server;

import dev.forestall.dispatch.Sending;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.records.effects.EffectRow;
import dev.forestall.records.effects.Timeline;
import dev.forestall.server.ingest.Sources;
import dev.forestall.server.security.ApiKeys;
import dev.forestall.server.session.FlagsServlet;
import dev.forestall.server.session.Questions;
import dev.forestall.server.session.SnippetServlet;
import dev.forestall.server.session.Visitors;
import dev.forestall.server.settings.Settings;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What pages and apps ask for. */
@Configuration(proxyBeanMethods = false)
class SessionWiring {

    @Bean
    Questions questions(Engine engine, Sending sending, Timeline timeline, HostClock clock, Settings settings) {
        return new Questions(
                engine,
                sending::brake,
                name -> timeline.effect(Wiring.TENANT, name).map(EffectRow::effect),
                clock,
                settings.inSession().deadline());
    }

    @Bean
    ServletRegistrationBean<FlagsServlet> flags(Questions questions, ApiKeys keys, Sources sources, Settings settings) {
        Visitors visitors =
                new Visitors(questions, sources, settings.inSession().identitySecret());
        FlagsServlet servlet =
                new FlagsServlet(questions, keys, visitors, settings.ingest().corsOrigins());
        return new ServletRegistrationBean<>(servlet, "/ofrep/v1/evaluate/flags", "/ofrep/v1/evaluate/flags/*");
    }

    @Bean
    ServletRegistrationBean<SnippetServlet> snippet() {
        return new ServletRegistrationBean<>(new SnippetServlet(), "/s.js");
    }
}
