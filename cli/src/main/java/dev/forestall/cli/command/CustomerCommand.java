package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.look.CustomerText;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.History;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.run.DataFolder;
import dev.forestall.views.Units;
import dev.forestall.views.look.Customer;
import dev.forestall.views.look.CustomerJson;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forestall customer ID}: all that is known of one customer, as of any instant. */
@Command(
        name = "customer",
        description = {
            "Show one customer: journeys, traits, signals, alerts, decisions and latest events.",
            "Worked out from the log, so as of any instant: only what had arrived by then counts."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The customer was found.",
            "2:The instant cannot be read.",
            "3:The data directory cannot be used.",
            "4:Nobody is known under this key, or not yet at that instant; or several customers are."
        })
final class CustomerCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "ID", description = "The key of the customer, or any identifier by which they are known.")
    private String key = "";

    @Option(
            names = "--as-of",
            paramLabel = "T",
            description = "The instant, such as 2012-01-31 or 2012-01-31T18:00+01:00 (default: the end of the log).")
    private @Nullable String asOf;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = SubjectId.CUSTOMER,
            description =
                    "Another kind of subject than ${DEFAULT-VALUE}: an entity of the pack, or a cohort (signal=value).")
    private String kind = SubjectId.CUSTOMER;

    @Mixin
    private Data data = new Data();

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    CustomerCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, PackException {
        DataFolder folder = data.folder();
        Pack pack = folder.pack();
        try (EmbeddedHost host = folder.open(pack)) {
            Customer customer = customer(pack, host);
            if (json.isAsked()) {
                Json.print(
                        console,
                        out -> new CustomerJson(out, pack.definition().hash(), host.effectNames()).write(customer));
            } else {
                new CustomerText(console.page(), pack.words(), host.effectNames()).print(customer);
            }
        }
        return Exit.OK.code();
    }

    private Customer customer(Pack pack, EmbeddedHost host) {
        History history = host.host().history();
        History.Standing past;
        long at;
        if (asOf == null) {
            past = history.now(subject(history.called(key)));
            at = host.host().progress().latestMillis();
        } else {
            at = Moments.millis("--as-of", asOf);
            past = history.asOf(subject(history.called(key, at)), at);
        }
        if (past.inputs().isEmpty()) {
            throw CliError.NO_SUCH_SUBJECT.because(
                    Exit.NOT_FOUND,
                    "there is no " + kind + " '" + key + "' in " + data.folder().path()
                            + (asOf == null ? "" : " by " + Units.minute(at) + " UTC")
                            + ". Keys are those of the log; the report of the run names one");
        }
        return Customer.of(pack.definition(), past.subject(), past, at);
    }

    /** @param called the customers whom the key can mean */
    private SubjectId subject(List<SubjectId> called) {
        return kind.equals(SubjectId.CUSTOMER)
                ? Named.one(key, called, data.folder().path())
                : new SubjectId(kind, key);
    }
}
