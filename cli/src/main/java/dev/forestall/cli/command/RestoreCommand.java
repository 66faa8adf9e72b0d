package dev.forestall.cli.command;

import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.embedded.Progress;
import dev.forestall.pack.PackException;
import dev.forestall.run.DataFolder;
import dev.forestall.views.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forestall restore DIR --keys FILE}: a data directory made of a backup. */
@Command(
        name = "restore",
        description = {
            "Make a data directory of a backup and its keys.",
            "What was said before keeps its ids; what is said from now on gets ids that were never given, whatever became of the lost directory.",
            "Who was erased since the backup is erased again: name the list ERASED of the lost directory, as late as it can be had."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The data directory is restored.",
            "2:An option or argument is wrong.",
            "3:The backup, its keys or the data directory cannot be used.",
            "74:A file could not be written."
        })
final class RestoreCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "DIR", description = "The folder of the backup.")
    private Path backup = Path.of("");

    @Option(
            names = "--keys",
            required = true,
            paramLabel = "FILE",
            description = "The keys, of the time of the backup or later.")
    private Path keys = Path.of("");

    @Option(
            names = "--erased",
            paramLabel = "FILE",
            description = "A list of those who were erased since. Can be given several times.")
    private List<Path> erased = new ArrayList<>();

    @Mixin
    private Data data = new Data();

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    RestoreCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, PackException {
        DataFolder folder = data.folder();
        folder.restore(backup, keys, erased);
        // To open it erases again whoever has to be, and shows that all of it can be read.
        try (EmbeddedHost host = folder.open(folder.pack())) {
            Progress progress = host.host().progress();
            if (json.isAsked()) {
                Json.print(console, out -> {
                    out.writeStartObject();
                    out.writeStringField("data", folder.path().toString());
                    out.writeNumberField("events", progress.events());
                    if (progress.events() > 0) {
                        out.writeStringField("until", Units.iso(progress.latestMillis()));
                    }
                    out.writeEndObject();
                });
            } else {
                console.page()
                        .line("Restored " + backup + " to " + folder.path() + ": "
                                + Units.count(progress.events(), "event")
                                + (progress.events() > 0
                                        ? ", the latest of " + Units.minute(progress.latestMillis()) + " UTC."
                                        : "."));
            }
        }
        return Exit.OK.code();
    }
}
