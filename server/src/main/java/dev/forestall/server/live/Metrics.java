package dev.forestall.server.live;

import dev.forestall.dispatch.Sending;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.EngineProgress;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.StorageException;
import dev.forestall.loop.host.SubscriptionState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Figures of a server for Prometheus. Names begin with {@code forestall_}; those of the Java machine are Micrometer's. No label says anything
 * about a customer. For any thread.
 */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry;
    private final Engine engine;
    private final Health health;
    private final Sending sending;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final MultiGauge requests;
    private final MultiGauge lag;
    private final MultiGauge subscriptions;
    private final MultiGauge rejected;

    public Metrics(
            PrometheusMeterRegistry registry,
            Engine engine,
            Health health,
            Sending sending,
            Disk disk,
            HostClock clock) {
        this.registry = registry;
        this.engine = engine;
        this.health = health;
        this.sending = sending;
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        count(
                "forestall.engine.events",
                "Events that were worked in, from the beginning",
                p -> p.counts().events());
        count(
                "forestall.engine.reports",
                "Reports that were worked in, from the beginning",
                p -> p.counts().reports());
        count(
                "forestall.engine.late",
                "Inputs older than something their subject had seen",
                p -> p.counts().late());
        count(
                "forestall.engine.too.late",
                "Decisions that did nothing because what they were about was too old",
                p -> p.counts().tooLate());
        gauge("forestall.engine.behind", "Records that are durable and not worked in", EngineProgress::behind);
        gauge("forestall.engine.waiting", "Records that wait to be written", EngineProgress::waiting);
        gauge("forestall.engine.room", "Records that may wait to be written", EngineProgress::room);
        gauge("forestall.engine.put.off", "Long pasts that have still to take effect", EngineProgress::putOff);
        gauge("forestall.engine.well", "1 while the engine takes records, else 0", p -> p.isWell() ? 1 : 0);
        gauge(
                "forestall.engine.watermark.age.seconds",
                "How long ago time has passed for everyone; -1 before the first tick",
                p -> p.watermarkMillis() == Long.MIN_VALUE ? -1 : (clock.nowMillis() - p.watermarkMillis()) / 1e3);
        Gauge.builder("forestall.disk.usable.bytes", disk, each -> each.use().usableBytes())
                .description("What can still be written to the disk of the data")
                .register(registry);
        Gauge.builder("forestall.disk.used.bytes", disk, each -> each.use().usedBytes())
                .description("What is in use of the disk of the data")
                .register(registry);
        this.requests = MultiGauge.builder("forestall.requests")
                .description("Action requests by state")
                .register(registry);
        this.lag = MultiGauge.builder("forestall.subscription.lag")
                .description("Effects that a subscription has not acknowledged")
                .register(registry);
        this.subscriptions = MultiGauge.builder("forestall.subscription.well")
                .description("1 while a subscription goes on, else 0")
                .register(registry);
        this.rejected = MultiGauge.builder("forestall.engine.rejected")
                .description("What was rejected, by code, from the beginning")
                .register(registry);
    }

    /** Also tells a figure of somebody else. @param label its name @param value of the label; nothing about a customer */
    public void gauge(String name, String meaning, String label, String value, Supplier<Number> figure) {
        Gauge.builder(name, figure).description(meaning).tag(label, value).register(registry);
    }

    /** A figure of the engine. */
    private interface Figure {
        double of(EngineProgress progress);
    }

    private void count(String name, String meaning, Figure figure) {
        FunctionCounter.builder(name, engine, each -> figure.of(each.progress()))
                .description(meaning)
                .register(registry);
    }

    private void gauge(String name, String meaning, Figure figure) {
        Gauge.builder(name, engine, each -> figure.of(each.progress()))
                .description(meaning)
                .register(registry);
    }

    /** All of them, as text for Prometheus. */
    public String scrape() {
        Health.Verdict verdict = health.verdict();
        lag.register(rows(verdict.subscriptions(), SubscriptionState::lag), true);
        subscriptions.register(rows(verdict.subscriptions(), each -> isWell(each) ? 1 : 0), true);
        rejected.register(
                verdict.progress().counts().rejected().entrySet().stream()
                        .<MultiGauge.Row<?>>map(
                                each -> MultiGauge.Row.of(Tags.of("code", each.getKey()), each.getValue()))
                        .toList(),
                true);
        try {
            requests.register(
                    sending.status().requests().entrySet().stream()
                            .<MultiGauge.Row<?>>map(each -> MultiGauge.Row.of(
                                    Tags.of("state", each.getKey().name().toLowerCase(Locale.ROOT)), each.getValue()))
                            .toList(),
                    true);
        } catch (StorageException down) {
            // What is not known is not there: an old figure would pass for a new one.
            requests.register(List.of(), true);
        }
        return registry.scrape();
    }

    private static boolean isWell(SubscriptionState each) {
        return each.phase() != SubscriptionState.Phase.STOPPED && each.phase() != SubscriptionState.Phase.RETRYING;
    }

    /** A figure of a subscription. */
    private interface OfSubscription {
        double of(SubscriptionState state);
    }

    private static List<MultiGauge.Row<?>> rows(List<SubscriptionState> states, OfSubscription figure) {
        return states.stream()
                .<MultiGauge.Row<?>>map(
                        each -> MultiGauge.Row.of(Tags.of("subscription", each.name()), figure.of(each)))
                .toList();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
