package dev.forestall.server;

import dev.forestall.embedded.DataDirectory;
import dev.forestall.embedded.EmbeddedEngine;
import dev.forestall.embedded.EngineOptions;
import dev.forestall.embedded.HostOptions;
import dev.forestall.embedded.IntakeOptions;
import dev.forestall.embedded.SystemClock;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.pack.PackException;
import dev.forestall.run.DataFolder;
import dev.forestall.server.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The engine, and what it stands on. From here on, nothing knows which host it is. */
@Configuration(proxyBeanMethods = false)
class EngineWiring {

    private static final int QUEUED_RECORDS = 65_536;
    private static final Duration COMMIT_WITHIN = Duration.ofMillis(100);

    /** For what people and other houses go by: sessions, passwords, signatures. All else goes by {@code clock}. */
    @Bean
    HostClock wallClock() {
        return machine();
    }

    static HostClock machine() {
        return new SystemClock();
    }

    @Bean
    SecureRandom random() {
        return new SecureRandom();
    }

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

    /**
     * Keeps a server from starting on a data directory, without opening it.
     *
     * @throws dev.forestall.loop.host.StorageException when one runs on it
     */
    static AutoCloseable lock(Path data) throws IOException {
        return DataDirectory.lock(data);
    }
}
