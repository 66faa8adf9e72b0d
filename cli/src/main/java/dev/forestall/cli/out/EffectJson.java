package dev.forestall.cli.out;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.text.Units;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectId;
import java.io.IOException;
import java.util.List;

/** Writes single effects with the same fields as the files of a run. */
public final class EffectJson {

    private final String definition;
    private final List<Output<?>> outputs;

    /** @param definition hash of the definition, which every effect names */
    public EffectJson(String definition) {
        this.definition = definition;
        this.outputs = new Outputs(definition).all();
    }

    /** Into an object that is open: first what kind of effect it is, then its fields. */
    public void writeFields(Effect effect, JsonGenerator json) throws IOException {
        json.writeStringField("effect", kind(effect));
        for (Output<?> output : outputs) {
            if (output.writeFields(effect, json)) {
                return;
            }
        }
        EffectId id = effect.id();
        json.writeStringField("id", id.toString());
        json.writeStringField("definition", definition);
        json.writeNumberField("position", id.position());
        json.writeNumberField("effect_index", id.index());
        json.writeStringField("subject_kind", id.subject().kind());
        json.writeStringField("subject", id.subject().key());
        json.writeStringField("occurred_at", Units.iso(effect.atMillis()));
        switch (effect) {
            case Effect.Performing performing -> {
                json.writeStringField("action", performing.perform().action());
                json.writeStringField("channel", performing.perform().channel());
                json.writeStringField("key", performing.perform().key());
                json.writeNumberField("cost_minor", performing.perform().cost().minor());
                json.writeStringField(
                        "cost_currency", performing.perform().cost().currency().getCurrencyCode());
            }
            case Effect.Tell tell -> {
                json.writeStringField("to_subject_kind", tell.to().kind());
                json.writeStringField("to_subject", tell.to().key());
            }
            default -> throw new IllegalStateException("no output takes " + effect);
        }
    }

    private static String kind(Effect effect) {
        return switch (effect) {
            case Effect.Passed passed -> "passage";
            case Effect.Signalled signalled -> "signal";
            case Effect.Alerted alerted -> "alert";
            case Effect.Decided decided -> "decision";
            case Effect.Performing performing -> "action";
            case Effect.Concluded concluded -> "outcome";
            case Effect.Risked risked -> "risk";
            case Effect.Explained explained -> "explanation";
            case Effect.Sampled sampled -> "sample";
            case Effect.Tell tell -> "message";
        };
    }
}
