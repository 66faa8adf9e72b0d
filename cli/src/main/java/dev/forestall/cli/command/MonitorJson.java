package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.command.Monitored.Rival;
import dev.forestall.learning.drift.CalibrationDrift;
import dev.forestall.learning.drift.InputDrift;
import dev.forestall.learning.judge.Estimate;
import dev.forestall.views.Units;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What was found about champions, for programs. */
final class MonitorJson {

    private MonitorJson() {}

    static void write(JsonGenerator to, List<Monitored> all) throws IOException {
        to.writeStartObject();
        to.writeArrayFieldStart("predictions");
        for (Monitored each : all) {
            write(to, each);
        }
        to.writeEndArray();
        to.writeEndObject();
    }

    private static void write(JsonGenerator to, Monitored monitored) throws IOException {
        to.writeStartObject();
        to.writeStringField("prediction", monitored.champion().prediction());
        to.writeStringField("model", monitored.champion().model());
        to.writeBooleanField("drifted", !monitored.alarms().isEmpty());
        to.writeBooleanField("due", monitored.isDue());
        to.writeArrayFieldStart("alarms");
        for (String each : monitored.alarms()) {
            to.writeString(each);
        }
        to.writeEndArray();
        to.writeNumberField("moments", monitored.moments());
        to.writeNumberField("customers", monitored.customers());
        to.writeNumberField("outcomes", monitored.outcomes());
        if (!monitored.now().isEmpty()) {
            estimate(to, "auc", monitored.now().getFirst().auc());
            estimate(to, "log_loss", monitored.now().getFirst().logLoss());
        }
        to.writeNumberField("false_alarm", InputDrift.FALSE_ALARM);
        to.writeArrayFieldStart("inputs");
        for (InputDrift.Moved each : monitored.inputs()) {
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
        to.writeNumberField("moments", monitored.bets().moments());
        if (monitored.bets().moments() > 0) {
            to.writeNumberField("said", monitored.bets().said());
            to.writeNumberField("seen", monitored.bets().seen());
        }
        to.writeNumberField("evidence", monitored.bets().evidence());
        to.writeNumberField("false_alarm", CalibrationDrift.FALSE_ALARM);
        to.writeBooleanField("wrong", monitored.bets().isAlarm());
        if (monitored.bets().isAlarm()) {
            to.writeStringField("how", monitored.bets().how().words());
            to.writeStringField("since", Units.iso(monitored.bets().sinceMillis()));
        }
        to.writeEndObject();
        to.writeArrayFieldStart("waiting");
        for (Rival each : monitored.rivals()) {
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
