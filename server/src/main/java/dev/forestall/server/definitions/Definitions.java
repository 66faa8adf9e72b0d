package dev.forestall.server.definitions;

import dev.forestall.loop.Definition;
import dev.forestall.loop.host.Difference;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.InForce;
import dev.forestall.loop.host.Positions;
import dev.forestall.loop.host.StorageException;
import dev.forestall.pack.Pack;
import dev.forestall.pack.Packs;
import dev.forestall.records.database.Database;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.Page;
import dev.forestall.run.DataFolder;
import dev.forestall.run.KeptPacks;
import dev.forestall.server.ApiError;
import dev.forestall.server.Declined;
import dev.forestall.server.api.JsonBody;
import dev.forestall.server.security.Audit;
import dev.forestall.views.Units;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks packs and lets them take over, one at a time, and remembers who wanted it and why. For any thread. */
public final class Definitions {

    private static final Logger LOG = LoggerFactory.getLogger(Definitions.class);
    private static final String SERVER = "server";

    private final Engine engine;
    private final DataFolder folder;
    private final PackInForce packs;
    private final Database database;
    private final Tenant tenant;
    private final Audit audit;
    private final HostClock clock;

    private Definitions(
            Engine engine,
            DataFolder folder,
            PackInForce packs,
            Database database,
            Tenant tenant,
            Audit audit,
            HostClock clock) {
        this.engine = engine;
        this.folder = folder;
        this.packs = packs;
        this.database = database;
        this.tenant = tenant;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Begins with what is in force, however it came so.
     *
     * @param inForce where the pack lies that is in force
     */
    public static Definitions open(
            Engine engine,
            DataFolder folder,
            Path inForce,
            PackInForce packs,
            Database database,
            Tenant tenant,
            Audit audit,
            HostClock clock) {
        Definitions opened = new Definitions(engine, folder, packs, database, tenant, audit, clock);
        try {
            opened.settle(folder.packs().add(inForce).id());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return opened;
    }

    /** The server may have stopped while a definition took over, and another one may have been deployed while it stood. */
    private void settle(String id) {
        InForce now = engine.look(history -> history.inForce(history.position()))
                .toCompletableFuture()
                .join();
        String position = Positions.token(now.position());
        database.doIn(tenant, session -> {
            for (Deployment begun : DeploymentTable.begun(session)) {
                boolean isKnown = DeploymentTable.live(session)
                        .filter(live -> live.position().equals(position))
                        .isPresent();
                if (!isKnown && begun.definition().equals(now.definition())) {
                    DeploymentTable.complete(session, begun.ordinal(), position, now.semantics(), knownSince(now));
                } else {
                    DeploymentTable.fail(session, begun.ordinal(), "the server stopped before it took over");
                }
            }
            Optional<Deployment> live = DeploymentTable.live(session);
            if (live.isEmpty() || !live.get().definition().equals(now.definition())) {
                long added = DeploymentTable.begin(
                        session,
                        new DeploymentTable.Asked(
                                id,
                                now.definition(),
                                SERVER,
                                live.isEmpty() ? "the first start" : "deployed while the server was stopped",
                                clock.nowMillis(),
                                live.map(Deployment::definition).orElse(""),
                                false));
                DeploymentTable.complete(session, added, position, now.semantics(), knownSince(now));
            }
        });
    }

    /** The newest first. @param after the cursor of an earlier page */
    public Page<Deployment> newest(Optional<String> after, int limit) {
        long before = after.map(Long::parseLong).orElse(Long.MAX_VALUE);
        return database.in(tenant, session -> DeploymentTable.newest(session, before, limit));
    }

    /** Takes a pack in, and says what is wrong with it and what it would change. Nothing is deployed. */
    public synchronized Candidate check(InputStream archive) {
        try {
            Set<String> deployed = database.in(tenant, DeploymentTable::ids);
            return candidate(folder.packs().add(archive, deployed));
        } catch (ZipException wrong) {
            throw new Declined(ApiError.UNREADABLE, "the archive cannot be read: " + wrong.getMessage());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Takes the pack in force in, with one file more, or another content of it. */
    public synchronized Candidate withFile(String name, String content) {
        try {
            Set<String> deployed = database.in(tenant, DeploymentTable::ids);
            String inForce = database.in(tenant, DeploymentTable::live)
                    .map(Deployment::id)
                    .orElseThrow(() -> new IllegalStateException("a definition is in force without its entry"));
            return candidate(folder.packs().addWith(kept(inForce), name, content, deployed));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A pack that was handed in before. */
    public synchronized Candidate candidate(String id) {
        return candidate(kept(id));
    }

    private KeptPacks.Kept kept(String id) {
        try {
            return folder.packs()
                    .find(id)
                    .orElseThrow(() -> new Declined(
                            ApiError.NOT_FOUND,
                            "no pack was handed in under this id, or it was long ago: check it first"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Candidate candidate(KeptPacks.Kept kept) {
        Packs.Checked checked = Packs.check(kept.path());
        Definition now = engine.definition();
        return new Candidate(
                kept.id(),
                checked.problems(),
                checked.pack(),
                now.hash(),
                checked.pack().map(pack -> Difference.between(now, pack.definition())));
    }

    /**
     * Who wants it, and why.
     *
     * @param actor such as {@code user:admin}
     * @param because in words that name no customer
     * @param replaces the definition that they think is in force; empty for whichever is
     */
    public record Wish(String actor, String because, Optional<String> replaces) {}

    /**
     * Lets a pack take over.
     *
     * @return answers when it is in force, or has failed to be
     */
    public synchronized CompletionStage<Deployment> deploy(String id, Wish wish) {
        return begin(kept(id), wish, "definition.deployed", false);
    }

    /** Lets the pack take over that was in force before. */
    public synchronized CompletionStage<Deployment> rollBack(Wish wish) {
        Deployment before = database.in(
                        tenant,
                        session -> DeploymentTable.live(session)
                                .flatMap(live -> DeploymentTable.before(session, live.id())))
                .orElseThrow(() ->
                        new Declined(ApiError.WRONG_STATE, "nothing was in force before that could be rolled back to"));
        return begin(kept(before.id()), wish, "definition.rolled_back", true);
    }

    private CompletionStage<Deployment> begin(KeptPacks.Kept kept, Wish wish, String action, boolean isRollback) {
        Pack pack = Packs.check(kept.path())
                .pack()
                .orElseThrow(() -> new Declined(ApiError.WRONG_FIELD, "the pack has errors: check it to see them"));
        Definition next = pack.definition();
        String replaced = engine.definition().hash();
        if (wish.replaces().isPresent() && !wish.replaces().get().equals(replaced)) {
            throw new Declined(
                    ApiError.CHANGED,
                    "definition " + replaced + " is in force and not "
                            + wish.replaces().get()
                            + ": somebody else has deployed meanwhile. Look at the difference again");
        }
        long ordinal = database.in(tenant, session -> {
            if (!DeploymentTable.begun(session).isEmpty()) {
                throw new Declined(ApiError.WRONG_STATE, "another definition is taking over: wait until it has");
            }
            audit.note(session, wish.actor(), action, kept.id(), replaced, next.hash() + ": " + wish.because());
            return DeploymentTable.begin(
                    session,
                    new DeploymentTable.Asked(
                            kept.id(),
                            next.hash(),
                            wish.actor(),
                            wish.because(),
                            clock.nowMillis(),
                            replaced,
                            isRollback));
        });
        return activate(kept, pack)
                .thenApply(nothing -> completed(ordinal, kept, pack))
                .exceptionally(failed -> failed(ordinal, failed));
    }

    private CompletionStage<Void> activate(KeptPacks.Kept kept, Pack pack) {
        try {
            folder.keepDefinition(pack.definition(), kept.path());
            if (!pack.definition().hash().equals(engine.definition().hash())) {
                packs.know(pack);
            }
            // What follows waits for the database, on a thread that may be held up.
            return engine.activate(pack.definition()).thenApplyAsync(done -> done, Thread::startVirtualThread);
        } catch (IOException failed) {
            return java.util.concurrent.CompletableFuture.failedStage(failed);
        }
    }

    private Deployment completed(long ordinal, KeptPacks.Kept kept, Pack pack) {
        packs.know(pack);
        InForce now = engine.look(history -> history.inForce(history.position()))
                .toCompletableFuture()
                .join();
        try {
            folder.changePack(kept.path());
        } catch (IOException copied) {
            // By its definition it is found at the next start all the same.
            LOG.warn("the pack that is in force could not be copied: {}", copied.getMessage());
        }
        return database.in(tenant, session -> {
            DeploymentTable.complete(
                    session, ordinal, Positions.token(now.position()), now.semantics(), knownSince(now));
            return DeploymentTable.at(session, ordinal).orElseThrow();
        });
    }

    private Deployment failed(long ordinal, Throwable failure) {
        Throwable why = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (!(why instanceof StorageException)) {
            LOG.error("a definition could not take over", why);
        }
        return database.in(tenant, session -> {
            DeploymentTable.fail(session, ordinal, String.valueOf(why.getMessage()));
            return DeploymentTable.at(session, ordinal).orElseThrow();
        });
    }

    private static String knownSince(InForce now) {
        return new String(
                JsonBody.of(json -> {
                    json.writeStartObject();
                    for (var each : now.knownSince().entrySet()) {
                        json.writeStringField(each.getKey(), Units.iso(each.getValue()));
                    }
                    json.writeEndObject();
                }),
                StandardCharsets.UTF_8);
    }

    /** What becomes of declarations, in the order of their names; those that stay as they are are left out. */
    public static List<java.util.Map.Entry<String, Difference.Fate>> changes(Difference difference) {
        return difference.declarations().entrySet().stream()
                .filter(each -> each.getValue() != Difference.Fate.UNCHANGED)
                .toList();
    }
}
