package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Exit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code forestall serve}: explained here, and done by a program of its own, so that no other command has to load what a server needs. */
@Command(
        name = "serve",
        description = {
            "Take events from clients and run the loop on them until it is stopped: SIGTERM or Ctrl-C.",
            "At the first start it prints the address, a password, a write key and a line to try."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It was stopped.",
            "2:The pack is wrong.",
            "3:The data directory or the database cannot be used.",
            "78:A setting is wrong, or the address is taken."
        })
final class ServeCommand implements Callable<Integer> {

    @Option(names = "--pack", paramLabel = "PACK", description = "What to run. Default: what was run the last time.")
    private @Nullable String pack;

    @Option(names = "--data", paramLabel = "DIR", description = "Where all of it is kept. Default: forestall-data.")
    private @Nullable String data;

    @Option(names = "--port", paramLabel = "PORT", description = "To listen on; 0 for any that is free. Default: 8080.")
    private @Nullable String port;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "To listen on. Default: 127.0.0.1.")
    private @Nullable String bind;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "A PostgreSQL to use, as jdbc:postgresql://... Default: one of its own, in the data directory.")
    private @Nullable String database;

    @Option(names = "--config", paramLabel = "FILE", description = "A file of settings.")
    private @Nullable String config;

    @Option(names = "--hold-sending", description = "Send nothing that was asked for before the start.")
    private boolean holdSending;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        throw CliError.OTHER_PROGRAM.because(
                Exit.USAGE,
                "the server is a program of its own. Start it by the script that builds it: ./forestall serve");
    }
}
