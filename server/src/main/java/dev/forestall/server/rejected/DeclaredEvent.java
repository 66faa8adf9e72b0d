package dev.forestall.server.rejected;

import dev.forestall.connectors.json.Json;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.TrackingPlan;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * An event as a pack would declare it, by what was sent of it. A guess, to be looked at: values say what kind they are of, and names whether they
 * may be personal.
 */
final class DeclaredEvent {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    private static final Pattern PERSONAL = Pattern.compile(
            "name|mail|phone|mobile|address|street|birth|iban|passport|license|licence|ssn|\\bip\\b|note|comment|message",
            Pattern.CASE_INSENSITIVE);
    private static final int MOST_PROPERTIES = 64;

    private final String name;
    private final Map<String, Property> known = new HashMap<>();
    private final SequencedMap<String, String> types = new LinkedHashMap<>();

    private DeclaredEvent(String name, TrackingPlan plan) {
        this.name = name;
        plan.types().stream().flatMap(type -> type.properties().stream()).forEach(each -> known.put(each.name(), each));
    }

    /**
     * @param calls what was sent of it
     * @param plan a property of one name has one type in all events: that of the plan, where it has one
     */
    static DeclaredEvent of(String name, List<Json.Entries> calls, TrackingPlan plan) {
        DeclaredEvent event = new DeclaredEvent(asPacksWrite(name), plan);
        calls.forEach(call -> call.entries("properties").values().forEach(event::saw));
        return event;
    }

    /** {@code Order Placed} is {@code order_placed}. */
    private static String asPacksWrite(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    }

    private void saw(String property, Json value) {
        boolean isPossible = NAME.matcher(property).matches()
                && value.isScalar()
                && (types.containsKey(property) || types.size() < MOST_PROPERTIES);
        if (isPossible) {
            types.merge(property, typeOf(value), DeclaredEvent::wider);
        }
    }

    private static String typeOf(Json value) {
        return switch (value) {
            case Json.Truth ignored -> "boolean";
            case Json.Numeral numeral -> numeral.written().matches("-?[0-9]{1,18}") ? "integer" : "number";
            case Json.Text text -> isTime(text.value()) ? "time" : "string";
            default -> "string";
        };
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException other) {
            return false;
        }
    }

    /** A type that takes the values of both. */
    private static String wider(String one, String other) {
        if (one.equals(other)) {
            return one;
        }
        boolean areNumbers = !one.equals("string")
                && !other.equals("string")
                && List.of("integer", "number").containsAll(List.of(one, other));
        return areNumbers ? "number" : "string";
    }

    /** The file of the pack in which it is declared. */
    String file() {
        return "declared-" + name.replace('_', '-') + ".yaml";
    }

    String yaml() {
        StringBuilder yaml = new StringBuilder("events:\n  ").append(name).append(':');
        if (types.isEmpty()) {
            return yaml.append(" {}\n").toString();
        }
        for (Map.Entry<String, String> each : types.entrySet()) {
            yaml.append("\n    ").append(each.getKey()).append(": ").append(declared(each.getKey(), each.getValue()));
        }
        return yaml.append('\n').toString();
    }

    private String declared(String property, String guessed) {
        Property same = known.get(property);
        boolean isPersonal = same == null
                ? guessed.equals("string") && PERSONAL.matcher(property).find()
                : same.personal();
        String type = same == null ? guessed : same.type().name().toLowerCase(Locale.ROOT);
        String currency = same != null && same.type() == PropertyType.MONEY ? ", currency: " + same.unit() : "";
        return isPersonal || !currency.isEmpty()
                ? "{ type: " + type + currency + (isPersonal ? ", personal: true" : "") + " }"
                : type;
    }
}
