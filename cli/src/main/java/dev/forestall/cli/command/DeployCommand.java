package dev.forestall.cli.command;

import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Page;
import dev.forestall.embedded.Activation;
import dev.forestall.embedded.Difference;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.loop.Definition;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.pack.model.Models;
import dev.forestall.run.DataFolder;
import dev.forestall.views.Units;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code forestall deploy PACK}: lets a changed pack take over where another one is in force. */
@Command(
        name = "deploy",
        description = {
            "Let a changed pack take over from the one that is in force in the data directory.",
            "What was said stays as it was said. Unchanged declarations keep their state, changed and new ones are filled from the log.",
            "To roll back, deploy the earlier pack again."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The pack is in force.",
            "2:The pack is wrong.",
            "3:The data directory cannot be used.",
            "74:A file could not be written."
        })
final class DeployCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "PACK", description = "The folder of the changed pack, or a single file.")
    private Path path = Path.of("");

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
            page.line("  " + each.getKey() + ": " + inWords(each.getValue())
                    + (since == null ? "" : "; knows what happened since " + Units.minute(since)));
        }
        page.line("  unchanged: " + unchanged);
    }

    private static String brief(String hash) {
        return hash.substring(0, 8);
    }

    private static String inWords(Difference.Fate fate) {
        return switch (fate) {
            case UNCHANGED -> "unchanged";
            case CARRIED -> "changed; what was said and done so far stays";
            case REFILLED -> "changed, filled from the log";
            case ADDED -> "new, filled from the log";
            case BEGINS -> "begins without a past";
            case REMOVED -> "removed";
        };
    }
}
