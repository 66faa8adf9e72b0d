package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.EffectConsumer;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.EngineProgress;
import dev.forestall.loop.host.Erased;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Positions;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.Subscription;
import dev.forestall.loop.host.SubscriptionStart;
import dev.forestall.loop.host.SubscriptionState;
import dev.forestall.loop.identity.Unmerge;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** An {@link Engine} within this process, over one data directory. */
public final class EmbeddedEngine implements Engine {

    private final EmbeddedHost host;
    private final Intake intake;
    private final HostClock clock;
    private final Readers readers;
    private final Waits waits;
    private final int room;

    /** The latest exchange of the definition that was asked for. */
    private CompletionStage<Void> exchanged = CompletableFuture.completedStage(null);

    /**
     * Begins to take records, by whichever definition is in force.
     *
     * @param host is closed with the engine, and used by nobody else until then; by its clock time passes for those who are silent
     */
    public EmbeddedEngine(EmbeddedHost host, EngineOptions options) {
        this.host = host;
        this.clock = host.clock();
        this.room = options.intake().records();
        this.readers = new Readers(options);
        this.waits = new Waits(host.host());
        this.intake = new Intake(host.host(), options.intake(), clock);
    }

    @Override
    public Acceptance accept(List<Logged> records) {
        records.forEach(EmbeddedEngine::requireFromOutside);
        return intake.accept(records);
    }

    private static void requireFromOutside(Logged logged) {
        switch (logged) {
            case Logged.Arrived arrived -> {}
            case Logged.Rejection rejection -> {}
            case Logged.Reported reported -> {}
            case Logged.Unmerged unmerged -> {}
            case Logged.Ticked ticked -> {}
            case Logged.Activated activated -> throw own("an activation", "activate");
            case Logged.Folded folded -> throw own("the end of a fold", "accept");
            case Logged.Erased erased -> throw own("an erasure", "erase");
            case Logged.Unreadable unreadable -> throw own("what is left of a record", "erase");
        }
    }

    private static IllegalArgumentException own(String what, String instead) {
        return new IllegalArgumentException(
                what + " is put into the log by the engine itself. Call " + instead + " instead");
    }

    @Override
    public <T> CompletionStage<T> look(Function<History, T> reading) {
        return readers.read(() -> host.host().look(reading));
    }

    @Override
    public CompletionStage<Void> worked(String position) {
        return waits.worked(Positions.ofToken(position)
                .orElseThrow(() -> new IllegalArgumentException("no place in the log: " + position)));
    }

    @Override
    public Subscription subscribe(String name, SubscriptionStart start, EffectConsumer consumer, Retries retries) {
        return host.host().subscribe(name, start, consumer, retries);
    }

    @Override
    public CompletionStage<List<SubscriptionState>> subscriptions() {
        return readers.read(() -> host.host().subscriptions());
    }

    @Override
    public CompletionStage<Boolean> unsubscribe(String name) {
        return readers.read(() -> host.host().unsubscribe(name));
    }

    @Override
    public Definition definition() {
        return host.host().definition();
    }

    @Override
    public synchronized CompletionStage<Void> activate(Definition next) {
        // One after the other: two that are prepared at once would be in each other's way.
        exchanged = exchanged
                .handle((before, failed) -> true)
                .thenCompose(turn -> intake.ask(owned -> owned.prepare(next)))
                .thenCompose(prepared -> prepared)
                .thenCompose(ready -> intake.ask(owned -> {
                    owned.takeOver(next);
                    return null;
                }));
        return exchanged;
    }

    @Override
    public CompletionStage<List<Rejected>> unmerge(Unmerge unmerge) {
        return intake.ask(owned -> owned.unmergeLive(unmerge, clock.nowMillis()));
    }

    @Override
    public CompletionStage<Optional<Erased>> erase(SubjectId customer, String because) {
        return intake.ask(owned -> host.erase(customer, because, clock.nowMillis()));
    }

    @Override
    public CompletionStage<Void> backup(String into, String keys) {
        return readers.read(() -> {
            host.backup(
                    Path.of(into),
                    Path.of(keys),
                    () -> intake.ask(Host::sync).toCompletableFuture().join());
            return null;
        });
    }

    @Override
    public EngineProgress progress() {
        Host.Reached reached = host.host().reached();
        Progress progress = reached.progress();
        return new EngineProgress(
                Positions.token(reached.durable()),
                Positions.token(reached.worked()),
                reached.behind(),
                intake.waiting(),
                room,
                reached.putOff(),
                progress.tickMillis(),
                progress.latestMillis(),
                new EngineProgress.Counts(
                        progress.events(),
                        progress.reports(),
                        progress.late(),
                        progress.tooLate(),
                        progress.rejected()),
                intake.failure().map(Throwable::toString));
    }

    @Override
    public EffectNames names() {
        return host.effectNames();
    }

    @Override
    public void close() {
        try (host;
                waits;
                readers;
                intake) {
            // Closed in the opposite order: nothing is taken any more, nobody reads any more, and then all is let go.
        }
    }
}
