package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Page;
import dev.forestall.cli.text.Paint;
import dev.forestall.cli.text.Progress;
import dev.forestall.cli.text.Table;
import dev.forestall.run.draft.DraftException;
import dev.forestall.run.draft.DraftOptions;
import dev.forestall.run.draft.Drafted;
import dev.forestall.run.draft.Drafting;
import dev.forestall.views.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forestall init LOG --out DIR}: a first pack for a file that nobody has described. */
@Command(
        name = "init",
        description = {
            "Look at a file of events that nobody has described, and write a first pack for it, with comments that say why each part is so and how sure that is.",
            "It asks nothing. What it takes for time, identifier and event can be said by options; all else is corrected in the pack."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The pack was written; it passes check and reads the file.",
            "1:The file seems to be no log of events.",
            "2:The command line or the file is wrong.",
            "74:A file could not be written."
        })
final class InitCommand implements Callable<Integer> {

    private static final String PACK = "pack.yaml";

    private final Console console;

    @Parameters(paramLabel = "LOG", description = "The file: CSV, JSON Lines or XES, each perhaps with gzip.")
    private Path log = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder of the pack, to be made.")
    private Path out = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "What to call the pack (default: as the file).")
    private @Nullable String name;

    @Option(names = "--id", paramLabel = "COLUMN", description = "The column that says whom an event is about.")
    private @Nullable String id;

    @Option(names = "--time", paramLabel = "COLUMN", description = "The column that says when it happened.")
    private @Nullable String time;

    @Option(
            names = "--time-format",
            paramLabel = "FORMAT",
            description =
                    "How that is written: iso, epoch_seconds, epoch_millis, epoch_micros or a pattern such as 'dd.MM.yyyy HH:mm'.")
    private @Nullable String timeFormat;

    @Option(
            names = "--event",
            paramLabel = "COLUMN",
            description = "The column that says what happened; given more than once, the columns that say so together.")
    private List<String> event = List.of();

    @Option(names = "--delimiter", paramLabel = "C", description = "Between the columns of CSV: one character, or tab.")
    private @Nullable String delimiter;

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = "EUR",
            description = "Of amounts of money (default: ${DEFAULT-VALUE}).")
    private String currency = "EUR";

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "" + DraftOptions.USUAL_RECORDS,
            description = "Look at the first N records at most (default: ${DEFAULT-VALUE}).")
    private long records = DraftOptions.USUAL_RECORDS;

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    InitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path pack = out.resolve(PACK);
        if (Files.exists(pack)) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE,
                    "there is a pack in " + out + " already; name another folder, or delete " + pack + " first");
        }
        DraftOptions options = options();
        Drafted drafted;
        try (Progress progress = console.progress()) {
            drafted = Drafting.write(log, pack, options, progress);
        } catch (DraftException noLog) {
            throw CliError.NO_LOG.because(Exit.PROBLEMS, String.valueOf(noLog.getMessage()));
        }
        if (json.isAsked()) {
            Json.print(console, json -> write(json, drafted, pack));
        } else {
            print(console.page(), drafted, pack);
        }
        return Exit.OK.code();
    }

    private DraftOptions options() {
        if (records < 1) {
            throw CliError.WRONG_VALUE.because(Exit.USAGE, "--records is " + records + "; expected at least 1");
        }
        try {
            Currency.getInstance(currency);
        } catch (IllegalArgumentException unknown) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, "--currency is '" + currency + "'; expected three letters such as EUR");
        }
        return new DraftOptions(
                Optional.ofNullable(name),
                Optional.ofNullable(id),
                Optional.ofNullable(time),
                checked(timeFormat),
                event,
                between(),
                currency,
                records);
    }

    private static Optional<String> checked(@Nullable String format) {
        if (format != null && !DraftOptions.isTimeFormat(format)) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE,
                    "--time-format is '" + format
                            + "'; expected iso, epoch_seconds, epoch_millis, epoch_micros or a pattern such as dd.MM.yyyy HH:mm");
        }
        return Optional.ofNullable(format);
    }

    private Optional<Character> between() {
        if (delimiter == null) {
            return Optional.empty();
        }
        String one = delimiter.equals("tab") ? "\t" : delimiter;
        if (one.length() != 1 || one.charAt(0) > 0x7e || "\"\n\r".contains(one)) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, "--delimiter is '" + delimiter + "'; expected one character, or tab");
        }
        return Optional.of(one.charAt(0));
    }

    private void print(Page page, Drafted drafted, Path pack) {
        page.line(page.paint(Paint.GOOD, "Wrote " + pack) + ": " + Units.count(drafted.events(), "event") + " of "
                        + Units.count(drafted.customers(), "customer") + ", from "
                        + (drafted.isAll() ? "all " : "the first ") + Units.count(drafted.records(), "record")
                        + (drafted.unreadable() == 0
                                ? ""
                                : "; " + Units.count(drafted.unreadable(), "record") + " could not be read"))
                .blank();
        Table taken = new Table(2)
                .words("taken for")
                .words("column")
                .words("how sure")
                .words("why");
        drafted.taken().forEach(each -> taken.row(each.role(), each.column(), each.sure(), each.why()));
        page.table(taken).blank();
        Table signals = new Table(2).words("signal").figures("customers").figures("share");
        drafted.signals()
                .forEach(each -> signals.row(
                        each.name(),
                        Units.count(each.customers()),
                        Math.round(100.0 * each.customers() / Math.max(1, drafted.customers())) + " %"));
        if (!signals.isEmpty()) {
            page.table(signals).blank();
        }
        page.line("  predictions  " + String.join(", ", drafted.predictions()));
        if (!drafted.personal().isEmpty()) {
            page.line(
                    "  personal     " + String.join(", ", drafted.personal()) + " (a guess: look through the others)");
        }
        if (!drafted.leftOut().isEmpty()) {
            page.line("  not read     " + String.join(", ", drafted.leftOut()) + " (why is in the pack)");
        }
        page.blank()
                .line("Next:")
                .line("  ./forestall replay " + log + " --pack " + out)
                .line("  ./forestall learn " + log + " --pack " + out);
    }

    private static void write(JsonGenerator json, Drafted drafted, Path pack) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", pack.toString());
        json.writeStringField("pack", drafted.name());
        json.writeNumberField("records", drafted.records());
        json.writeBooleanField("all", drafted.isAll());
        json.writeNumberField("unreadable", drafted.unreadable());
        json.writeNumberField("events", drafted.events());
        json.writeNumberField("customers", drafted.customers());
        json.writeArrayFieldStart("taken");
        for (Drafted.Taken each : drafted.taken()) {
            json.writeStartObject();
            json.writeStringField("for", each.role());
            json.writeStringField("column", each.column());
            json.writeStringField("sure", each.sure());
            json.writeStringField("why", each.why());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("signals");
        for (Drafted.Raised each : drafted.signals()) {
            json.writeNumberField(each.name(), each.customers());
        }
        json.writeEndObject();
        write(json, "predictions", drafted.predictions());
        write(json, "personal", drafted.personal());
        write(json, "left_out", drafted.leftOut());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String each : texts) {
            json.writeString(each);
        }
        json.writeEndArray();
    }
}
