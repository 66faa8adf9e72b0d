package dev.forestall.cli.command;

import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.run.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forestall backup DIR --keys FILE}: a copy of the data, and apart from it the keys. */
@Command(
        name = "backup",
        description = {
            "Copy the data directory, and apart from it the keys without which nothing of the copy can be read.",
            "Keep the keys for a short time: who is erased can be read in no backup when the last keys from before are gone.",
            "To move to another host: a backup here, and there a restore."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The backup is complete.",
            "2:An option or argument is wrong.",
            "3:The data directory cannot be used.",
            "74:A file could not be written."
        })
final class BackupCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "DIR", description = "Where the copy goes: a folder that is missing or empty.")
    private Path into = Path.of("");

    @Option(
            names = "--keys",
            required = true,
            paramLabel = "FILE",
            description = "The file for the keys, outside of the copy.")
    private Path keys = Path.of("");

    @Mixin
    private Data data = new Data();

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    BackupCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        DataFolder folder = data.folder();
        folder.backup(into, keys);
        if (json.isAsked()) {
            Json.print(console, out -> {
                out.writeStartObject();
                out.writeStringField("data", into.toString());
                out.writeStringField("keys", keys.toString());
                out.writeEndObject();
            });
        } else {
            console.page()
                    .line("Copied " + folder.path() + " to " + into + ", and its keys to " + keys + ".")
                    .line("Keep the keys apart from the copy, and for a short time.");
        }
        return Exit.OK.code();
    }
}
