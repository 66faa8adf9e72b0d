package dev.forestall.pack.grammar;

import dev.forestall.pack.PackGrammar;
import dev.forestall.pack.grammar.Shape.Choice;
import dev.forestall.pack.grammar.Shape.Either;
import dev.forestall.pack.grammar.Shape.Fields;
import dev.forestall.pack.grammar.Shape.Key;
import dev.forestall.pack.grammar.Shape.Leaf;
import dev.forestall.pack.grammar.Shape.Many;
import dev.forestall.pack.grammar.Shape.Named;
import dev.forestall.pack.grammar.Shape.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables of keys in the guide, written from the grammar. */
public final class KeyTables {

    private KeyTables() {}

    /** What the grammar describes by keys. */
    public static Set<String> names() {
        return all().keySet();
    }

    /** The table of one of them, in Markdown. */
    public static String of(String name) {
        Fields fields = all().get(name);
        if (fields == null) {
            throw new IllegalArgumentException("the grammar has nothing called " + name);
        }
        StringBuilder table = new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
        for (Key key : fields.keys()) {
            String standard = key.required()
                    ? "*required*"
                    : fields.oneOf().contains(key.name()) ? "*one of these*" : key.standard();
            table.append(
                    "| `%s` | %s | %s | %s |%n".formatted(key.name(), value(key.shape()), standard, key.meaning()));
        }
        return table.toString().replace("\r", "");
    }

    private static Map<String, Fields> all() {
        Map<String, Fields> all = new LinkedHashMap<>();
        add(PackGrammar.PACK, all);
        return all;
    }

    private static void add(Shape shape, Map<String, Fields> all) {
        switch (shape) {
            case Fields fields -> {
                Fields before = all.putIfAbsent(fields.name(), fields);
                if (before == null) {
                    fields.keys().forEach(key -> add(key.shape(), all));
                } else if (!before.equals(fields)) {
                    throw new IllegalStateException("two things are called " + fields.name());
                }
            }
            case Named named -> add(named.each(), all);
            case Many many -> add(many.each(), all);
            case Either either -> either.alternatives().forEach(each -> add(each, all));
            case Leaf leaf -> {}
            case Choice choice -> {}
            case Whole whole -> {}
        }
    }

    private static String value(Shape shape) {
        if (shape.equals(Grammar.EVENTS)) {
            return "[events](#which-events)";
        }
        return switch (shape) {
            case Leaf leaf -> leaf(leaf.kind());
            case Choice choice ->
                choice.options().stream().map(option -> "`" + option + "`").collect(Collectors.joining(", "));
            case Whole whole -> "%d to %d".formatted(whole.min(), whole.max());
            case Many many -> "list of " + value(many.each());
            case Named named -> named.what() + ", each with " + value(named.each());
            case Fields fields -> "a mapping";
            case Either either -> either(either);
        };
    }

    private static String either(Either either) {
        List<String> values = new ArrayList<>();
        for (Shape alternative : either.alternatives()) {
            boolean isManyOfOther =
                    alternative instanceof Many many && either.alternatives().contains(many.each());
            if (!isManyOfOther) {
                values.add(value(alternative));
            }
        }
        boolean hasMany = values.size() < either.alternatives().size();
        return String.join(", or ", values) + (hasMany ? ", or a list" : "");
    }

    private static String leaf(Kind kind) {
        return switch (kind) {
            case NAME, EVENT_NAME -> "name";
            case TEXT -> "text";
            case DURATION, SPAN -> "duration";
            case WAIT -> "duration or [`learned(p90)`](#learned-values)";
            case PERCENT -> "percentage";
            case EXCESS -> "percentage or [`expected(99%)`](#learned-values)";
            case NUMBER -> "number";
            case AMOUNT -> "amount";
            case CURRENCY -> "currency such as `EUR`";
            case RATE -> "rate";
            case CONDITION -> "[condition](#conditions-and-formulas)";
            case FORMULA -> "[formula](#conditions-and-formulas)";
            case WORDS -> "[formula](#conditions-and-formulas) for a text";
            case EVENTS -> "[events](#which-events)";
            case FILE_NAME -> "name of a file";
            case ZONE -> "zone such as `Europe/Amsterdam`";
            case HOURS -> "part of a day such as `21:00-08:00`";
            case DATE -> "date such as `2026-12-25`";
            case CALENDAR_NAME -> "name in lower case, also with `-`";
            case MARK, DELIMITER -> kind.expected().replace("tab", "`tab`");
            case TIME_FORMAT -> "`iso`, `epoch_seconds`, `epoch_millis`, `epoch_micros` or a pattern";
            case TRIGGER ->
                "signal, signal of others such as `context.outage`, or level of a risk such as `risk.leaves > 0.35`";
            case WITHDRAWAL -> "`cause ends`, `never`, or a trigger and `ends` such as `signal.outage ends`";
            case OUTCOME -> "[outcome](#predictions)";
            case MOMENT -> "[moment](#predictions)";
            case FLAG -> "`true` or `false`";
        };
    }
}
