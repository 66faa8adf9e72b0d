package dev.forestall.records.effects;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.records.database.Row;
import java.sql.SQLException;
import java.util.List;

/**
 * One effect as it is shown.
 *
 * @param id its name outside
 * @param effect how the engine knows it
 * @param kind such as {@code signal} or {@code decision}
 * @param name of what it is about, in the pack
 * @param atMillis when it was so, in event time
 * @param causes names of the effects that brought it about
 * @param body all of it as JSON, with the fields of the outputs
 */
public record EffectRow(
        String id,
        EffectId effect,
        String kind,
        String name,
        String journeyKey,
        long atMillis,
        List<String> causes,
        String body,
        String cursor) {

    static final String COLUMNS =
            "id, kind, name, subject_kind, subject, journey_key, at, position, index, causes, body";

    public EffectRow {
        causes = List.copyOf(causes);
    }

    /** On whom it is, under the name at the time. */
    public SubjectId subject() {
        return effect.subject();
    }

    static EffectRow read(Row row) throws SQLException {
        String id = row.text("id");
        return new EffectRow(
                id,
                new EffectId(
                        new SubjectId(row.text("subject_kind"), row.text("subject")),
                        row.whole("position"),
                        row.count("index")),
                row.text("kind"),
                row.text("name"),
                row.text("journey_key"),
                row.millis("at"),
                row.texts("causes"),
                row.text("body"),
                new Place(row.whole("position"), row.count("index"), id).toString());
    }
}
