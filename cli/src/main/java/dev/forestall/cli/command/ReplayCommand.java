package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.out.OutputFiles;
import dev.forestall.cli.text.Progress;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.pack.Packs;
import dev.forestall.run.DataFolder;
import dev.forestall.run.Replay;
import dev.forestall.views.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forestall replay LOG --pack PACK}: lets a log happen again, and reports. */
@Command(
        name = "replay",
        description = {
            "Let the events of a log happen again through the loop of a pack, and report what it would have seen and done.",
            "Nothing is sent to anybody. An earlier run in the data directory is replaced, unless --resume is given."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The log was replayed; what could not be used is in the report.",
            "2:The command line, the log or the pack is wrong.",
            "3:The data directory cannot be used.",
            "74:A file could not be written."
        })
final class ReplayCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "LOG", description = "The file: CSV, JSON Lines or XES, each perhaps with gzip.")
    private Path log = Path.of("");

    @Option(
            names = "--pack",
            paramLabel = "PACK",
            required = true,
            description = "The folder of the pack, or a single file.")
    private Path pack = Path.of("");

    @Option(
            names = "--mapping",
            paramLabel = "NAME",
            description = "By which file mapping of the pack to read (default: the one meant for such a file).")
    private @Nullable String mapping;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Also write signals, alerts, decisions, outcomes and transitions there, as JSON Lines and Parquet.")
    private @Nullable Path out;

    @Option(
            names = "--as-of",
            paramLabel = "T",
            description =
                    "Stop at an instant, such as 2012-01-31 or 2012-01-31T18:00+01:00 (default: the end of the log).")
    private @Nullable String asOf;

    @Option(names = "--resume", description = "Go on with what is in the data directory, for instance after a crash.")
    private boolean resume;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many threads share the customers (default: ${DEFAULT-VALUE}). The results are the same.")
    private int partitions = 1;

    @Mixin
    private Data data = new Data();

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    ReplayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, PackException {
        Report report = replay(console, compiled(pack), request(), data, Optional.ofNullable(out), json.isAsked());
        boolean isOfNoUse = report.facts().events() == 0 && report.facts().rejected() > 0;
        return (isOfNoUse ? Exit.USAGE : Exit.OK).code();
    }

    private Replay.Request request() {
        OptionalLong until = asOf == null ? OptionalLong.empty() : OptionalLong.of(Moments.millis("--as-of", asOf));
        if (partitions < 1 || partitions > 64) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE,
                    "--partitions is " + partitions + "; expected 1 to 64, such as the number of processors");
        }
        return new Replay.Request(log, pack, Optional.ofNullable(mapping), partitions, resume, until);
    }

    /** Compiles a pack that must be there. */
    static Pack compiled(Path path) throws PackException {
        requirePack(path);
        return Packs.compile(path);
    }

    static void requirePack(Path path) {
        if (!Files.exists(path)) {
            throw CliError.NO_PACK.because(
                    Exit.USAGE, "there is no " + path + ". A pack is a folder with a pack.yaml, such as packs/lending");
        }
    }

    /** What stands in the data directory is thrown away by the next run, and what is thrown away is looked at by name. */
    private static void requireApart(Path out, Path data) {
        Path files = out.toAbsolutePath().normalize();
        Path kept = data.toAbsolutePath().normalize();
        if (files.startsWith(kept)) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE,
                    "--out: " + out + " lies in the data directory " + data + ". Name a directory beside it");
        }
    }

    /** Replays and reports. Returns the report. */
    static Report replay(
            Console console, Pack pack, Replay.Request request, Data data, Optional<Path> out, boolean asJson)
            throws IOException {
        DataFolder folder = data.folder();
        if (out.isPresent()) {
            requireApart(out.get(), folder.path());
            OutputFiles.requireFree(out.get());
        }
        Reporting reporting = new Reporting(console, data.option());
        Report report;
        List<String> remarks;
        try (Progress progress = console.progress();
                Replay replay = Replay.open(folder, pack, request)) {
            replay.read(progress);
            report = reporting.of(replay.host(), folder, replay.source(), replay.fresh(), out, progress);
            remarks = replay.remarks();
        }
        reporting.print(report, asJson);
        reporting.warn(report, remarks);
        return report;
    }
}
