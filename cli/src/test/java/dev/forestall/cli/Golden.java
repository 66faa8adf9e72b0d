package dev.forestall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that hold what people and programs read. {@code ./dev golden} rewrites them; the difference is reviewed like code. */
public final class Golden {

    private Golden() {}

    /** Holds a text against the golden file of that name, or rewrites the file. */
    public static void check(String name, String text) {
        Path file = Path.of("src/test/resources/golden", name);
        try {
            if ("write".equals(System.getProperty("forestall.golden"))) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            }
            assertThat(file).as("golden file; `./dev golden cli` writes it").exists();
            assertThat(text).isEqualTo(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
