package dev.forestall.pack.grammar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.forestall.pack.grammar.Shape.Choice;
import dev.forestall.pack.grammar.Shape.Either;
import dev.forestall.pack.grammar.Shape.Fields;
import dev.forestall.pack.grammar.Shape.Key;
import dev.forestall.pack.grammar.Shape.Leaf;
import dev.forestall.pack.grammar.Shape.Many;
import dev.forestall.pack.grammar.Shape.Named;
import dev.forestall.pack.grammar.Shape.Whole;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the grammar as a JSON Schema (draft 2020-12), with which editors complete and check packs while they are typed. What the
 * schema accepts can still be wrong: names and expressions are the business of the check.
 */
public final class JsonSchema {

    private final JsonGenerator json;
    private final Map<Fields, String> names = new LinkedHashMap<>();
    private final Deque<Fields> waiting = new ArrayDeque<>();

    private JsonSchema(JsonGenerator json) {
        this.json = json;
    }

    /** The schema of a pack as a whole. */
    public static String of(Fields pack) {
        StringWriter text = new StringWriter();
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(indent).withArrayIndenter(indent));
            new JsonSchema(json).write(pack);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return text.append('\n').toString();
    }

    private void write(Fields pack) throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.writeStringField("title", "A pack of Forestall");
        // A folder spreads a pack over several files, of which only one has the name and each may lack any section.
        fields(pack, false);
        json.writeObjectFieldStart("$defs");
        while (!waiting.isEmpty()) {
            Fields next = waiting.removeFirst();
            json.writeObjectFieldStart(names.get(next));
            fields(next, true);
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void fields(Fields fields, boolean isWhole) throws IOException {
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("properties");
        for (Key key : fields.keys()) {
            json.writeObjectFieldStart(key.name());
            String standard = key.standard().isEmpty() ? "" : " Default: " + key.standard() + ".";
            json.writeStringField("description", key.meaning() + standard);
            shape(key.shape());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeBooleanField("additionalProperties", false);
        if (isWhole && fields.keys().stream().anyMatch(Key::required)) {
            json.writeArrayFieldStart("required");
            for (Key key : fields.keys()) {
                if (key.required()) {
                    json.writeString(key.name());
                }
            }
            json.writeEndArray();
        }
        if (!fields.oneOf().isEmpty()) {
            json.writeArrayFieldStart("oneOf");
            for (String name : fields.oneOf()) {
                json.writeStartObject();
                json.writeArrayFieldStart("required");
                json.writeString(name);
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private void shape(Shape shape) throws IOException {
        switch (shape) {
            case Leaf leaf -> leaf(leaf.kind());
            case Choice choice -> choice(choice);
            case Whole whole -> {
                json.writeStringField("type", "integer");
                json.writeNumberField("minimum", whole.min());
                json.writeNumberField("maximum", whole.max());
            }
            case Many many -> {
                json.writeStringField("type", "array");
                json.writeNumberField("minItems", many.min());
                json.writeNumberField("maxItems", many.max());
                json.writeObjectFieldStart("items");
                shape(many.each());
                json.writeEndObject();
            }
            case Named named -> named(named);
            case Fields fields -> json.writeStringField("$ref", "#/$defs/" + name(fields));
            case Either either -> {
                json.writeArrayFieldStart("anyOf");
                for (Shape alternative : either.alternatives()) {
                    json.writeStartObject();
                    shape(alternative);
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
        }
    }

    /** YAML gives some texts as numbers or truth values; patterns then do not apply. */
    private void leaf(Kind kind) throws IOException {
        if (kind == Kind.FLAG) {
            json.writeStringField("type", "boolean");
            return;
        }
        json.writeArrayFieldStart("type");
        json.writeString("string");
        if (kind.mayBeBare()) {
            json.writeString("number");
            json.writeString("boolean");
        }
        json.writeEndArray();
        json.writeStringField("pattern", "^(?:" + kind.regex() + ")$");
    }

    private void choice(Choice choice) throws IOException {
        json.writeArrayFieldStart("enum");
        for (String option : choice.options()) {
            json.writeString(option);
        }
        json.writeEndArray();
    }

    private void named(Named named) throws IOException {
        json.writeArrayFieldStart("type");
        json.writeString("object");
        json.writeString("null");
        json.writeEndArray();
        json.writeNumberField("maxProperties", named.max());
        json.writeObjectFieldStart("propertyNames");
        json.writeStringField("pattern", "^(?:" + named.key().regex() + ")$");
        json.writeEndObject();
        json.writeObjectFieldStart("additionalProperties");
        shape(named.each());
        json.writeEndObject();
    }

    private String name(Fields fields) {
        String known = names.get(fields);
        if (known != null) {
            return known;
        }
        String name = fields.name().replaceAll("[^a-z]+", "_");
        names.put(fields, name);
        waiting.add(fields);
        return name;
    }
}
