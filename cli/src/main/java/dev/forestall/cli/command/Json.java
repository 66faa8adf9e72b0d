package dev.forestall.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.forestall.cli.Console;
import java.io.IOException;
import picocli.CommandLine.Option;

/** {@code --json}: one object on standard output, for programs. */
final class Json {

    @Option(
            names = "--json",
            description = "Print one JSON object instead of text; its keys are described in docs/guides/cli.md.")
    private boolean json;

    boolean isAsked() {
        return json;
    }

    /** Writes the one object. */
    interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    static void print(Console console, Writer writer) throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(console.out())
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter()) {
            writer.write(json);
        }
        console.out().println();
    }
}
