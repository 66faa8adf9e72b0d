package dev.forestall.server;

import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.records.database.Database;
import dev.forestall.run.DataFolder;
import dev.forestall.server.api.DefinitionsApi;
import dev.forestall.server.definitions.Definitions;
import dev.forestall.server.definitions.PackInForce;
import dev.forestall.server.security.Audit;
import dev.forestall.server.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which definition is in force. */
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
    DefinitionsApi definitionsApi(Definitions definitions) {
        return new DefinitionsApi(definitions);
    }
}
