package dev.forestall.cli.command;

import picocli.CommandLine.Option;

/** What every command takes. */
final class Common {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    @Option(names = "--debug", description = "When something goes wrong, show where in the program.")
    private boolean debug;
}
