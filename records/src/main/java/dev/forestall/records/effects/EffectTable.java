package dev.forestall.records.effects;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.Effect;
import dev.forestall.records.database.Session;
import dev.forestall.views.out.EffectJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** One row per effect. What subjects tell each other is left out: nobody looks it up. For one thread. */
public final class EffectTable implements Projected {

    private final JsonFactory json = new JsonFactory();
    private @Nullable EffectJson bodies;
    private String bodiesOf = "";

    private final Changes effects = new Changes("""
            INSERT INTO projection.effects
              (tenant, id, kind, name, subject_kind, subject, journey_key, at, position, index, causes, body)
            VALUES (current_setting('forestall.tenant'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json)""");

    /** Whether it has a row. */
    public static boolean isKept(Effect effect) {
        return !(effect instanceof Effect.SendMessage) && !(effect instanceof Effect.Sampled);
    }

    @Override
    public void take(Seen seen) {
        effects.add(
                seen.id(),
                EffectJson.kind(seen.effect()),
                Kinds.name(seen.effect()),
                seen.subject().kind(),
                seen.subject().key(),
                Kinds.journeyKey(seen.effect()),
                seen.at(),
                seen.position(),
                seen.index(),
                seen.ids(Kinds.causes(seen.effect())),
                body(seen));
    }

    private String body(Seen seen) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(text)) {
            generator.writeStartObject();
            bodies(seen).writeFields(seen.effect(), generator);
            generator.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private EffectJson bodies(Seen seen) {
        if (bodies == null || !bodiesOf.equals(seen.definition())) {
            bodies = new EffectJson(seen.definition(), seen.names());
            bodiesOf = seen.definition();
        }
        return bodies;
    }

    @Override
    public void write(Session session) {
        effects.write(session);
    }

    @Override
    public void forget() {
        effects.forget();
    }
}
