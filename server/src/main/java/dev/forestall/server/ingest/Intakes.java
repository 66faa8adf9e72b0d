package dev.forestall.server.ingest;

import dev.forestall.connectors.segment.SegmentRecords;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** How much comes in, by source, and how long it takes until it is durable. For any thread. */
public final class Intakes {

    private final MeterRegistry registry;
    private final Timer durable;

    public Intakes(MeterRegistry registry) {
        this.registry = registry;
        this.durable = Timer.builder("forestall.intake.durable")
                .description("From receiving a request with events until it is durable")
                .serviceLevelObjectives(
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1))
                .register(registry);
    }

    void kept(String source, SegmentRecords records, int duplicates, long tookMillis) {
        count(source, "accepted", records.accepted() - duplicates);
        count(source, "rejected", records.rejected());
        count(source, "duplicate", duplicates);
        durable.record(Duration.ofMillis(Math.max(0, tookMillis)));
    }

    /** Nothing was taken, and the sender was told to come again. */
    void putOff(String source) {
        Counter.builder("forestall.intake.put.off")
                .description("Requests that were told to come again later")
                .tag("source", source)
                .register(registry)
                .increment();
    }

    private void count(String source, String result, int number) {
        Counter.builder("forestall.intake.events")
                .description("Events that were sent, by what became of them")
                .tag("source", source)
                .tag("result", result)
                .register(registry)
                .increment(number);
    }
}
