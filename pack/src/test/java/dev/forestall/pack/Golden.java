package dev.forestall.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that people read, kept in files and reviewed like code. {@code ./dev golden} rewrites them. */
final class Golden {

    private Golden() {}

    static boolean isRewriting() {
        return "write".equals(System.getProperty("forestall.golden"));
    }

    static void assertSame(String text, Path file) throws IOException {
        if (isRewriting()) {
            Files.writeString(file, text);
            return;
        }
        assertThat(text).isEqualTo(Files.exists(file) ? Files.readString(file) : "");
    }
}
