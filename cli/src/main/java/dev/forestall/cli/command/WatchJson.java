package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.command.Watched.Rival;
import dev.forestall.cli.text.Units;
import dev.forestall.learning.drift.CalibrationDrift;
import dev.forestall.learning.drift.InputDrift;
import dev.forestall.learning.judge.Estimate;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What was found about champions, for programs. */
final class WatchJson {

    private WatchJson() {}

    static void write(JsonGenerator to, List<Watched> all) throws IOException {
        to.writeStartObject();
        to.writeArrayFieldStart("predictions");
        for (Watched each : all) {
            write(to, each);
        }
        to.writeEndArray();
        to.writeEndObject();
    }

    private static void write(JsonGenerator to, Watched watched) throws IOException {
        to.writeStartObject();
        to.writeStringField("prediction", watched.champion().prediction());
        to.writeStringField("model", watched.champion().model());
        to.writeBooleanField("drifted", !watched.alarms().isEmpty());
        to.writeBooleanField("due", watched.isDue());
        to.writeArrayFieldStart("alarms");
        for (String each : watched.alarms()) {
            to.writeString(each);
        }
        to.writeEndArray();
        to.writeNumberField("moments", watched.moments());
        to.writeNumberField("customers", watched.customers());
        to.writeNumberField("outcomes", watched.outcomes());
        if (!watched.now().isEmpty()) {
            estimate(to, "auc", watched.now().getFirst().auc());
            estimate(to, "log_loss", watched.now().getFirst().logLoss());
        }
        to.writeNumberField("false_alarm", InputDrift.FALSE_ALARM);
        to.writeArrayFieldStart("inputs");
        for (InputDrift.Moved each : watched.inputs()) {
            to.writeStartObject();
            to.writeStringField("feature", each.key());
            to.writeStringField("words", each.words());
            to.writeNumberField("index", each.index());
            to.writeNumberField("p", each.p());
            to.writeStringField("from", Units.iso(each.fromMillis()));
            to.writeNumberField("customers", each.customers());
            to.writeBooleanField("moved", each.isAlarm());
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeObjectFieldStart("probabilities");
        to.writeNumberField("moments", watched.bets().moments());
        if (watched.bets().moments() > 0) {
            to.writeNumberField("said", watched.bets().said());
            to.writeNumberField("seen", watched.bets().seen());
        }
        to.writeNumberField("evidence", watched.bets().evidence());
        to.writeNumberField("false_alarm", CalibrationDrift.FALSE_ALARM);
        to.writeBooleanField("wrong", watched.bets().isAlarm());
        if (watched.bets().isAlarm()) {
            to.writeStringField("how", watched.bets().how().words());
            to.writeStringField("since", Units.iso(watched.bets().sinceMillis()));
        }
        to.writeEndObject();
        to.writeArrayFieldStart("waiting");
        for (Rival each : watched.rivals()) {
            to.writeStartObject();
            to.writeStringField("model", each.entry().model());
            to.writeStringField("stage", each.entry().stage().name().toLowerCase(Locale.ROOT));
            to.writeNumberField("auc", each.figures().auc());
            to.writeNumberField("log_loss", each.figures().logLoss());
            estimate(to, "log_loss_more", each.logLossMore());
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeEndObject();
    }

    private static void estimate(JsonGenerator to, String name, Estimate estimate) throws IOException {
        to.writeObjectFieldStart(name);
        to.writeNumberField("value", estimate.value());
        to.writeNumberField("low", estimate.low());
        to.writeNumberField("high", estimate.high());
        to.writeEndObject();
    }
}
