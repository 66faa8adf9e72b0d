package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.look.WhyText;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.reason.Change;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.reason.Outside;
import dev.forestall.loop.reason.Reason;
import dev.forestall.loop.reason.Wording;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.pack.Languages;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.run.DataFolder;
import dev.forestall.run.ExternalModels;
import dev.forestall.views.Units;
import dev.forestall.views.look.Why;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forestall why CUSTOMER}: how likely a failure is, why, and what would have to be different. */
@Command(
        name = "why",
        description = {
            "Show how likely a failure is for one customer, and why: exact contributions of what is known of them.",
            "Worked out from the log, so as of any instant: only what had arrived by then counts."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The customer was found, and each prediction is explained.",
            "2:The instant cannot be read, or no model answers the prediction.",
            "3:The data directory cannot be used.",
            "4:Nobody is known under this key, or not yet at that instant; or several customers are."
        })
final class WhyCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "ID", description = "The key of the customer, or any identifier by which they are known.")
    private String key = "";

    @Option(
            names = "--prediction",
            paramLabel = "NAME",
            description = "Only this one (default: all that have a model).")
    private @Nullable String only;

    @Option(
            names = "--as-of",
            paramLabel = "T",
            description = "The instant, such as 2012-01-31 or 2012-01-31T18:00+01:00 (default: the end of the log).")
    private @Nullable String asOf;

    @Option(
            names = "--language",
            paramLabel = "TAG",
            description = "The language of the words, such as de, en, fr or nl (default: that of the pack).")
    private @Nullable String language;

    @Mixin
    private Data data = new Data();

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    WhyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, PackException {
        DataFolder folder = data.folder();
        Pack pack = folder.pack();
        Languages languages = pack.languages();
        String tag = language == null ? languages.standard() : language;
        if (!languages.has(tag)) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE,
                    "--language is '" + tag + "'; expected one of "
                            + String.join(", ", languages.books().keySet())
                            + ". A pack adds others under reasons: languages");
        }
        List<String> predictions = answered(pack);
        try (EmbeddedHost host = folder.open(pack);
                ExternalModels external = ExternalModels.of(pack.definition(), folder.models())) {
            List<Why> all = whys(pack, host, predictions, external);
            Wording wording = languages.wording(
                    pack.definition().features(), pack.definition().currency(), tag);
            List<String> notAsked = predictions.stream()
                    .filter(name -> all.stream()
                            .noneMatch(why -> why.explanation().prediction().equals(name)))
                    .toList();
            if (json.isAsked()) {
                Json.print(console, to -> write(to, all, notAsked, wording));
            } else {
                all.forEach(new WhyText(console.page(), wording, pack.words())::print);
                notAsked.forEach(name -> console.page()
                        .line(pack.words().getOrDefault("risk." + name, name)
                                + wording.book()
                                        .say(
                                                ": not scored for the customer at that time (see 'population' of the prediction);"
                                                        + " try another instant with --as-of")));
            }
        }
        return Exit.OK.code();
    }

    private List<String> answered(Pack pack) {
        List<String> answered = pack.definition().risks().all().stream()
                .map(Prediction::name)
                .filter(name -> pack.definition().risks().isAnswered(name))
                .filter(name -> only == null || name.equals(only))
                .toList();
        if (answered.isEmpty()) {
            throw CliError.NO_MODEL.because(
                    Exit.USAGE,
                    (only == null ? "no prediction of the pack has a model" : "prediction '" + only + "' has no model")
                            + ". Learn one: forestall learn LOG --pack PACK");
        }
        return answered;
    }

    private List<Why> whys(Pack pack, EmbeddedHost host, List<String> predictions, ExternalModels external) {
        History history = host.host().history();
        long at = asOf == null ? host.host().progress().latestMillis() : Moments.millis("--as-of", asOf);
        SubjectId subject = Named.one(
                key,
                asOf == null ? history.called(key) : history.called(key, at),
                data.folder().path());
        History.Standing past = asOf == null ? history.now(subject) : history.asOf(subject, at);
        if (past.inputs().isEmpty()) {
            throw CliError.NO_SUCH_SUBJECT.because(
                    Exit.NOT_FOUND,
                    "there is no customer '" + key + "' in " + data.folder().path() + " by " + Units.minute(at)
                            + " UTC");
        }
        List<Logged.Arrived> events = past.inputs().stream()
                .map(History.Read::logged)
                .filter(Logged.Arrived.class::isInstance)
                .map(Logged.Arrived.class::cast)
                .toList();
        List<Why> all = new ArrayList<>();
        for (String prediction : predictions) {
            Why.of(pack.definition(), past.subject(), past.state(), events, at, prediction, external.answers())
                    .ifPresent(all::add);
        }
        return all;
    }

    private static void write(JsonGenerator to, List<Why> all, List<String> notAsked, Wording wording)
            throws IOException {
        to.writeStartObject();
        to.writeStringField("language", wording.book().language());
        to.writeArrayFieldStart("predictions");
        for (Why why : all) {
            Explanation explanation = why.explanation();
            to.writeStartObject();
            to.writeStringField("customer", why.subject().key());
            to.writeStringField("as_of", Units.iso(why.atMillis()));
            to.writeStringField("prediction", explanation.prediction());
            to.writeStringField("model", explanation.model());
            to.writeNumberField("probability", explanation.probability().value());
            to.writeNumberField("expected", explanation.usual().value());
            to.writeArrayFieldStart("reasons");
            for (int i = 0; i < explanation.reasons().size(); i++) {
                write(to, explanation.reasons().get(i), why.evidence().get(i), wording);
            }
            to.writeEndArray();
            to.writeNumberField("rest_log_odds", explanation.restLogOdds());
            to.writeArrayFieldStart("outside");
            for (Outside each : explanation.outside()) {
                to.writeStartObject();
                to.writeStringField("signal", each.signal());
                number(to, "share", each.share());
                to.writeEndObject();
            }
            to.writeEndArray();
            to.writeArrayFieldStart("changes");
            for (Change each : why.changes()) {
                to.writeStartObject();
                to.writeStringField("words", wording.of(each));
                to.writeStringField("feature", each.feature());
                to.writeNumberField("probability", each.probability().value());
                to.writeEndObject();
            }
            to.writeEndArray();
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeArrayFieldStart("not_asked");
        for (String each : notAsked) {
            to.writeString(each);
        }
        to.writeEndArray();
        to.writeEndObject();
    }

    private static void write(JsonGenerator to, Reason reason, List<Logged.Arrived> evidence, Wording wording)
            throws IOException {
        to.writeStartObject();
        to.writeStringField("about", reason.group());
        to.writeStringField("words", wording.of(reason));
        to.writeStringField("feature", reason.feature());
        number(to, "value", reason.value());
        number(to, "expected_low", reason.usualLow());
        number(to, "expected_high", reason.usualHigh());
        to.writeNumberField("log_odds", reason.logOdds());
        to.writeArrayFieldStart("events");
        for (Logged.Arrived each : evidence) {
            to.writeStartObject();
            to.writeStringField("event", each.event().type().name());
            to.writeStringField("at", Units.iso(each.event().atMillis()));
            to.writeStringField("source", each.origin().source());
            to.writeNumberField("line", each.origin().line());
            to.writeEndObject();
        }
        to.writeEndArray();
        to.writeEndObject();
    }

    /** What is absent is null: JSON has no NaN. */
    private static void number(JsonGenerator to, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            to.writeNumberField(name, value);
        } else {
            to.writeNullField(name);
        }
    }
}
