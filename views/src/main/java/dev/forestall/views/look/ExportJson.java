package dev.forestall.views.look;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.report.Report;
import dev.forestall.views.Units;
import dev.forestall.views.out.EffectJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/**
 * Writes all that is kept of one customer as one JSON object, for the customer themselves: who they are known as, what is known of them, every event and report with all that it said, and
 * everything that followed. Nothing is masked.
 */
public final class ExportJson {

    private final JsonGenerator json;
    private final Definition definition;
    private final EffectNames names;

    public ExportJson(JsonGenerator json, Definition definition, EffectNames names) {
        this.json = json;
        this.definition = definition;
        this.names = names;
    }

    /**
     * Writes it.
     *
     * @param standing as they stand now
     * @param identifiers by which they are known now
     * @param atMillis when it is written
     */
    public void write(History.Standing standing, List<Identifier> identifiers, long atMillis) throws IOException {
        json.writeStartObject();
        json.writeStringField("customer", standing.subject().key());
        json.writeStringField("exported_at", Units.iso(atMillis));
        json.writeStringField("definition", definition.hash());
        json.writeArrayFieldStart("identifiers");
        for (Identifier each : identifiers) {
            json.writeStartObject();
            json.writeStringField("name", each.name());
            json.writeStringField("value", each.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        known(standing, atMillis);
        json.writeArrayFieldStart("events");
        for (History.Read read : standing.inputs()) {
            if (read.logged() instanceof Logged.Arrived arrived) {
                event(read.position(), arrived.origin(), arrived.event());
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("reports");
        for (History.Read read : standing.inputs()) {
            if (read.logged() instanceof Logged.Reported reported) {
                report(read.position(), reported.origin(), reported.report());
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("effects");
        EffectJson effects = new EffectJson(definition.hash(), names);
        for (Effect effect : standing.effects()) {
            json.writeStartObject();
            effects.writeFields(effect, json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void known(History.Standing standing, long atMillis) throws IOException {
        json.writeObjectFieldStart("known");
        for (Loop.Known each : new Loop(definition).known(standing.subject(), standing.state(), atMillis)) {
            if (each.text().isPresent()) {
                json.writeStringField(each.name(), each.text().get());
            } else {
                json.writeNumberField(each.name(), each.number());
            }
        }
        json.writeEndObject();
    }

    private void place(long position, Origin origin) throws IOException {
        json.writeNumberField("position", position);
        json.writeStringField("source", origin.source());
        if (origin.line() > 0) {
            json.writeNumberField("line", origin.line());
        }
        if (origin.receivedAtMillis() > 0) {
            json.writeStringField("received_at", Units.iso(origin.receivedAtMillis()));
        }
    }

    private void event(long position, Origin origin, Event event) throws IOException {
        json.writeStartObject();
        json.writeStringField("event", event.type().name());
        json.writeStringField("occurred_at", Units.iso(event.atMillis()));
        json.writeStringField("id", event.id());
        place(position, origin);
        json.writeObjectFieldStart("identifiers");
        List<IdentifierType> types = definition.plan().identifiers();
        for (int index = 0; index < types.size(); index++) {
            String value = event.identifier(index);
            if (value != null && !value.isEmpty()) {
                json.writeStringField(types.get(index).name(), value);
            }
        }
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        for (Property property : event.type().properties()) {
            property(event, property);
        }
        json.writeEndObject();
        if (!event.undeclared().isEmpty()) {
            json.writeObjectFieldStart("undeclared");
            for (Event.Undeclared each : event.undeclared()) {
                json.writeStringField(each.name(), each.value());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void property(Event event, Property property) throws IOException {
        int slot = property.slot();
        if (property.type().isText()) {
            String text = event.text(slot);
            if (text != null) {
                json.writeStringField(property.name(), text);
            }
            return;
        }
        if (!event.has(slot)) {
            return;
        }
        json.writeFieldName(property.name());
        switch (property.type()) {
            case NUMBER -> json.writeNumber(event.number(slot));
            case INTEGER -> json.writeNumber(event.whole(slot));
            case BOOLEAN -> json.writeBoolean(event.whole(slot) != 0);
            case MONEY -> {
                int digits = Math.max(0, Currency.getInstance(property.unit()).getDefaultFractionDigits());
                json.writeString(BigDecimal.valueOf(event.whole(slot), digits) + " " + property.unit());
            }
            case TIME -> json.writeString(Units.iso(event.whole(slot)));
            case DURATION -> json.writeNumber(event.whole(slot));
            case STRING -> throw new IllegalStateException("words were written before");
        }
    }

    private void report(long position, Origin origin, Report report) throws IOException {
        json.writeStartObject();
        json.writeStringField("report", report.kind());
        json.writeStringField("at", Units.iso(report.atMillis()));
        json.writeStringField("by", report.head().by());
        place(position, origin);
        switch (report) {
            case Report.Consented said -> {
                json.writeBooleanField("given", said.isGiven());
                json.writeStringField("purpose", said.purpose());
                json.writeStringField("channel", said.channel());
            }
            case Report.Preferred preferred -> {
                json.writeStringField("purpose", preferred.purpose());
                json.writeStringField("channel", preferred.channel());
            }
            case Report.ZoneKnown known -> json.writeStringField("zone", known.zone());
            case Report.LanguageKnown known -> json.writeStringField("language", known.language());
            case Report.Requested requested -> {
                json.writeStringField("action", requested.action());
                json.writeStringField("reason", requested.reason());
            }
            case Report.Asked asked -> {
                json.writeStringField("policy", asked.policy());
                json.writeStringField("asked_about", asked.identifier() + ":" + asked.value());
            }
            case Report.OfRequest about -> {
                about("request", about.request().id());
                json.writeStringField("channel", about.request().channel());
            }
            case Report.OfDecision about -> about("decision", about.decision());
            case Report.OfAlert about -> about("alert", about.alert());
            case Report.KillSwitch stop -> {}
        }
        json.writeEndObject();
    }

    private void about(String what, EffectId id) throws IOException {
        json.writeStringField(what, names.of(id));
    }
}
