package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.Refused;
import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.connectors.files.WrongFile;
import dev.forestall.loop.host.StorageException;
import dev.forestall.onnx.OnnxException;
import dev.forestall.pack.PackException;
import dev.forestall.run.RunException;
import dev.forestall.run.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into a message that says what to do, and an exit code. Stack traces are for {@code --debug}. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        if (failure instanceof ParameterException wrong) {
            return handleParseException(wrong, new String[0]);
        }
        Exit exit = explain(failure);
        boolean debug = parsed.subcommands().stream().anyMatch(each -> each.hasMatchedOption("--debug"))
                || parsed.hasMatchedOption("--debug");
        if (debug) {
            failure.printStackTrace(console.err());
        }
        return exit.code();
    }

    private Exit explain(Exception failure) {
        return switch (failure) {
            case Refused refused -> say(refused.exit(), refused.getMessage());
            case RunException run ->
                say(
                        switch (run.error()) {
                            case NO_RUN, OTHER_DATA -> Exit.DATA;
                            case OTHER_MODEL, NO_MAPPING, OTHER_FILE -> Exit.USAGE;
                        },
                        run.getMessage());
            case PackException pack -> say(Exit.USAGE, pack.getMessage());
            case WrongFile file -> say(Exit.USAGE, file.getMessage());
            case OnnxException external -> say(Exit.USAGE, external.getMessage());
            case StorageException storage -> say(isDiskFull(storage) ? Exit.DISK : Exit.DATA, storage.getMessage());
            case UncheckedIOException disk -> disk(Objects.requireNonNull(disk.getCause()));
            case IOException disk -> disk(disk);
            default -> exhausted(failure).orElseGet(() -> mistake(failure));
        };
    }

    /** What the Java machine itself cannot bear any more, on whichever thread it came up; nothing when it is not that. */
    Optional<Exit> exhausted(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof OutOfMemoryError) {
                return Optional.of(say(
                        Exit.NO_MEMORY,
                        CliError.NO_MEMORY.code() + " " + (Runtime.getRuntime().maxMemory() >> 20)
                                + " MB of memory are not enough. Give more, such as FORESTALL_JAVA_OPTS=-Xmx2g; what was committed is kept, and a"
                                + " replay goes on with --resume"));
            }
            if (each instanceof StackOverflowError) {
                return Optional.of(say(
                        Exit.USAGE,
                        CliError.TOO_DEEP.code()
                                + " something in the pack or the file is nested too deeply, such as a regular expression with many"
                                + " alternatives. Nothing was changed. --debug says where"));
            }
        }
        return Optional.empty();
    }

    private static boolean isDiskFull(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (String.valueOf(each.getMessage()).contains("No space left on device")) {
                return true;
            }
        }
        return false;
    }

    private Exit disk(IOException failure) {
        String what = switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case AccessDeniedException denied -> denied.getFile() + " may not be read or written by this user";
            default -> String.valueOf(failure.getMessage());
        };
        String advice = failure instanceof NoSuchFileException
                ? "."
                : ". Check that there is room on the disk and that this user may write there.";
        return say(Exit.DISK, CliError.NOT_WRITTEN.code() + " " + what + advice);
    }

    private Exit mistake(Exception failure) {
        say(
                Exit.INTERNAL,
                CliError.INTERNAL.code() + " Forestall made a mistake: " + failure
                        + ". Please report it with the command, this message and what --debug adds to it.");
        console.aside()
                .line("forestall " + Version.TEXT + ", Java " + Runtime.version() + ", " + System.getProperty("os.name")
                        + " " + System.getProperty("os.arch"));
        return Exit.INTERNAL;
    }

    private Exit say(Exit exit, @Nullable String message) {
        Page page = console.aside();
        page.line(page.paint(Paint.BAD, String.valueOf(message)));
        return exit;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        Page page = console.aside();
        page.line(Paint.BAD, String.valueOf(wrong.getMessage()));
        UnmatchedArgumentException.printSuggestions(
                wrong, wrong.getCommandLine().getErr());
        wrong.getCommandLine().getErr().flush();
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        page.line("Usage: " + wrong.getCommandLine().getHelp().synopsis(0).strip());
        page.line("See: " + command + " --help");
        return Exit.USAGE.code();
    }
}
