package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Erased;
import dev.forestall.loop.host.History;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.run.DataFolder;
import dev.forestall.views.Units;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forestall erase CUSTOMER --because WHY}: nothing stored about the customer can be read any more. */
@Command(
        name = "erase",
        description = {
            "Erase a customer: delete names and keys, by which all that is stored about them can be read by nobody.",
            "Counts of groups stay. Files that were read, and outputs, lie outside of the data directory and are not touched."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The customer was erased.",
            "2:An option or argument is wrong.",
            "3:The data directory cannot be used.",
            "4:Nothing is known of this customer.",
            "69:The server of --url cannot be reached.",
            "75:The server cannot do it now.",
            "77:The key may not do it."
        })
final class EraseCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "CUSTOMER", description = "The key of the customer, or any identifier.")
    private String key = "";

    @Option(
            names = "--because",
            required = true,
            paramLabel = "WHY",
            description = "Why, in words that name nobody: they stay in the log.")
    private String because = "";

    @Mixin
    private Data data = new Data();

    @Mixin
    private Remote remote = new Remote();

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    EraseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, PackException {
        Optional<RemoteServer> server = remote.server();
        return server.isPresent() ? erase(server.get()) : eraseHere();
    }

    private Integer erase(RemoteServer server) {
        RemoteServer.Answer answer = server.post("/api/v1/erasures", Map.of("customer", key, "because", because));
        if (json.isAsked()) {
            console.out().println(answer.text());
        } else {
            console.page()
                    .line("Erased: " + answer.json().get("names").text() + " names, "
                            + answer.json().get("effects").text() + " effects; erasure "
                            + answer.json().get("id").text() + ".");
        }
        return Exit.OK.code();
    }

    private Integer eraseHere() throws IOException, PackException {
        DataFolder folder = data.folder();
        Pack pack = folder.pack();
        long names = 0;
        long effects = 0;
        long messages = 0;
        TreeSet<String> values = new TreeSet<>(List.of(key));
        try (EmbeddedHost host = folder.open(pack)) {
            History history = host.host().history();
            List<SubjectId> called = history.called(key);
            for (SubjectId customer : called) {
                history.identifiers(customer).stream().map(Identifier::value).forEach(values::add);
            }
            List<Erased> all = new ArrayList<>();
            for (SubjectId customer : called) {
                Optional<Erased> erased = host.erase(customer, because, System.currentTimeMillis());
                erased.ifPresent(all::add);
            }
            if (all.isEmpty()) {
                throw CliError.NO_SUCH_SUBJECT.because(
                        Exit.NOT_FOUND, "nothing is known of '" + key + "' in " + folder.path());
            }
            // What is in no file was said here, so the run can no longer begin again from its files.
            folder.noteByHand();
            for (Erased each : all) {
                names += each.names();
                effects += each.effects();
                messages += each.messages();
            }
        }
        long lines = folder.forget(values);
        if (json.isAsked()) {
            long[] counts = {names, effects, messages, lines};
            Json.print(console, out -> {
                out.writeStartObject();
                out.writeNumberField("names", counts[0]);
                out.writeNumberField("effects", counts[1]);
                out.writeNumberField("messages", counts[2]);
                out.writeNumberField("rejected_lines", counts[3]);
                out.writeEndObject();
            });
        } else {
            console.page()
                    .line("Erased: " + Units.count(names, "name") + ", " + Units.count(effects, "effect") + ", "
                            + Units.count(messages, "message") + " made anonymous, "
                            + Units.count(lines, "rejected line") + " removed.");
        }
        return Exit.OK.code();
    }
}
