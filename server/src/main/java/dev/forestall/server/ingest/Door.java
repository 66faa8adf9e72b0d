package dev.forestall.server.ingest;

import dev.forestall.connectors.segment.SegmentBody;
import dev.forestall.connectors.segment.SegmentRecords;
import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.host.StorageException;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.rejected.RejectedRecords;
import dev.forestall.server.ApiError;
import dev.forestall.server.live.Disk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what a request says to the engine, and knows what to tell the sender. For any thread; it waits until the log has it. */
public final class Door {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    /** Libraries give up after ten seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration SHORTLY = Duration.ofSeconds(2);

    private final Engine engine;
    private final Sources sources;
    private final Tail tail;
    private final RejectedRecords rejections;
    private final Tenant tenant;
    private final HostClock clock;
    private final Disk disk;
    private final Intakes intakes;

    /** @param disk while it is full, nothing is taken */
    public Door(
            Engine engine,
            Sources sources,
            Tail tail,
            RejectedRecords rejections,
            Tenant tenant,
            HostClock clock,
            Disk disk,
            Intakes intakes) {
        this.disk = disk;
        this.intakes = intakes;
        this.engine = engine;
        this.sources = sources;
        this.tail = tail;
        this.rejections = rejections;
        this.tenant = tenant;
        this.clock = clock;
    }

    /** What became of what a request says. */
    sealed interface Outcome {
        /**
         * It is durable, rejected or known.
         *
         * @param position behind it in the log; empty when nothing had to be kept
         * @param known the places of the records that were sent before
         */
        record Kept(SegmentRecords records, String position, List<Integer> known) implements Outcome {}

        /** Nothing of it is taken, or nobody knows. */
        record Not(Answer answer) implements Outcome {}
    }

    Answer take(String source, SegmentBody body) {
        return switch (hand(source, body)) {
            case Outcome.Not not -> not.answer();
            case Outcome.Kept kept -> {
                int duplicates = kept.records().duplicates(kept.known());
                yield new Answer.Kept(
                        kept.records().accepted() - duplicates, kept.records().rejected(), duplicates);
            }
        };
    }

    Outcome hand(String source, SegmentBody body) {
        Outcome outcome =
                disk.isFull() ? unavailable("the disk is full; nothing of this was taken") : taken(source, body);
        if (outcome instanceof Outcome.Not(Answer.Later later)) {
            intakes.putOff(source);
        }
        return outcome;
    }

    private Outcome taken(String source, SegmentBody body) {
        return taken(source, body, records -> records);
    }

    /**
     * As {@link #take(String, SegmentBody)}, of a source that can be read again from any place. Waits until the log has it.
     *
     * @param places of each call; what further records it becomes stand at the ordinals behind
     * @return of each call, whether it could be used; nothing when nothing was taken, or nobody knows: the same may be handed over again
     */
    public Optional<List<Boolean>> take(String source, SegmentBody body, IntFunction<Origin> places) {
        Outcome outcome = disk.isFull()
                ? unavailable("the disk is full; nothing of this was taken")
                : taken(source, body, records -> records.at(places));
        return outcome instanceof Outcome.Kept kept
                ? Optional.of(kept.records().items().stream()
                        .map(item -> item.rejected().isEmpty())
                        .toList())
                : Optional.empty();
    }

    private Outcome taken(String source, SegmentBody body, UnaryOperator<SegmentRecords> placing) {
        long received = clock.nowMillis();
        // A clock of its own may be faster than life; how long something takes is no matter of it.
        long began = System.nanoTime();
        SegmentRecords records = placing.apply(sources.source(source).records(body, received));
        if (records.records().isEmpty()) {
            return new Outcome.Kept(records, "", List.of());
        }
        return switch (engine.accept(records.records())) {
            case Acceptance.Refused refused -> new Outcome.Not(refused(refused));
            case Acceptance.Taken taken -> {
                try {
                    Acceptance.Receipt receipt =
                            taken.durable().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                    keep(source, records);
                    long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                    tail.note(records, received, tookMillis);
                    intakes.kept(source, records, records.duplicates(receipt.known()), tookMillis);
                    yield new Outcome.Kept(records, receipt.position(), receipt.known());
                } catch (TimeoutException late) {
                    yield unavailable("it is not durable yet, and may become so: send it again with the same ids");
                } catch (ExecutionException failed) {
                    yield unavailable("the log could not be written: send it again with the same ids");
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                    yield unavailable("the server stops: send it again with the same ids");
                }
            }
        };
    }

    private static Outcome unavailable(String detail) {
        return new Outcome.Not(Answer.unavailable(detail, SHORTLY));
    }

    /** They stand in the log already; that people cannot look at them just now is no reason to let the sender wait. */
    private void keep(String source, SegmentRecords records) {
        if (records.rejected() == 0) {
            return;
        }
        try {
            rejections.add(
                    tenant,
                    records.records().stream()
                            .filter(Logged.Rejection.class::isInstance)
                            .map(Logged.Rejection.class::cast)
                            .map(rejection -> arrived(source, rejection))
                            .toList());
        } catch (StorageException down) {
            LOG.warn("{} rejections are in the log and could not be listed: {}", records.rejected(), down.getMessage());
        }
    }

    private static RejectedRecords.Arrived arrived(String source, Logged.Rejection rejection) {
        return new RejectedRecords.Arrived(
                source,
                "",
                rejection.rejected(),
                rejection.raw(),
                rejection.origin().receivedAtMillis());
    }

    private static Answer refused(Acceptance.Refused refused) {
        Duration wait = refused.retryAfter().isZero() ? SHORTLY : refused.retryAfter();
        return switch (refused.reason()) {
            case FULL ->
                Answer.full("more waits to be written than there is room for; nothing of this was taken", wait);
            case TOO_MUCH ->
                new Answer.Refused(
                        ApiError.TOO_LARGE, "it is more than can wait at once: send fewer events in a request");
            case CLOSED -> Answer.unavailable("the server stops; nothing of this was taken", wait);
            case FAILED ->
                Answer.unavailable("the engine has failed and takes nothing; an operator has to look at it", wait);
        };
    }
}
