package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.cli.text.Table;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackCost;
import dev.forestall.pack.Packs;
import dev.forestall.pack.problem.Problem;
import dev.forestall.views.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code forestall check PACK}: all problems of a pack at once, or what it costs to run. */
@Command(
        name = "check",
        description = "Find all problems of a pack at once; without any, tell what it costs to run.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The pack is fine, perhaps with warnings.",
            "1:The pack has errors.",
            "2:There is no such pack."
        })
final class CheckCommand implements Callable<Integer> {

    private static final int DEAREST = 8;

    private final Console console;

    @Parameters(paramLabel = "PACK", description = "The folder of the pack, or a single file.")
    private Path path = Path.of("");

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(path)) {
            throw CliError.NO_PACK.because(
                    Exit.USAGE, "there is no " + path + ". A pack is a folder with a pack.yaml, such as packs/lending");
        }
        Packs.Checked checked = Packs.check(path);
        if (json.isAsked()) {
            Json.print(console, out -> write(out, checked));
        } else {
            print(checked);
        }
        return (checked.pack().isPresent() ? Exit.OK : Exit.PROBLEMS).code();
    }

    private void print(Packs.Checked checked) {
        Page page = console.page();
        for (Problem each : checked.problems()) {
            page.line(each.isError() ? Paint.BAD : Paint.WARN, each.toString());
        }
        if (checked.pack().isEmpty()) {
            long errors = checked.problems().stream().filter(Problem::isError).count();
            page.line(Units.count(errors, "error") + ", "
                    + Units.count(checked.problems().size() - errors, "warning"));
            return;
        }
        Pack pack = checked.pack().get();
        page.line(page.paint(Paint.GOOD, "Pack " + pack.definition().name() + " is fine") + ": definition "
                + pack.definition().hash() + ", "
                + Units.count(checked.problems().size(), "warning"));
        print(page, pack);
    }

    private static void print(Page page, Pack pack) {
        var definition = pack.definition();
        PackCost cost = pack.cost();
        page.line("  "
                        + String.join(
                                ", ",
                                List.of(
                                        Units.count(definition.plan().types().size(), "event type"),
                                        Units.count(definition.journeys().all().size(), "journey"),
                                        Units.count(definition.signals().all().size(), "signal"),
                                        Units.count(definition.alerts().all().size(), "alert"),
                                        Units.count(definition.actions().all().size(), "policy"),
                                        Units.count(definition.outcomes().all().size(), "outcome"))))
                .blank();
        page.line("What it costs at worst:");
        Table bounds = new Table(2).figures("").words("");
        bounds.row(Units.count(cost.customer()), "bytes of state per customer, with one run of each journey")
                .row(Units.count(cost.wakeUpsPerEvent()), "wake-ups that one event can ask for")
                .row(
                        Units.count(cost.workPerEvent()),
                        "values looked at for the heaviest event, " + cost.heaviestEvent());
        page.table(bounds).blank();
        Table parts = new Table(2)
                .words("dearest parts")
                .words("borne by")
                .figures("bytes")
                .figures("wake-ups")
                .figures("work");
        cost.parts().stream()
                .limit(DEAREST)
                .forEach(part -> parts.row(
                        part.name(),
                        part.subject(),
                        Units.count(part.bytes()),
                        Units.count(part.wakeUps()),
                        Units.count(part.work())));
        page.table(parts);
    }

    private void write(JsonGenerator out, Packs.Checked checked) throws IOException {
        out.writeStartObject();
        out.writeBooleanField("ok", checked.pack().isPresent());
        out.writeArrayFieldStart("problems");
        for (Problem each : checked.problems()) {
            out.writeStartObject();
            out.writeStringField("code", each.code().code());
            out.writeStringField("severity", each.severity().name().toLowerCase(Locale.ROOT));
            out.writeStringField("file", each.place().file());
            out.writeNumberField("line", each.place().line());
            out.writeNumberField("column", each.place().column());
            out.writeStringField("path", each.path());
            out.writeStringField("found", each.found());
            out.writeStringField("expected", each.expected());
            out.writeStringField("nearest", each.nearest());
            out.writeEndObject();
        }
        out.writeEndArray();
        if (checked.pack().isPresent()) {
            write(out, checked.pack().get());
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Pack pack) throws IOException {
        PackCost cost = pack.cost();
        out.writeStringField("pack", pack.definition().name());
        out.writeStringField("definition", pack.definition().hash());
        out.writeObjectFieldStart("cost");
        out.writeNumberField("bytes_per_customer", cost.customer());
        out.writeNumberField("wake_ups_per_event", cost.wakeUpsPerEvent());
        out.writeNumberField("work_per_event", cost.workPerEvent());
        out.writeStringField("heaviest_event", cost.heaviestEvent());
        out.writeArrayFieldStart("parts");
        for (PackCost.Part part : cost.parts()) {
            out.writeStartObject();
            out.writeStringField("name", part.name());
            out.writeStringField("subject_kind", part.subject());
            out.writeNumberField("bytes", part.bytes());
            out.writeNumberField("wake_ups", part.wakeUps());
            out.writeNumberField("work", part.work());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
