package dev.forestall.server;

import dev.forestall.loop.host.Engine;
import dev.forestall.server.ingest.Door;
import dev.forestall.server.ingest.Sources;
import dev.forestall.server.kafka.KafkaReader;
import dev.forestall.server.kafka.Topics;
import dev.forestall.server.live.Health;
import dev.forestall.server.live.Metrics;
import dev.forestall.server.settings.Settings;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is read from Kafka; nothing where no topic is named. */
@Configuration(proxyBeanMethods = false)
class KafkaWiring {

    private static final int LONGEST_VALUE = 1 << 20;

    @Bean(destroyMethod = "close")
    Reading kafka(Settings settings, Engine engine, Door door, Sources sources, Health health, Metrics metrics) {
        Optional<KafkaReader> reader =
                settings.kafka().map(kafka -> new KafkaReader(kafka, engine, door, sources, LONGEST_VALUE).start());
        reader.map(KafkaReader::topics).ifPresent(topics -> {
            health.watch(topics::problems);
            measure(topics, metrics);
        });
        return new Reading(reader);
    }

    private static void measure(Topics topics, Metrics metrics) {
        topics.lags().keySet().forEach(topic -> {
            metrics.gauge(
                    "forestall.kafka.lag",
                    "Records of a topic that are not read yet",
                    "topic",
                    topic,
                    () -> topics.lags().getOrDefault(topic, 0L));
            metrics.gauge(
                    "forestall.kafka.skipped",
                    "Records of a topic that said nothing to be read",
                    "topic",
                    topic,
                    () -> topics.skipped().getOrDefault(topic, 0L));
        });
    }

    /** @param reader nothing where there is nothing to read */
    record Reading(Optional<KafkaReader> reader) implements AutoCloseable {
        @Override
        public void close() {
            reader.ifPresent(KafkaReader::close);
        }
    }
}
