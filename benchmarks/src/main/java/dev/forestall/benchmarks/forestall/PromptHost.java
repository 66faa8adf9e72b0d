package dev.forestall.benchmarks.forestall;

import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.HostOptions;
import dev.forestall.embedded.Intake;
import dev.forestall.embedded.IntakeOptions;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.EffectBatch;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.SubscriptionStart;
import dev.forestall.pack.Pack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A durable host with a sender and a subscriber, on which nothing else happens. */
public final class PromptHost implements AutoCloseable {

    private final EmbeddedHost embedded;
    private final Intake intake;
    private final TrackingPlan plan;
    private final EventType contact;
    private final Semaphore readable = new Semaphore(0);
    private int events;

    private volatile long readNanos;

    public PromptHost(Path directory) {
        Pack pack = PatternsPack.compile();
        plan = pack.definition().plan();
        contact = plan.type("contact").orElseThrow();
        HostOptions options = HostOptions.defaults();
        embedded = EmbeddedHost.open(directory, "benchmark", pack.definition(), options);
        embedded.host().subscribe("reader", new SubscriptionStart.Now(), this::read, Retries.defaults());
        intake = new Intake(
                embedded.host(), new IntakeOptions(1_000, 1 << 20, Duration.ofMillis(100), false), options.clock());
        send();
    }

    private void read(EffectBatch batch) {
        readNanos = System.nanoTime();
        readable.release(batch.effects().size());
    }

    /** Has somebody contact us again, and answers how long it takes until a subscriber has the signal, in nanoseconds. */
    public long contact() throws InterruptedException {
        long before = System.nanoTime();
        send();
        readable.acquire();
        return readNanos - before;
    }

    private void send() {
        Event event = Event.of(plan, contact, "", 1_800_000_000_000L + 60_000L * events)
                .identifier(0, "somebody")
                .build();
        var arrived = new Logged.Arrived(new Origin("contacts", events++, 0), event);
        if (intake.accept(List.of(arrived)) instanceof Acceptance.Refused refused) {
            throw new IllegalStateException("refused: " + refused);
        }
    }

    @Override
    public void close() {
        intake.close();
        embedded.close();
    }
}
