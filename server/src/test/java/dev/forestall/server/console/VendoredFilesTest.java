package dev.forestall.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class VendoredFilesTest {

    private static final Path ASSETS = Path.of("src/main/resources/static/assets");

    @Test
    void what_others_have_written_is_what_they_have_published() throws IOException, GeneralSecurityException {
        for (String line : Files.readAllLines(ASSETS.resolve("SHA256SUMS"))) {
            String[] sumAndName = line.split(" +");
            byte[] file = Files.readAllBytes(ASSETS.resolve(sumAndName[1]));
            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(file)))
                    .as(sumAndName[1])
                    .isEqualTo(sumAndName[0]);
        }
    }
}
