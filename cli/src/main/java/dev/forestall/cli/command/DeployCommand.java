package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Page;
import dev.forestall.embedded.Activation;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.loop.Definition;
import dev.forestall.loop.host.Difference;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.pack.model.Models;
import dev.forestall.run.DataFolder;
import dev.forestall.views.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forestall deploy PACK}: lets a changed pack take over where another one is in force. */
@Command(
        name = "deploy",
        description = {
            "Let a changed pack take over from the one that is in force in the data directory.",
            "What was said stays as it was said. Unchanged declarations keep their state, changed and new ones are filled from the log.",
            "With --url, on a server that runs: what is wrong, what changes, and from where on it is in force.",
            "To roll back in a data directory, deploy the earlier pack again."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The pack is in force.",
            "1:The server's state does not allow it: another definition takes over, or was deployed meanwhile.",
            "2:The pack is wrong.",
            "3:The data directory cannot be used.",
            "69:The server cannot be reached.",
            "74:A file could not be written.",
            "75:The server cannot do it now.",
            "77:The key may not do it."
        })
final class DeployCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            paramLabel = "PACK",
            arity = "0..1",
            description = "The folder of the changed pack, or a single file; none with --rollback.")
    private @Nullable Path path;

    @Option(
            names = "--because",
            paramLabel = "WHY",
            defaultValue = "",
            description = "Why, in words that name no customer: they stand in the server's history. Needed with --url.")
    private String because = "";

    @Option(names = "--rollback", description = "With --url: let the pack take over that was in force before.")
    private boolean rollback;

    @Option(
            names = "--if-hash",
            paramLabel = "HASH",
            defaultValue = "",
            description = "With --url: only if this definition is in force.")
    private String ifHash = "";

    @Option(names = "--no-wait", description = "With --url: do not wait until it is in force.")
    private boolean noWait;

    @Mixin
    private Remote remote = new Remote();

    @Mixin
    private Data data = new Data();

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    DeployCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, PackException {
        Optional<RemoteServer> server = remote.server();
        if (server.isPresent()) {
            RemoteDeploy deploy = new RemoteDeploy(console, server.get(), json.isAsked(), !noWait);
            RemoteDeploy.Wish wish = new RemoteDeploy.Wish(because, ifHash);
            return (rollback ? deploy.rollBack(wish) : deploy.deploy(pack(), wish)).code();
        }
        if (rollback || noWait || !ifHash.isEmpty()) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, "--rollback, --if-hash and --no-wait are for a server that runs: name it with --url");
        }
        return deploy(pack());
    }

    private Path pack() {
        if (path == null || rollback) {
            throw CliError.WRONG_VALUE.because(Exit.USAGE, "name either the folder of a pack, or --rollback");
        }
        return path;
    }

    private int deploy(Path path) throws IOException, PackException {
        Pack pack = ReplayCommand.compiled(path);
        Definition next = pack.definition();
        DataFolder folder = data.folder();
        Pack current = folder.pack();
        folder.keepDefinition(next, path);
        try (EmbeddedHost host = folder.openToDeploy(current, next, Models.of(path))) {
            Definition replaced = host.host().definition();
            Difference difference = Difference.between(replaced, next);
            host.host().activate(next);
            Activation activation = host.host().activations().getLast();
            folder.changePack(path);
            if (json.isAsked()) {
                print(replaced, difference, activation);
            } else {
                print(console.page(), replaced, difference, activation);
            }
        }
        return Exit.OK.code();
    }

    private void print(Definition replaced, Difference difference, Activation activation) throws IOException {
        Json.print(console, out -> {
            out.writeStartObject();
            out.writeStringField("definition", activation.definition());
            out.writeStringField("replaced", replaced.hash());
            out.writeNumberField("program", activation.semantics());
            out.writeNumberField("position", activation.position());
            out.writeObjectFieldStart("declarations");
            for (Map.Entry<String, Difference.Fate> each :
                    difference.declarations().entrySet()) {
                out.writeStringField(each.getKey(), each.getValue().name().toLowerCase(Locale.ROOT));
            }
            out.writeEndObject();
            out.writeObjectFieldStart("known_since");
            for (Map.Entry<String, Long> each : activation.knownSince().entrySet()) {
                out.writeStringField(each.getKey(), Units.iso(each.getValue()));
            }
            out.writeEndObject();
            out.writeEndObject();
        });
    }

    private static void print(Page page, Definition replaced, Difference difference, Activation activation) {
        if (replaced.hash().equals(activation.definition())) {
            page.line("Definition " + brief(activation.definition()) + " is in force already.");
            return;
        }
        page.line("Definition " + brief(activation.definition()) + " has taken over from " + brief(replaced.hash())
                + ".");
        int unchanged = 0;
        for (Map.Entry<String, Difference.Fate> each : difference.declarations().entrySet()) {
            if (each.getValue() == Difference.Fate.UNCHANGED) {
                unchanged++;
                continue;
            }
            Long since = activation.knownSince().get(each.getKey());
            page.line("  " + each.getKey() + ": " + each.getValue().words()
                    + (since == null ? "" : "; knows what happened since " + Units.minute(since)));
        }
        page.line("  unchanged: " + unchanged);
    }

    private static String brief(String hash) {
        return hash.substring(0, 8);
    }
}
