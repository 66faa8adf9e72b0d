package dev.forestall.channels;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.loop.action.Parameter;
import dev.forestall.loop.action.Parameter.Value;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What an action is filled with, as those outside read it. */
public final class ParameterJson {

    private ParameterJson() {}

    /** Writes one object: names and values. Money is in minor units beside its currency, a time in ISO 8601, a duration in milliseconds. */
    public static void write(List<Parameter> parameters, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Parameter each : parameters) {
            json.writeFieldName(each.name());
            switch (each.value()) {
                case Value.Text text -> json.writeString(text.text());
                case Value.Number number -> number(number.number(), json);
                case Value.Truth truth -> json.writeBoolean(truth.isTrue());
                case Value.Amount amount -> {
                    json.writeStartObject();
                    json.writeNumberField("minor", amount.money().minor());
                    json.writeStringField("currency", amount.money().currency().getCurrencyCode());
                    json.writeEndObject();
                }
                case Value.Time time ->
                    json.writeString(Instant.ofEpochMilli(time.atMillis())
                            .truncatedTo(ChronoUnit.MILLIS)
                            .toString());
                case Value.Length length -> json.writeNumber(length.millis());
            }
        }
        json.writeEndObject();
    }

    private static void number(double number, JsonGenerator json) throws IOException {
        if (number == Math.rint(number) && Math.abs(number) < 0x1p53) {
            json.writeNumber((long) number);
        } else {
            json.writeNumber(number);
        }
    }
}
