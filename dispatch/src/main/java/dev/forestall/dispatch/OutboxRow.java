package dev.forestall.dispatch;

import dev.forestall.loop.Effect;
import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.request.Permit;
import dev.forestall.records.database.Row;
import java.sql.SQLException;

/**
 * A request on its way out.
 *
 * @param key its name outside
 * @param channel that of the latest permit; empty before the first
 * @param provider through which it was sent last; empty before
 * @param attempts how often it was given to a provider
 * @param asked how often a permit was asked for
 */
record OutboxRow(
        String key, ActionRequest request, State state, String channel, String provider, int attempts, int asked) {

    static final String COLUMNS = "request, requested, state, channel, provider, attempts, asked, permit";

    static OutboxRow read(Row row) throws SQLException {
        return new OutboxRow(
                row.text("request"),
                request(row.bytes("requested")),
                State.of(row.text("state")),
                row.text("channel"),
                row.text("provider"),
                row.count("attempts"),
                row.count("asked"));
    }

    private static ActionRequest request(byte[] bytes) {
        if (EffectCodec.read(bytes) instanceof Effect.ActionRequested requested) {
            return requested.request();
        }
        throw new IllegalStateException("a row of the outbox holds another effect than a request");
    }

    /** A row that has a permit, and the permit. */
    record Permitted(OutboxRow row, Permit permit) {
        static Permitted read(Row row) throws SQLException {
            if (EffectCodec.read(row.bytes("permit")) instanceof Effect.Permitted permitted) {
                return new Permitted(OutboxRow.read(row), permitted.permit());
            }
            throw new IllegalStateException("a row of the outbox holds another effect than a permit");
        }
    }
}
