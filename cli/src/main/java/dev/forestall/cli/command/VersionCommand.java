package dev.forestall.cli.command;

import dev.forestall.cli.Console;
import dev.forestall.run.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code forestall version}. */
@Command(name = "version", description = "Tell which Forestall this is, and on what it runs.")
final class VersionCommand implements Runnable {

    private final Console console;

    @Mixin
    private Common common = new Common();

    VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.page().line("forestall " + Version.TEXT);
        console.page()
                .line("Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + "), "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }
}
