package dev.forestall.views.look;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.views.Units;
import dev.forestall.views.out.EffectJson;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes a trace as one JSON object: each effect with the fields of the outputs, and what it came from under {@code because}. */
public final class TraceJson {

    private final JsonGenerator json;
    /** By the hash of the definition, which every effect names. */
    private final SortedMap<String, EffectJson> effects = new TreeMap<>();

    private final EffectNames names;
    private final Map<Origin, SourceLine> lines;

    public TraceJson(JsonGenerator json, EffectNames names, Map<Origin, SourceLine> lines) {
        this.json = json;
        this.names = names;
        this.lines = lines;
    }

    public void write(Link link) throws IOException {
        json.writeStartObject();
        switch (link) {
            case Link.Of of -> {
                effects.computeIfAbsent(of.by().definition(), definition -> new EffectJson(definition, names))
                        .writeFields(of.effect(), json);
                json.writeNumberField("program", of.by().semantics());
                if (of.isHindsight()) {
                    json.writeBooleanField("hindsight", true);
                }
                json.writeArrayFieldStart("because");
                for (Link cause : of.causes()) {
                    write(cause);
                }
                json.writeEndArray();
            }
            case Link.Input input -> input(input);
            case Link.Note note -> json.writeStringField("note", note.text());
        }
        json.writeEndObject();
    }

    private void input(Link.Input input) throws IOException {
        json.writeStringField("input", input.role().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("position", input.position());
        switch (input.logged()) {
            case Logged.Arrived arrived -> {
                json.writeStringField("event", arrived.event().type().name());
                json.writeStringField("occurred_at", Units.iso(arrived.event().atMillis()));
                origin(arrived.origin());
            }
            case Logged.Rejection rejection -> {
                json.writeStringField("rejected", rejection.rejected().code().code());
                origin(rejection.origin());
            }
            case Logged.Reported reported -> {
                json.writeStringField("report", reported.report().kind());
                json.writeStringField("occurred_at", Units.iso(reported.report().atMillis()));
                json.writeStringField("by", reported.report().head().by());
            }
            case Logged.Unmerged unmerged -> json.writeStringField("unmerged", unmerged(unmerged.unmerge()));
            case Logged.Erased erased -> json.writeStringField("erased", erased.because());
            case Logged.Unreadable unreadable -> json.writeBooleanField("erased", true);
            case Logged.Folded folded -> json.writeBooleanField("folded", true);
            case Logged.Activated activated -> json.writeStringField("activated", activated.definition());
            case Logged.Ticked ticked -> json.writeStringField("time_passed_to", Units.iso(ticked.atMillis()));
        }
    }

    private static String unmerged(Unmerge unmerge) {
        return unmerge.one() + " and " + unmerge.other();
    }

    private void origin(Origin origin) throws IOException {
        json.writeStringField("file", origin.source());
        json.writeNumberField("line", origin.line());
        SourceLine line = lines.get(origin);
        if (line != null && line.text().isPresent()) {
            json.writeStringField("raw", line.text().get());
        } else {
            json.writeNullField("raw");
        }
        if (line != null) {
            json.writeBooleanField("file_unchanged", line.isUnchanged());
        }
    }
}
