package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Page;
import dev.forestall.embedded.HostOptions;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.pack.model.Models;
import dev.forestall.run.DataFolder;
import dev.forestall.run.Replay;
import dev.forestall.run.demo.DemoLog;
import java.io.IOException;
import java.net.URISyntaxException;
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

/** {@code forestall demo}: the whole way, on a log that is made up. */
@Command(
        name = "demo",
        description = {
            "Show Forestall at work at a bank that is made up: a server with customers who apply for loans, in a directory that is deleted when it ends.",
            "A day of theirs takes a minute, unless --speed says otherwise; --port is where to listen.",
            "With --report: make up a log of loan applications, replay it through packs/lending, report, and tell what was planted in it.",
            "The same seed and number give the same."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The log was made and replayed, or the server was told to stop.",
            "2:The command line or the pack is wrong.",
            "3:The data directory cannot be used.",
            "74:A file could not be written."
        })
final class DemoCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which of many possible logs (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "" + DemoLog.APPLICATIONS,
            description = "How many applications, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
    private int customers = DemoLog.APPLICATIONS;

    @Option(names = "--report", description = "Print a report instead of starting a server.")
    private boolean isReport;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "How many times faster than life the server's demo runs (default: 1440).")
    private @Nullable Integer speed;

    @Option(names = "--port", paramLabel = "PORT", description = "Where the server's demo listens (default: 8080).")
    private @Nullable Integer port;

    @Mixin
    private Data data = new Data();

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, PackException {
        if (!isReport) {
            throw CliError.OTHER_PROGRAM.because(
                    Exit.USAGE,
                    "the demo runs on the server, a program of its own. Start it by the script that builds it: ./forestall demo;"
                            + " or print a report: demo --report");
        }
        if (speed != null || port != null) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, "--speed and --port are of the demo with a server; leave out --report");
        }
        if (customers < 1 || customers > 1_000_000) {
            throw CliError.WRONG_VALUE.because(Exit.USAGE, "--customers is " + customers + "; expected 1 to 1000000");
        }
        Path path = lending();
        Pack pack = ReplayCommand.compiled(path);
        DataFolder folder = data.folder();
        folder.clear();
        // The host makes the directory its own first; then the log may stand in it too.
        folder.open(pack.definition(), Models.of(path), HostOptions.defaults()).close();
        Files.createDirectories(folder.demo());
        Path log = folder.demo().resolve("demo.csv");
        List<String> planted = DemoLog.write(log, seed, customers);
        Replay.Request request = new Replay.Request(log, path, Optional.empty(), 1, true, OptionalLong.empty());
        ReplayCommand.replay(console, pack, request, data, Optional.empty(), json.isAsked());
        Page page = json.isAsked() ? console.aside() : console.page();
        page.heading("What was planted in this made-up log");
        planted.forEach(each -> page.line("  " + each));
        return Exit.OK.code();
    }

    /** The pack lies beside the program: both stand in the same checkout. */
    private static Path lending() {
        try {
            Path program = Path.of(DemoCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path root = program.toAbsolutePath().resolve("../../..").normalize();
            return root.resolve("packs").resolve("lending");
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the place of the program is no path", impossible);
        }
    }
}
