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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** A durable engine that knows very many customers, and one more who contacts us while another definition takes over. */
public final class ExchangingHost implements AutoCloseable {

    private static final long START = 1_700_000_000_000L;
    private static final long SECOND = 1_000;
    private static final String SOMEBODY = "somebody";

    private final Engine engine;
    private final TrackingPlan plan;
    private final EventType contact;
    private final EventType view;
    private final Semaphore readable = new Semaphore(0);
    private long now = START;
    private long events;

    private volatile long readNanos;

    /**
     * @param customers so many are known
     * @param each so many events lie behind each of them
     */
    public ExchangingHost(Path directory, int customers, int each) {
        Pack pack = PatternsPack.compile("/packs/merging/pack.yaml");
        plan = pack.definition().plan();
        contact = plan.type("contact").orElseThrow();
        view = plan.type("page_view").orElseThrow();
        EmbeddedHost host = EmbeddedHost.open(directory, "benchmark", pack.definition(), HostOptions.defaults());
        for (int i = 0; i < customers * each; i++) {
            now += SECOND / 10;
            host.host().accept(new Logged.Arrived(origin(), event(view, "c-" + i % customers, "")));
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

    /** Lets another definition take over, in which a signal reads something else of everybody's past. Completes when it is in force. */
    public CompletionStage<Void> exchange() {
        return engine.activate(
                PatternsPack.compile("/packs/exchanging/pack.yaml").definition());
    }

    /** Whether all is noted in hindsight that the new signal would have said. */
    public boolean isNoted() {
        return engine.progress().putOff() == 0;
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
