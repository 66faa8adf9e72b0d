package dev.forestall.views.look;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.signal.Signal;
import dev.forestall.views.Units;
import dev.forestall.views.out.EffectJson;
import java.io.IOException;
import java.util.List;

/** Writes what was known of one customer as one JSON object. Effects have the fields of the outputs. */
public final class CustomerJson {

    private final JsonGenerator json;
    private final EffectJson effects;

    /** @param definition hash of the definition, which every effect names */
    public CustomerJson(JsonGenerator json, String definition, EffectNames names) {
        this.json = json;
        this.effects = new EffectJson(definition, names);
    }

    public void write(Customer customer) throws IOException {
        json.writeStartObject();
        json.writeStringField("subject_kind", customer.subject().kind());
        json.writeStringField("subject", customer.subject().key());
        json.writeStringField("as_of", Units.iso(customer.atMillis()));
        json.writeNumberField("events", customer.eventsInAll());
        runs(customer);
        known(customer);
        signals("active_signals", customer.active());
        signals("recent_signals", customer.recent());
        json.writeArrayFieldStart("open_alerts");
        for (Customer.Open each : customer.alerts()) {
            json.writeStartObject();
            effects.writeFields(new Effect.AlertChanged(each.alert()), json);
            json.writeNumberField("signals_by_then", each.signals());
            json.writeEndObject();
        }
        json.writeEndArray();
        decisions(customer);
        events(customer);
        json.writeEndObject();
    }

    private void runs(Customer customer) throws IOException {
        json.writeArrayFieldStart("journeys");
        for (Customer.Run run : customer.runs()) {
            json.writeStartObject();
            json.writeBooleanField("open", run.isOpen());
            effects.writeFields(new Effect.Transitioned(run.last()), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void known(Customer customer) throws IOException {
        json.writeObjectFieldStart("known");
        for (Loop.Known each : customer.known()) {
            if (each.text().isPresent()) {
                json.writeStringField(each.name(), each.text().get());
            } else {
                json.writeNumberField(each.name(), each.number());
            }
        }
        json.writeEndObject();
    }

    private void signals(String name, List<Signal.Raised> signals) throws IOException {
        json.writeArrayFieldStart(name);
        for (Signal.Raised each : signals) {
            json.writeStartObject();
            effects.writeFields(new Effect.SignalChanged(each), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void decisions(Customer customer) throws IOException {
        json.writeArrayFieldStart("decisions");
        for (Customer.Decided each : customer.decisions()) {
            json.writeStartObject();
            effects.writeFields(new Effect.Decided(each.decision()), json);
            json.writeArrayFieldStart("outcomes");
            for (var outcome : each.outcomes()) {
                json.writeStartObject();
                effects.writeFields(new Effect.OutcomeObserved(outcome), json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void events(Customer customer) throws IOException {
        json.writeArrayFieldStart("latest_events");
        for (Logged.Arrived each : customer.events()) {
            json.writeStartObject();
            json.writeStringField("event", each.event().type().name());
            json.writeStringField("occurred_at", Units.iso(each.event().atMillis()));
            json.writeStringField("file", each.origin().source());
            json.writeNumberField("line", each.origin().line());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
