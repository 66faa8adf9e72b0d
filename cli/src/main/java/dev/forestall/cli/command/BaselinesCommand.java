package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.cli.text.Progress;
import dev.forestall.cli.text.Table;
import dev.forestall.pack.Baselines;
import dev.forestall.pack.BaselinesFile;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.pack.Packs;
import dev.forestall.run.Content;
import dev.forestall.run.Learning;
import dev.forestall.run.Version;
import dev.forestall.views.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forestall baselines LOG --pack PACK}: learns from history what is usual. */
@Command(
        name = "baselines",
        description = {
            "Learn from a log what is usual: how long things take, and which share of a group something happens to.",
            "What a pack declares as learned(..) or expected(..) uses it. It becomes part of the definition."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The baselines were learned and written.",
            "2:The command line, the log or the pack is wrong.",
            "74:The file could not be written."
        })
final class BaselinesCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "LOG", description = "The file: CSV, JSON Lines or XES, each perhaps with gzip.")
    private Path log = Path.of("");

    @Option(
            names = "--pack",
            paramLabel = "PACK",
            required = true,
            description = "The folder of the pack, or a single file.")
    private Path path = Path.of("");

    @Option(
            names = "--mapping",
            paramLabel = "NAME",
            description = "By which file mapping of the pack to read (default: the one meant for such a file).")
    private @Nullable String mapping;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write (default: baselines.json in the folder of the pack, where it is found).")
    private @Nullable Path out;

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    BaselinesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, PackException {
        ReplayCommand.requirePack(path);
        Pack pack = Packs.compileForLearning(path);
        Learning learning;
        try (Progress progress = console.progress()) {
            learning = Learning.from(log, Optional.ofNullable(mapping), pack, progress);
        }
        requireEvents(learning);
        Baselines learned = learning.learned(new Baselines.Provenance(
                Content.sha256(log),
                pack.hashWithoutBaselines(),
                learning.run().events(),
                Instant.ofEpochMilli(learning.run().firstAtMillis()),
                Instant.ofEpochMilli(learning.run().lastAtMillis()),
                Version.TEXT));
        Path file = out != null ? out : usualPlace();
        Files.writeString(file, BaselinesFile.write(learned));
        List<String> missing = Stream.concat(pack.learnedTimes().stream(), pack.learnedShares().stream())
                .filter(name ->
                        !learned.times().containsKey(name) && !learned.shares().containsKey(name))
                .toList();
        if (json.isAsked()) {
            Json.print(console, to -> write(to, learned, learning, file, missing));
        } else {
            print(learned, learning, file, missing);
        }
        return Exit.OK.code();
    }

    private void requireEvents(Learning learning) {
        if (learning.run().events() == 0) {
            throw CliError.NOTHING_TO_LEARN.because(
                    Exit.USAGE,
                    "there is no event in " + log + " to learn from: "
                            + (learning.run().rejected() == 0
                                    ? "it holds no record"
                                    : "none of its "
                                            + Units.count(learning.run().rejected(), "record") + " could be used")
                            + ". Is it the log that was meant? What is wrong with each record is listed by: forestall replay "
                            + log + " --pack " + path);
        }
    }

    private Path usualPlace() {
        return Files.isDirectory(path) ? path.resolve("baselines.json") : path.resolveSibling("baselines.json");
    }

    private void print(Baselines learned, Learning learning, Path file, List<String> missing) {
        Page page = console.page();
        page.line("Learned from " + Units.count(learning.run().events(), "event") + ", "
                + Units.minute(learning.run().firstAtMillis()) + " to "
                + Units.minute(learning.run().lastAtMillis()) + " UTC; "
                + Units.count(learning.run().rejected(), "record") + " could not be used.");
        Table times = new Table(2)
                .words("how long it takes")
                .figures("observed")
                .figures("p50")
                .figures("p75")
                .figures("p90")
                .figures("p95")
                .figures("p99");
        learned.times()
                .forEach((name, each) -> times.row(
                        name,
                        Units.count(each.n()),
                        Units.duration(each.p50()),
                        Units.duration(each.p75()),
                        Units.duration(each.p90()),
                        Units.duration(each.p95()),
                        Units.duration(each.p99())));
        Table shares = new Table(2).words("which share").figures("of").figures("usual");
        learned.shares()
                .forEach((name, each) -> shares.row(name, Units.count(each.tried()), Units.percent(each.value())));
        for (Table table : List.of(times, shares)) {
            if (!table.isEmpty()) {
                page.blank().table(table);
            }
        }
        page.blank();
        if (learned.times().isEmpty() && learned.shares().isEmpty() && missing.isEmpty()) {
            page.line("The pack has nothing to learn: no signal says learned(..) or expected(..).");
        }
        if (!missing.isEmpty()) {
            page.line(
                    Paint.WARN,
                    "Nothing was observed for " + String.join(", ", missing)
                            + ": these signals cannot be used until it is.");
        }
        page.line("Written to " + file + ".");
    }

    private static void write(JsonGenerator json, Baselines learned, Learning learning, Path file, List<String> missing)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("file", file.toString());
        json.writeNumberField("events", learning.run().events());
        json.writeNumberField("rejected", learning.run().rejected());
        json.writeObjectFieldStart("times");
        for (var each : learned.times().entrySet()) {
            Baselines.Times times = each.getValue();
            json.writeObjectFieldStart(each.getKey());
            json.writeNumberField("observed", times.n());
            json.writeNumberField("p50_ms", times.p50());
            json.writeNumberField("p75_ms", times.p75());
            json.writeNumberField("p90_ms", times.p90());
            json.writeNumberField("p95_ms", times.p95());
            json.writeNumberField("p99_ms", times.p99());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeObjectFieldStart("shares");
        for (var each : learned.shares().entrySet()) {
            json.writeObjectFieldStart(each.getKey());
            json.writeNumberField("tried", each.getValue().tried());
            json.writeNumberField("hit", each.getValue().hit());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeArrayFieldStart("not_observed");
        for (String name : missing) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
