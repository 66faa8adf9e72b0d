package dev.forestall.cli.command;

import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.Version;
import dev.forestall.cli.report.Report;
import dev.forestall.cli.run.DataFolder;
import dev.forestall.cli.run.ExternalModels;
import dev.forestall.cli.text.Progress;
import dev.forestall.cli.text.Units;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.HostOptions;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.pack.model.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code forestall backfill --pack PACK}: applies a changed pack to what is there. */
@Command(
        name = "backfill",
        description = {
            "Apply a changed pack to the customers in the data directory, as if it had always been in force, and report.",
            "The log is worked in anew beside the old states; they are replaced at once at the end, or not at all."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The pack is in force.",
            "2:The pack is wrong.",
            "3:The data directory cannot be used.",
            "74:A file could not be written."
        })
final class BackfillCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--pack",
            paramLabel = "PACK",
            required = true,
            description = "The folder of the changed pack, or a single file.")
    private Path path = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", description = "Also write what came of it there, as `replay` does.")
    private @Nullable Path out;

    @Mixin
    private Data data = new Data();

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    BackfillCommand(Console console) {
        this.console = console;
    }

    private static void tell(Progress progress, long position, long end) {
        progress.at(
                "Applying the pack to the log",
                (double) position / end,
                millis -> Units.count(position, "record") + "  " + Units.rate(position, millis, "records"));
    }

    @Override
    public Integer call() throws IOException, PackException {
        Pack pack = ReplayCommand.compiled(path);
        DataFolder folder = data.folder();
        folder.requireRun();
        Reporting reporting = new Reporting(console, data.option());
        Report report;
        try (Progress progress = console.progress()) {
            try (ExternalModels external = ExternalModels.of(pack.definition(), Models.of(path))) {
                EmbeddedHost.backfill(
                        folder.path(),
                        Version.TEXT,
                        pack.definition(),
                        HostOptions.defaults().withExternal(external.byName()),
                        (position, end) -> tell(progress, position, end));
            }
            folder.changePack(path);
            try (EmbeddedHost host = folder.open(pack)) {
                report = reporting.of(host.host(), folder, folder.sources(), 0, Optional.ofNullable(out), progress);
            }
        }
        reporting.print(report, json.isAsked());
        return Exit.OK.code();
    }
}
