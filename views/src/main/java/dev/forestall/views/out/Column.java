package dev.forestall.views.out;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.Money;
import dev.forestall.views.Units;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * One field of an output. Absent values are null.
 *
 * @param name in both formats
 * @param type what it holds
 * @param cell writes the value of one row
 * @param <T> what a row is made of
 */
public record Column<T>(String name, Type type, Cell<T> cell) {

    /** What a field holds: how it is called in the documentation, and its type in Parquet, as DuckDB calls it. */
    enum Type {
        TEXT("text", "VARCHAR"),
        WHOLE("whole number", "BIGINT"),
        NUMBER("number", "DOUBLE"),
        FLAG("true or false", "BOOLEAN"),
        TIME("time", "TIMESTAMPTZ"),
        TEXTS("list of texts", "VARCHAR[]"),
        WHOLES("list of whole numbers", "BIGINT[]"),
        CANDIDATES(
                "list of candidates",
                "STRUCT(action VARCHAR, expected_value_minor BIGINT, expected_value_currency VARCHAR, rejection VARCHAR)[]"),
        REASONS(
                "list of reasons",
                "STRUCT(about VARCHAR, feature VARCHAR, value DOUBLE, expected_low DOUBLE, expected_high DOUBLE, log_odds DOUBLE)[]"),
        RISKS("list of risks", "STRUCT(prediction VARCHAR, model VARCHAR, probability DOUBLE, level DOUBLE)[]"),
        PARAMETERS("list of parameters", "STRUCT(name VARCHAR, type VARCHAR, value VARCHAR)[]"),
        USES("list of uses", "STRUCT(resource VARCHAR, amount BIGINT)[]"),
        OUTSIDE("list of causes", "STRUCT(signal VARCHAR, share DOUBLE)[]");

        final String words;
        final String sql;

        Type(String words, String sql) {
            this.words = words;
            this.sql = sql;
        }
    }

    /** Writes one value. */
    interface Cell<T> {
        void write(T row, JsonGenerator json) throws IOException;
    }

    static <T> Column<T> text(String name, Function<T, String> value) {
        return new Column<>(name, Type.TEXT, (row, json) -> json.writeString(value.apply(row)));
    }

    static <T> Column<T> optionalText(String name, Function<T, Optional<String>> value) {
        return new Column<>(name, Type.TEXT, (row, json) -> text(value.apply(row), json));
    }

    static <T> Column<T> id(String name, EffectNames names, Function<T, EffectId> value) {
        return text(name, row -> names.of(value.apply(row)));
    }

    static <T> Column<T> optionalId(String name, EffectNames names, Function<T, Optional<EffectId>> value) {
        return optionalText(name, row -> value.apply(row).map(names::of));
    }

    static <T> Column<T> texts(String name, Function<T, List<String>> value) {
        return new Column<>(name, Type.TEXTS, (row, json) -> {
            json.writeStartArray();
            for (String text : value.apply(row)) {
                json.writeString(text);
            }
            json.writeEndArray();
        });
    }

    static <T> Column<T> ids(String name, EffectNames names, Function<T, List<EffectId>> value) {
        return new Column<>(name, Type.TEXTS, (row, json) -> {
            json.writeStartArray();
            for (EffectId id : value.apply(row)) {
                json.writeString(names.of(id));
            }
            json.writeEndArray();
        });
    }

    static <T> Column<T> whole(String name, ToLongFunction<T> value) {
        return new Column<>(name, Type.WHOLE, (row, json) -> json.writeNumber(value.applyAsLong(row)));
    }

    static <T> Column<T> optionalWhole(String name, Function<T, OptionalLong> value) {
        return new Column<>(name, Type.WHOLE, (row, json) -> whole(value.apply(row), json));
    }

    static <T> Column<T> wholes(String name, Function<T, long[]> value) {
        return new Column<>(name, Type.WHOLES, (row, json) -> {
            long[] all = value.apply(row);
            json.writeArray(all, 0, all.length);
        });
    }

    static <T> Column<T> number(String name, ToDoubleFunction<T> value) {
        return new Column<>(name, Type.NUMBER, (row, json) -> number(value.applyAsDouble(row), json));
    }

    static <T> Column<T> optionalNumber(String name, Function<T, OptionalDouble> value) {
        return new Column<>(name, Type.NUMBER, (row, json) -> {
            OptionalDouble number = value.apply(row);
            if (number.isPresent()) {
                number(number.getAsDouble(), json);
            } else {
                json.writeNull();
            }
        });
    }

    static <T> Column<T> flag(String name, Function<T, Boolean> value) {
        return new Column<>(name, Type.FLAG, (row, json) -> json.writeBoolean(value.apply(row)));
    }

    static <T> Column<T> optionalFlag(String name, Function<T, Optional<Boolean>> value) {
        return new Column<>(name, Type.FLAG, (row, json) -> {
            Optional<Boolean> flag = value.apply(row);
            if (flag.isPresent()) {
                json.writeBoolean(flag.get());
            } else {
                json.writeNull();
            }
        });
    }

    static <T> Column<T> time(String name, ToLongFunction<T> millis) {
        return new Column<>(name, Type.TIME, (row, json) -> json.writeString(Units.iso(millis.applyAsLong(row))));
    }

    static <T> Column<T> optionalTime(String name, Function<T, OptionalLong> millis) {
        return new Column<>(name, Type.TIME, (row, json) -> {
            OptionalLong at = millis.apply(row);
            LongFunction<String> iso = Units::iso;
            text(at.isPresent() ? Optional.of(iso.apply(at.getAsLong())) : Optional.empty(), json);
        });
    }

    /** Money takes two fields: whole minor units, and the currency. */
    static <T> List<Column<T>> money(String name, Function<T, Optional<Money>> value) {
        return List.of(
                optionalWhole(
                        name + "_minor",
                        row -> value.apply(row)
                                .map(money -> OptionalLong.of(money.minor()))
                                .orElse(OptionalLong.empty())),
                optionalText(
                        name + "_currency",
                        row -> value.apply(row).map(money -> money.currency().getCurrencyCode())));
    }

    /** Whole numbers without a fraction or exponent: they are counts and milliseconds, and people read them. */
    private static void number(double value, JsonGenerator json) throws IOException {
        if (value == Math.rint(value) && Math.abs(value) < 0x1p53) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }

    private static void text(Optional<String> value, JsonGenerator json) throws IOException {
        if (value.isPresent()) {
            json.writeString(value.get());
        } else {
            json.writeNull();
        }
    }

    private static void whole(OptionalLong value, JsonGenerator json) throws IOException {
        if (value.isPresent()) {
            json.writeNumber(value.getAsLong());
        } else {
            json.writeNull();
        }
    }
}
