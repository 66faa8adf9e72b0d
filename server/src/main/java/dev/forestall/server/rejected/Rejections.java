package dev.forestall.server.rejected;

import dev.forestall.connectors.json.Json;
import dev.forestall.loop.event.EventError;
import dev.forestall.loop.host.Engine;
import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.Page;
import dev.forestall.records.rejected.RejectedRecords;
import dev.forestall.server.ApiError;
import dev.forestall.server.Declined;
import dev.forestall.server.definitions.Candidate;
import dev.forestall.server.definitions.Definitions;
import dev.forestall.server.ingest.Again;
import java.util.List;
import java.util.Optional;

/** Looks at what was rejected, has it read again, and makes of it what the pack would have to declare. For any thread. */
public final class Rejections {

    /** By so many of its kind it is told of which kinds its properties are. */
    private static final int LOOKED_AT = 200;

    private final RejectedRecords records;
    private final Again again;
    private final Definitions definitions;
    private final Engine engine;
    private final Tenant tenant;

    public Rejections(RejectedRecords records, Again again, Definitions definitions, Engine engine, Tenant tenant) {
        this.engine = engine;
        this.records = records;
        this.again = again;
        this.definitions = definitions;
        this.tenant = tenant;
    }

    /** Every kind that ever arrived, the latest first. */
    public List<RejectedRecords.Kind> kinds() {
        return records.kinds(tenant);
    }

    /** Those of a kind that are kept, the latest first. */
    public Page<RejectedRecords.Kept> kept(String source, String code, Optional<String> cursor, int limit) {
        return records.kept(tenant, source, code, cursor, limit);
    }

    /** One that is kept. */
    public RejectedRecords.Kept one(String id) {
        return records.find(tenant, id)
                .orElseThrow(() ->
                        new Declined(ApiError.NOT_FOUND, "no rejected record has this id, or it is not kept any more"));
    }

    /** Reads those of a kind again, by the definition that is in force now. */
    public Again.Result replay(String source, String code) {
        return again.replay(source, code);
    }

    /** Whether an event can be declared out of what was rejected so. */
    public static boolean isDeclarable(String code) {
        return code.equals(EventError.UNKNOWN_TYPE.code());
    }

    /**
     * A pack in which an event is declared.
     *
     * @param file in which it stands
     * @param yaml what stands there
     * @param candidate the pack in force with that file, which can be deployed
     */
    public record Draft(String event, String file, String yaml, Candidate candidate) {}

    /** Makes a draft of the pack in force in which the event of a rejected record is declared. Nothing is deployed. */
    public Draft declare(String id) {
        RejectedRecords.Kept kept = one(id);
        String event = isDeclarable(kept.code()) ? eventOf(kept).orElse("") : "";
        if (event.isEmpty()) {
            throw new Declined(
                    ApiError.WRONG_STATE,
                    "it was rejected for another reason than that its event is not declared: " + kept.detail());
        }
        List<Json.Entries> calls =
                records.kept(tenant, kept.source(), kept.code(), Optional.empty(), LOOKED_AT).rows().stream()
                        .flatMap(each -> again.call(each.source(), each.raw()).stream())
                        .filter(call ->
                                call.scalar("event").filter(event::equals).isPresent())
                        .toList();
        DeclaredEvent declared =
                DeclaredEvent.of(event, calls, engine.definition().plan());
        return new Draft(
                event, declared.file(), declared.yaml(), definitions.withFile(declared.file(), declared.yaml()));
    }

    private Optional<String> eventOf(RejectedRecords.Kept kept) {
        return again.call(kept.source(), kept.raw()).flatMap(call -> call.scalar("event"));
    }
}
