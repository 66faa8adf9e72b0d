package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Exit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forestall user}: explained here, and done by the server's program, for it works on the server's database. */
@Command(
        name = "user",
        description = {
            "Keep the list of those who may sign in to a server, while the server is down.",
            "A lost administrator's password is replaced so: ./forestall user reset admin --data DIR"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It was done.",
            "3:The data directory or the database cannot be used, or a server runs on it.",
            "78:An argument or a setting is wrong."
        })
final class UserCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ACTION", description = "list, add, reset, role, disable or enable.")
    private String action = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Whom; not with list.")
    private @Nullable String name;

    @Option(names = "--role", paramLabel = "ROLE", description = "With add and role: what they are from now on.")
    private @Nullable String role;

    @Option(names = "--data", paramLabel = "DIR", description = "The server's data. Default: forestall-data.")
    private @Nullable String data;

    @Option(names = "--database", paramLabel = "URL", description = "The server's PostgreSQL, if it has not its own.")
    private @Nullable String database;

    @Option(names = "--config", paramLabel = "FILE", description = "The server's file of settings.")
    private @Nullable String config;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        throw CliError.OTHER_PROGRAM.because(
                Exit.USAGE,
                "users are kept by the server's program. Start it by the script that builds it: ./forestall user");
    }
}
