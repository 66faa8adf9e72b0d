package dev.forestall.cli.command;

import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.run.Version;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** All commands. Only the one that is asked for is made, because looking at a command's options costs more than most work it does. */
public enum Commands {
    INIT("init", InitCommand::new),
    CHECK("check", CheckCommand::new),
    BASELINES("baselines", BaselinesCommand::new),
    LEARN("learn", LearnCommand::new),
    MODELS("models", ModelsCommand::new),
    REPLAY("replay", ReplayCommand::new),
    TRACE("trace", TraceCommand::new),
    CUSTOMER("customer", CustomerCommand::new),
    WHY("why", WhyCommand::new),
    IDENTITY("identity", IdentityCommand::new),
    REJECTED("rejected", RejectedCommand::new),
    ERASE("erase", EraseCommand::new),
    EXPORT("export", ExportCommand::new),
    BACKUP("backup", BackupCommand::new),
    RESTORE("restore", RestoreCommand::new),
    DEPLOY("deploy", DeployCommand::new),
    DEMO("demo", DemoCommand::new),
    DOCTOR("doctor", DoctorCommand::new),
    SERVE("serve", console -> new ServeCommand()),
    USER("user", console -> new UserCommand()),
    VERSION("version", VersionCommand::new),
    HELP("help", console -> new HelpCommand());

    private final String title;
    private final Function<Console, Object> make;

    Commands(String title, Function<Console, Object> make) {
        this.title = title;
        this.make = make;
    }

    /** Does what the arguments say. Returns the exit code. */
    public static int run(Console console, String... arguments) {
        Optional<Commands> asked = Arrays.stream(values())
                .filter(each -> arguments.length > 0 && each.title.equals(arguments[0]))
                .filter(each -> each != HELP)
                .findFirst();
        CommandLine line = line(console, asked.map(List::of).orElse(List.of(values())));
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError exhausted) {
            // What was held is let go by now: there is room enough to say so.
            if (Arrays.asList(arguments).contains("--debug")) {
                exhausted.printStackTrace(console.err());
            }
            return new Failures(console)
                    .exhausted(exhausted)
                    .orElse(Exit.INTERNAL)
                    .code();
        }
    }

    /** The command line with some commands. */
    static CommandLine line(Console console, List<Commands> commands) {
        CommandLine line = new CommandLine(new Root());
        for (Commands each : commands) {
            line.addSubcommand(each.title, each.make.apply(console));
        }
        Failures failures = new Failures(console);
        line.setOut(new java.io.PrintWriter(console.out(), true));
        line.setErr(new java.io.PrintWriter(console.err(), true));
        line.setColorScheme(colours(console));
        line.setExecutionExceptionHandler(failures);
        line.setParameterExceptionHandler(failures);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private static ColorScheme colours(Console console) {
        boolean colours = console.terminal().out() && console.terminal().colours();
        return CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF);
    }

    /** Without a command it tells which there are. */
    @Command(
            name = "forestall",
            versionProvider = Versions.class,
            synopsisSubcommandLabel = "COMMAND",
            header = "Sees customers' trouble forming in the stream of events.",
            footer = {"", "Try: forestall demo", "Each command explains itself: forestall help COMMAND"})
    static final class Root implements Runnable {

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this text.")
        private boolean help;

        @Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "Show the version.")
        private boolean version;

        @picocli.CommandLine.Spec
        private picocli.CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

        @Override
        public void run() {
            if (spec != null) {
                throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
            }
        }
    }

    /** For {@code --version}. */
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"forestall " + Version.TEXT};
        }
    }
}
