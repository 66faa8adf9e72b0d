package dev.forestall.server.live;

import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.EngineProgress;
import dev.forestall.loop.host.StorageException;
import dev.forestall.loop.host.SubscriptionState;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Whether the parts of a server are well, and what to do when they are not. For any thread. */
public final class Health {

    /** Who is this far behind is told of. */
    private static final int FAR_BEHIND = 5_000;

    private final Engine engine;
    private final Database database;
    private final Tenant tenant;
    private final Disk disk;
    private final List<Supplier<List<String>>> watched = new CopyOnWriteArrayList<>();

    public Health(Engine engine, Database database, Tenant tenant, Disk disk) {
        this.disk = disk;
        this.engine = engine;
        this.database = database;
        this.tenant = tenant;
    }

    /**
     * How all parts are.
     *
     * @param isReady whether events are taken and can be looked at
     * @param problems what is not as it should be, each with what to do
     * @param subscriptions who reads what the engine says
     */
    public record Verdict(
            boolean isReady, List<String> problems, EngineProgress progress, List<SubscriptionState> subscriptions) {
        public Verdict {
            problems = List.copyOf(problems);
            subscriptions = List.copyOf(subscriptions);
        }

        public boolean isWell() {
            return problems.isEmpty();
        }
    }

    /** Also asks somebody what is wrong; whether events are taken does not depend on it. */
    public void watch(Supplier<List<String>> problems) {
        watched.add(problems);
    }

    /** Looks at all of them. */
    public Verdict verdict() {
        List<String> problems = new ArrayList<>();
        EngineProgress progress = engine.progress();
        progress.failure()
                .ifPresent(failure -> problems.add("The engine has failed and takes nothing: " + failure
                        + ". Read the log above it, free disk space if that is it, and start the server again."));
        if (progress.waiting() > progress.room() / 2) {
            problems.add("More than half of the queue is full: senders will be told to come again later.");
        }
        if (disk.isFilling()) {
            problems.add("The disk of the data is " + disk.use().percent() + " % full"
                    + (disk.isFull() ? ", so no events are taken" : "")
                    + ". Make room there.");
        }
        watched.forEach(each -> problems.addAll(each.get()));
        boolean isDatabaseThere = isDatabaseThere();
        if (!isDatabaseThere) {
            problems.add(
                    "The database cannot be reached. Events are taken all the same; pages show what was known before.");
        }
        List<SubscriptionState> subscriptions = subscriptions();
        for (SubscriptionState each : subscriptions) {
            if (each.phase() == SubscriptionState.Phase.STOPPED || each.phase() == SubscriptionState.Phase.RETRYING) {
                problems.add("`" + each.name() + "` cannot go on: "
                        + each.lastError().orElse("it does not say why")
                        + ". It is tried again by itself; nothing is lost.");
            } else if (each.lag() >= FAR_BEHIND) {
                problems.add("`" + each.name() + "` is " + each.lag() + " effects behind.");
            }
        }
        return new Verdict(progress.isWell() && isDatabaseThere && !disk.isFull(), problems, progress, subscriptions);
    }

    private boolean isDatabaseThere() {
        try {
            return database.in(tenant, session -> session.number("SELECT 1")) == 1;
        } catch (StorageException down) {
            return false;
        }
    }

    private List<SubscriptionState> subscriptions() {
        try {
            return engine.subscriptions().toCompletableFuture().join();
        } catch (CompletionException busy) {
            // Whoever asks for health gets an answer: that one of the parts did not is told by the others.
            return List.of();
        }
    }
}
