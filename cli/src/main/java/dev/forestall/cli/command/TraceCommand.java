package dev.forestall.cli.command;

import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.look.TraceText;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.Origin;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.run.DataFolder;
import dev.forestall.run.SourceLines;
import dev.forestall.views.look.Link;
import dev.forestall.views.look.SourceLine;
import dev.forestall.views.look.TraceJson;
import dev.forestall.views.look.Traces;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code forestall trace ID}: from an effect back to the lines of the file. */
@Command(
        name = "trace",
        description = {
            "Walk from an outcome, decision, alert or signal back to what it came from, down to the raw lines of the log.",
            "Ids stand in the report and in the files of --out."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The trace was found.",
            "2:The id is too short.",
            "3:The data directory cannot be used.",
            "4:Nothing has this id, or several have this beginning."
        })
final class TraceCommand implements Callable<Integer> {

    private static final int SHORTEST = 6;
    private static final int SHOWN = 10;

    private final Console console;

    @Parameters(paramLabel = "ID", description = "An id, or its first letters: at least " + SHORTEST + ".")
    private String id = "";

    @Mixin
    private Data data = new Data();

    @Mixin
    private Json json = new Json();

    @Mixin
    private Common common = new Common();

    TraceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, PackException {
        if (id.length() < SHORTEST) {
            throw CliError.SHORT_ID.because(
                    Exit.USAGE, "'" + id + "' is too short for an id: at least " + SHORTEST + " letters are needed");
        }
        DataFolder folder = data.folder();
        Pack pack = folder.pack();
        try (EmbeddedHost host = folder.open(pack)) {
            History history = host.host().history();
            Link trace = new Traces(pack.definition(), history).of(find(history));
            Map<Origin, SourceLine> lines = SourceLines.of(folder).find(origins(trace));
            if (json.isAsked()) {
                Json.print(console, out -> new TraceJson(out, history.names(), lines).write(trace));
            } else {
                new TraceText(console.page(), pack.words(), history.names(), lines).print(trace);
            }
        }
        return Exit.OK.code();
    }

    private History.Noted find(History history) {
        List<History.Noted> found = history.effects(id);
        if (found.isEmpty()) {
            throw CliError.NO_SUCH_ID.because(
                    Exit.NOT_FOUND,
                    "no effect has an id that begins with '" + id + "'. Ids stand in the report of the run in "
                            + data.folder().path() + ", and in the files that --out writes");
        }
        if (found.size() > 1) {
            throw CliError.SEVERAL_IDS.because(
                    Exit.NOT_FOUND,
                    "'" + id + "' is the beginning of several ids: "
                            + found.stream()
                                    .limit(SHOWN)
                                    .map(each ->
                                            history.names().of(each.effect().id()))
                                    .collect(Collectors.joining(", "))
                            + (found.size() > SHOWN ? " and others" : "") + ". Type more of it");
        }
        return found.getFirst();
    }

    private static List<Origin> origins(Link link) {
        List<Origin> all = new ArrayList<>();
        switch (link) {
            case Link.Of of -> of.causes().forEach(cause -> all.addAll(origins(cause)));
            case Link.Input input -> {
                if (input.logged() instanceof Logged.Arrived arrived) {
                    all.add(arrived.origin());
                }
            }
            case Link.Note note -> {}
        }
        return all;
    }
}
