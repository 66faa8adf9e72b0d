package dev.forestall.server.ingest;

import dev.forestall.connectors.events.CloudEvent;
import dev.forestall.connectors.events.EventLine;
import dev.forestall.connectors.json.Json;
import dev.forestall.connectors.json.JsonReader;
import dev.forestall.connectors.segment.SegmentBody;
import dev.forestall.connectors.segment.SegmentCall;
import dev.forestall.connectors.segment.SegmentLimits;
import dev.forestall.connectors.segment.SegmentRecords;
import dev.forestall.loop.host.Acceptance;
import dev.forestall.loop.host.Engine;
import dev.forestall.loop.host.HostClock;
import dev.forestall.loop.host.Logged;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.Page;
import dev.forestall.records.rejected.RejectedRecords;
import dev.forestall.server.ApiError;
import dev.forestall.server.Declined;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads what was rejected again, by the definition that is in force now: as received when it was. What stands around the calls of a batch is
 * not kept with each of them, so it does not count any more. For any thread.
 */
public final class Again {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int AT_ONCE = 200;

    private final Engine engine;
    private final Sources sources;
    private final SegmentLimits limits;
    private final RejectedRecords rejections;
    private final Tenant tenant;
    private final HostClock clock;
    private final JsonReader json;
    private final EventLine lines;

    public Again(
            Engine engine,
            Sources sources,
            SegmentLimits limits,
            RejectedRecords rejections,
            Tenant tenant,
            HostClock clock) {
        this.engine = engine;
        this.sources = sources;
        this.limits = limits;
        this.rejections = rejections;
        this.tenant = tenant;
        this.clock = clock;
        this.json = new JsonReader(limits.depth(), limits.requestBytes());
        this.lines = new EventLine(limits.depth(), limits.eventBytes());
    }

    /** What became of them. @param used how many are events now @param left how many still cannot be used */
    public record Result(long used, long left) {}

    /** Reads all of a kind that are kept and were not used since. */
    public Result replay(String source, String code) {
        long used = 0;
        long left = 0;
        Optional<String> cursor = Optional.empty();
        do {
            Page<RejectedRecords.Kept> page = rejections.kept(tenant, source, code, cursor, AT_ONCE);
            List<RejectedRecords.Kept> waiting = page.rows().stream()
                    .filter(each -> each.replayedMillis().isEmpty())
                    .toList();
            long usable = replay(waiting);
            used += usable;
            left += waiting.size() - usable;
            cursor = page.next();
        } while (cursor.isPresent());
        return new Result(used, left);
    }

    private long replay(List<RejectedRecords.Kept> waiting) {
        List<Logged> records = new ArrayList<>();
        List<Long> usable = new ArrayList<>();
        // The oldest first, as they came.
        for (RejectedRecords.Kept each : waiting.reversed()) {
            SegmentBody.Item item = item(each.source(), each.raw());
            SegmentBody body =
                    new SegmentBody(Json.Entries.NONE, List.of(item), SegmentCall.BATCH, limits.eventBytes());
            SegmentRecords read = sources.source(each.source()).records(body, each.atMillis());
            if (read.rejected() == 0) {
                records.addAll(read.records());
                usable.add(each.ordinal());
            }
        }
        if (!records.isEmpty()) {
            accept(records);
        }
        rejections.replayed(tenant, usable, clock.nowMillis());
        return usable.size();
    }

    private void accept(List<Logged> records) {
        try {
            switch (engine.accept(records)) {
                case Acceptance.Taken taken ->
                    taken.durable().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                case Acceptance.Refused refused ->
                    throw new Declined(ApiError.NOT_NOW, "the engine takes nothing just now: replay them later");
            }
        } catch (TimeoutException | ExecutionException late) {
            throw new Declined(ApiError.NOT_NOW, "they are not durable yet, and may become so: replay them again");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Declined(ApiError.NOT_NOW, "the server stops: replay them again");
        }
    }

    /** What was sent, as the call that it is or says the same as; empty when it cannot be read. */
    public Optional<Json.Entries> call(String source, String raw) {
        return item(source, raw) instanceof SegmentBody.Item.Said(Json.Entries said)
                ? Optional.of(said)
                : Optional.empty();
    }

    private SegmentBody.Item item(String source, String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        if (json.read(bytes) instanceof JsonReader.Reading.Read(Json.Entries said)) {
            if (said.scalar("specversion").isPresent()) {
                CloudEvent events = new CloudEvent(json, sources.source(source).placeOfSubject(), 1);
                return events.structured(bytes) instanceof CloudEvent.Reading.Read read
                        ? read.items().getFirst()
                        : new SegmentBody.Item.Said(said);
            }
            if (said.scalar("type").isPresent()) {
                return new SegmentBody.Item.Said(said);
            }
            Optional<String> type = typeOf(said);
            if (type.isPresent()) {
                SequencedMap<String, Json> typed = new LinkedHashMap<>(said.values());
                typed.put("type", new Json.Text(type.get()));
                return new SegmentBody.Item.Said(new Json.Entries(typed, said.slice()));
            }
        }
        return lines.read(bytes);
    }

    /** A call that came by itself does not say what it is, for its address did. */
    private static Optional<String> typeOf(Json.Entries said) {
        if (said.scalar("event").isPresent()) {
            return Optional.empty();
        }
        if (said.scalar("previousId").isPresent()) {
            return Optional.of("alias");
        }
        if (said.scalar("groupId").isPresent()) {
            return Optional.of("group");
        }
        return said.get("traits") instanceof Json.Entries ? Optional.of("identify") : Optional.empty();
    }
}
