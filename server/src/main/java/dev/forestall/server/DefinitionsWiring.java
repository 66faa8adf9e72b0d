package dev.forestall.server;

import dev.forestall.connectors.segment.SegmentLimits;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.records.database.Database;
import dev.forestall.records.rejected.RejectedRecords;
import dev.forestall.run.DataFolder;
import dev.forestall.server.api.Cursors;
import dev.forestall.server.api.DefinitionsApi;
import dev.forestall.server.api.RejectedApi;
import dev.forestall.server.definitions.Definitions;
import dev.forestall.server.definitions.PackInForce;
import dev.forestall.server.ingest.Again;
import dev.forestall.server.ingest.Sources;
import dev.forestall.server.rejected.Rejections;
import dev.forestall.server.security.Audit;
import dev.forestall.server.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which definition is in force, and what it cannot use. */
@Configuration(proxyBeanMethods = false)
class DefinitionsWiring {

    @Bean
    PackInForce packInForce(Engine engine, DataFolder.Served served) {
        return new PackInForce(engine::definition, served.pack());
    }

    @Bean
    Definitions definitions(
            Engine engine,
            Settings settings,
            DataFolder.Served served,
            PackInForce packs,
            Database database,
            Audit audit,
            HostClock clock) {
        return Definitions.open(
                engine, new DataFolder(settings.data()), served.from(), packs, database, Wiring.TENANT, audit, clock);
    }

    @Bean
    Again again(Engine engine, Sources sources, SegmentLimits limits, RejectedRecords rejections, HostClock clock) {
        return new Again(engine, sources, limits, rejections, Wiring.TENANT, clock);
    }

    @Bean
    Rejections rejections(RejectedRecords records, Again again, Definitions definitions, Engine engine) {
        return new Rejections(records, again, definitions, engine, Wiring.TENANT);
    }

    @Bean
    RejectedApi rejectedApi(Rejections rejections, Cursors cursors) {
        return new RejectedApi(rejections, cursors);
    }

    @Bean
    DefinitionsApi definitionsApi(Definitions definitions, Cursors cursors) {
        return new DefinitionsApi(definitions, cursors);
    }
}
