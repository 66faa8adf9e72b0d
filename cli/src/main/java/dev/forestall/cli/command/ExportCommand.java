package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.CliError;
import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.embedded.EmbeddedHost;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.History;
import dev.forestall.pack.Pack;
import dev.forestall.pack.PackException;
import dev.forestall.run.DataFolder;
import dev.forestall.views.look.ExportJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forestall export CUSTOMER}: all that is kept of a customer, for the customer. */
@Command(
        name = "export",
        description = {
            "Write all that is kept of one customer as JSON, for the customer themselves.",
            "Nothing is masked: identifiers, every event and report with all that it said, and everything that followed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It was written.",
            "2:An option or argument is wrong, or the file is there already.",
            "3:The data directory cannot be used.",
            "4:Nothing is known of this customer, or several customers are known by this name.",
            "69:The server of --url cannot be reached.",
            "77:The key may not do it."
        })
final class ExportCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "CUSTOMER", description = "The key of the customer, or any identifier.")
    private String key = "";

    @Option(names = "--out", paramLabel = "FILE", description = "A new file to write to. Default: standard output.")
    private @Nullable Path file;

    @Mixin
    private Data data = new Data();

    @Mixin
    private Remote remote = new Remote();

    @Mixin
    private Common common = new Common();

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, PackException {
        Optional<RemoteServer> server = remote.server();
        byte[] export = server.isPresent() ? export(server.get()) : exportHere();
        Path into = file;
        if (into == null) {
            console.out().println(new String(export, StandardCharsets.UTF_8));
        } else {
            write(export, into);
        }
        return Exit.OK.code();
    }

    private static void write(byte[] export, Path into) throws IOException {
        try {
            Files.write(into, export, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException taken) {
            throw CliError.WRONG_VALUE.because(
                    Exit.USAGE, "--out: " + into + " is there already. Name a new file, or remove it");
        }
    }

    private byte[] export(RemoteServer server) {
        String name = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
        return server.get("/api/v1/customers/" + name + "/export").text().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] exportHere() throws IOException, PackException {
        DataFolder folder = data.folder();
        Pack pack = folder.pack();
        try (EmbeddedHost host = folder.open(pack)) {
            History history = host.host().history();
            SubjectId customer = Named.one(key, history.called(key), folder.path());
            History.Standing standing = history.now(customer);
            if (standing.inputs().isEmpty()) {
                throw CliError.NO_SUCH_SUBJECT.because(
                        Exit.NOT_FOUND, "nothing is known of '" + key + "' in " + folder.path());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator json = new JsonFactory().createGenerator(bytes).useDefaultPrettyPrinter()) {
                new ExportJson(json, pack.definition(), host.effectNames())
                        .write(standing, history.identifiers(customer), System.currentTimeMillis());
            }
            return bytes.toByteArray();
        }
    }
}
