package dev.forestall.benchmarks.forestall;

import dev.forestall.embedded.EmbeddedEngine;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.EngineOptions;
import dev.forestall.embedded.HostOptions;
import dev.forestall.embedded.IntakeOptions;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.EffectBatch;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.SubscriptionStart;
import dev.forestall.pack.Pack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A durable engine that knows two customers for very long, and a third one who contacts us while these two turn out to be one. */
public final class MergingHost implements AutoCloseable {

    private static final long START = 1_700_000_000_000L;
    private static final long SECOND = 1_000;
    private static final String KIOSK = "kiosk";
    private static final String SOMEBODY = "somebody";

    private final Engine engine;
    private final TrackingPlan plan;
    private final EventType contact;
    private final EventType view;
    private final Semaphore readable = new Semaphore(0);
    private long now = START;
    private long events;

    private volatile long readNanos;

    /** @param each so many events lie behind each of the two */
    public MergingHost(Path directory, int each) {
        Pack pack = PatternsPack.compile("/packs/merging/pack.yaml");
        plan = pack.definition().plan();
        contact = plan.type("contact").orElseThrow();
        view = plan.type("page_view").orElseThrow();
        EmbeddedHost host = EmbeddedHost.open(directory, "benchmark", pack.definition(), HostOptions.defaults());
        for (int i = 0; i < each; i++) {
            now += SECOND;
            host.host().accept(new Logged.Arrived(origin(), event(view, KIOSK, "")));
            host.host().accept(new Logged.Arrived(origin(), event(view, "", KIOSK)));
        }
        host.host().commit();
        engine = new EmbeddedEngine(
                host,
                EngineOptions.defaults().withIntake(new IntakeOptions(1_000, 1 << 20, Duration.ofMillis(100), false)));
        engine.subscribe("reader", new SubscriptionStart.Now(), this::read, Retries.defaults());
        send(contact, SOMEBODY, "");
    }

    private Origin origin() {
        return new Origin("events", events++, 0);
    }

    private Event event(EventType type, String user, String device) {
        Event.Builder event = Event.of(plan, type, "", now);
        if (!user.isEmpty()) {
            event.identifier(0, user);
        }
        if (!device.isEmpty()) {
            event.identifier(1, device);
        }
        return event.build();
    }

    private void read(EffectBatch batch) {
        long at = System.nanoTime();
        int signals = (int) batch.effects().stream()
                .filter(effect -> effect.subject().key().equals(SOMEBODY))
                .count();
        if (signals > 0) {
            readNanos = at;
            readable.release(signals);
        }
    }

    /** Has the third one contact us again, and answers how long it takes until a subscriber has the signal, in nanoseconds. */
    public long contact() throws InterruptedException {
        now += SECOND;
        long before = System.nanoTime();
        send(contact, SOMEBODY, "");
        readable.acquire();
        return readNanos - before;
    }

    /** It turns out that the two are one. */
    public void merge() {
        send(view, KIOSK, KIOSK);
    }

    /** Whether the past of the two has taken effect, and what it would have said stands in the record. */
    public boolean isMerged() {
        return engine.progress().behind() == 0 && engine.progress().putOff() == 0;
    }

    private void send(EventType type, String user, String device) {
        var arrived = new Logged.Arrived(origin().live(now, now), event(type, user, device));
        if (engine.accept(List.of(arrived)) instanceof Acceptance.Refused refused) {
            throw new IllegalStateException("refused: " + refused);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
