package dev.forestall.cli.command;

import dev.forestall.run.DataFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data}: where runs are kept. */
final class Data {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = DataFolder.USUAL,
            description = "The data directory (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of(DataFolder.USUAL);

    DataFolder folder() {
        return new DataFolder(directory);
    }

    /** What must follow other commands for them to find the same data; empty when that is the usual place. */
    String option() {
        String shown = directory.toString();
        if (shown.equals(DataFolder.USUAL)) {
            return "";
        }
        return "--data " + (shown.matches("[\\w./@%+=:,-]+") ? shown : "'" + shown.replace("'", "'\\''") + "'");
    }
}
