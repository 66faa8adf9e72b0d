package dev.forestall.views.out;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.views.Units;
import java.io.IOException;
import java.util.List;

/** Writes single effects with the same fields as the files of a run. */
public final class EffectJson {

    private final String definition;
    private final EffectNames names;
    private final List<Output<?>> outputs;

    /** @param definition hash of the definition, which every effect names */
    public EffectJson(String definition, EffectNames names) {
        this.definition = definition;
        this.names = names;
        this.outputs = new Outputs(definition, names).all();
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
        json.writeStringField("id", names.of(id));
        json.writeStringField("definition", definition);
        json.writeNumberField("position", id.position());
        json.writeNumberField("effect_index", id.index());
        json.writeStringField("subject_kind", id.subject().kind());
        json.writeStringField("subject", id.subject().key());
        json.writeStringField("occurred_at", Units.iso(effect.atMillis()));
        switch (effect) {
            case Effect.ContextChanged changed -> {
                json.writeStringField("signal", changed.change().signal());
                json.writeStringField("value", changed.change().value());
                json.writeBooleanField("is_active", changed.change().isActive());
                json.writeStringField("began", names.of(changed.change().began()));
                json.writeStringField("began_at", Units.iso(changed.change().beganAtMillis()));
            }
            case Effect.SendMessage send -> {
                json.writeStringField("to_subject_kind", send.to().kind());
                json.writeStringField("to_subject", send.to().key());
            }
            default -> throw new IllegalStateException("no output takes " + effect);
        }
    }

    /** What kind of effect it is, in one word. */
    public static String kind(Effect effect) {
        return switch (effect) {
            case Effect.Transitioned transitioned -> "transition";
            case Effect.SignalChanged changed -> "signal";
            case Effect.ContextChanged changed -> "context";
            case Effect.AlertChanged changed -> "alert";
            case Effect.Assigned assigned -> "assignment";
            case Effect.Decided decided -> "decision";
            case Effect.ActionRequested requested -> "action_request";
            case Effect.Permitted permitted -> "permit";
            case Effect.RequestChanged changed -> "request_change";
            case Effect.OutcomeObserved observed -> "outcome";
            case Effect.RiskChanged changed -> "risk";
            case Effect.Explained explained -> "explanation";
            case Effect.Sampled sampled -> "sample";
            case Effect.SendMessage send -> "message";
        };
    }
}
