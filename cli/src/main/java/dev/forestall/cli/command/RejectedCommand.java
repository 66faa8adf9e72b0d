package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.cli.text.Table;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.run.DataFolder;
import dev.forestall.run.RejectedFiles;
import dev.forestall.run.RejectedReplay;
import dev.forestall.views.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code forestall rejected list} and {@code replay}: what could not be used. */
@Command(
        name = "rejected",
        description = "Records that could not be used: list them, or read them again after a repair.",
        synopsisSubcommandLabel = "(list | replay)",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Listed; or all of it could be used.",
            "1:Some records still cannot be used.",
            "2:The file is none of rejected records.",
            "3:The data directory cannot be used."
        })
final class RejectedCommand implements Runnable {

    private final Console console;

    @Mixin
    private Common common = new Common();

    @Spec
    private @Nullable CommandSpec spec;

    RejectedCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "list or replay?");
        }
    }

    @Command(name = "list", description = "List what could not be used, by kind, with the first records of each.")
    int list(@Mixin Data data, @Mixin Json json, @Mixin Common common) throws IOException {
        DataFolder folder = data.folder();
        folder.requireRun();
        List<RejectedFiles.Kind> kinds = RejectedFiles.kinds(folder);
        if (json.isAsked()) {
            Json.print(console, out -> write(out, kinds));
        } else {
            print(kinds, folder, data);
        }
        return Exit.OK.code();
    }

    private void print(List<RejectedFiles.Kind> kinds, DataFolder folder, Data data) {
        Page page = console.page();
        if (kinds.isEmpty()) {
            page.line("Nothing is rejected in " + folder.path() + ".");
            return;
        }
        for (RejectedFiles.Kind kind : kinds) {
            page.line(page.paint(Paint.WARN, kind.code()) + "  " + Units.count(kind.count(), "record") + ": "
                    + kind.title());
            Table examples = new Table(2).words("").words("").words("");
            kind.examples()
                    .forEach(each -> examples.row(each.source() + ":" + each.line(), each.field(), each.detail()));
            page.table(examples);
        }
        page.blank();
        kinds.stream()
                .map(RejectedFiles.Kind::file)
                .distinct()
                .forEach(file -> page.line("In " + file + ": edit the field \"raw\" of a record to repair it."));
        page.line("Then: ./forestall rejected replay" + (data.option().isEmpty() ? "" : " " + data.option()));
    }

    private static void write(JsonGenerator json, List<RejectedFiles.Kind> kinds) throws IOException {
        json.writeStartObject();
        json.writeNumberField(
                "rejected", kinds.stream().mapToLong(RejectedFiles.Kind::count).sum());
        json.writeArrayFieldStart("kinds");
        for (RejectedFiles.Kind kind : kinds) {
            json.writeStartObject();
            json.writeStringField("file", kind.file().toString());
            json.writeStringField("code", kind.code());
            json.writeStringField("title", kind.title());
            json.writeNumberField("count", kind.count());
            json.writeArrayFieldStart("examples");
            for (RejectedFiles.Entry entry : kind.examples()) {
                json.writeStartObject();
                json.writeStringField("source", entry.source());
                json.writeNumberField("line", entry.line());
                json.writeStringField("field", entry.field());
                json.writeStringField("detail", entry.detail());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Command(
            name = "replay",
            description = {
                "Read the records again. Those that can be used now go through the loop, as events that arrive late;",
                "the others stay in the file."
            })
    int replay(
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..1",
                            description = "One file of such records (default: all of the data directory).")
                    @Nullable
                    Path file,
            @Mixin Data data,
            @Mixin Json json,
            @Mixin Common common)
            throws IOException, PackException {
        DataFolder folder = data.folder();
        Pack pack = folder.pack();
        if (file != null && !Files.exists(file)) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, "there is no file " + file + "; `rejected list` names those there are");
        }
        List<RejectedReplay.Result> results = new ArrayList<>();
        try (EmbeddedHost host = folder.open(pack)) {
            RejectedReplay replay = new RejectedReplay(folder, pack, host.host());
            for (Path each : file == null ? RejectedFiles.files(folder) : List.of(file)) {
                results.add(replay.replay(each));
            }
        }
        if (json.isAsked()) {
            Json.print(console, out -> writeResults(out, results));
        } else {
            print(results, data);
        }
        boolean isClean = results.stream().allMatch(each -> each.left() == 0);
        return (isClean ? Exit.OK : Exit.PROBLEMS).code();
    }

    private void print(List<RejectedReplay.Result> results, Data data) {
        Page page = console.page();
        if (results.isEmpty()) {
            page.line("Nothing is rejected.");
        }
        for (RejectedReplay.Result each : results) {
            page.line(each.file() + ": " + Units.count(each.used(), "record") + " went through the loop, "
                    + Units.count(each.left()) + " still cannot be used"
                    + (each.left() > 0
                            ? ": ./forestall rejected list" + (data.option().isEmpty() ? "" : " " + data.option())
                            : ""));
        }
    }

    private static void writeResults(JsonGenerator json, List<RejectedReplay.Result> results) throws IOException {
        json.writeStartObject();
        json.writeNumberField(
                "used", results.stream().mapToLong(RejectedReplay.Result::used).sum());
        json.writeNumberField(
                "rejected",
                results.stream().mapToLong(RejectedReplay.Result::left).sum());
        json.writeArrayFieldStart("files");
        for (RejectedReplay.Result each : results) {
            json.writeStartObject();
            json.writeStringField("file", each.file().toString());
            json.writeNumberField("used", each.used());
            json.writeNumberField("rejected", each.left());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
