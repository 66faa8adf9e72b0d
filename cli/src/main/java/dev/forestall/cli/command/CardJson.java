package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.learning.card.ModelCard;
import dev.forestall.learning.judge.Calibration;
import dev.forestall.learning.judge.Estimate;
import java.io.IOException;

/** A model card for programs: the members of an object that is open. */
final class CardJson {

    private CardJson() {}

    static void write(JsonGenerator to, ModelCard card) throws IOException {
        part(to, "training", card.training());
        part(to, "test", card.test());
        to.writeNumberField("left_out", card.leftOut());
        to.writeNumberField("unknown", card.unknown());
        to.writeArrayFieldStart("contenders");
        for (ModelCard.Contender each : card.contenders()) {
            to.writeStartObject();
            to.writeStringField("name", each.name());
            estimate(to, "auc", each.auc());
            estimate(to, "log_loss", each.logLoss());
            estimate(to, "brier", each.brier());
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeArrayFieldStart("calibration");
        for (Calibration.Bin each : card.calibration().bins()) {
            to.writeStartObject();
            to.writeNumberField("said", each.said());
            to.writeNumberField("seen", each.seen());
            to.writeNumberField("moments", each.n());
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeArrayFieldStart("lift");
        for (ModelCard.Lift each : card.lifts()) {
            to.writeStartObject();
            to.writeNumberField("share", each.share());
            to.writeNumberField("times", each.times());
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeArrayFieldStart("strongest");
        for (ModelCard.Strength each : card.strongest()) {
            to.writeStartObject();
            to.writeStringField("about", each.group());
            to.writeNumberField("log_odds", each.logOdds());
            to.writeEndObject();
        }
        to.writeEndArray();
        number(to, "stability", card.stability());
        number(to, "deletion", card.deletion());
        to.writeStringField("chosen", card.chosen());
        to.writeArrayFieldStart("reasons");
        for (String each : card.verdict().reasons()) {
            to.writeString(each);
        }
        to.writeEndArray();
    }

    private static void part(JsonGenerator to, String name, ModelCard.Part part) throws IOException {
        to.writeObjectFieldStart(name);
        to.writeNumberField("moments", part.moments());
        to.writeNumberField("customers", part.subjects());
        to.writeNumberField("outcomes", part.outcomes());
        to.writeNumberField("customers_with_outcome", part.subjectsWithOutcome());
        to.writeEndObject();
    }

    private static void estimate(JsonGenerator to, String name, Estimate estimate) throws IOException {
        number(to, name, estimate.value());
        number(to, name + "_low", estimate.low());
        number(to, name + "_high", estimate.high());
    }

    /** What cannot be said is null: JSON has no NaN. */
    private static void number(JsonGenerator to, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            to.writeNumberField(name, value);
        } else {
            to.writeNullField(name);
        }
    }
}
