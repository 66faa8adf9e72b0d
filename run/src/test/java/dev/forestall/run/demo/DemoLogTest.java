package dev.forestall.run.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoLogTest {

    @Test
    void the_same_seed_writes_the_same_bytes_and_another_one_does_not(@TempDir Path folder) throws IOException {
        DemoLog.write(folder.resolve("a.csv"), 7, 300);
        DemoLog.write(folder.resolve("b.csv"), 7, 300);
        DemoLog.write(folder.resolve("c.csv"), 8, 300);

        assertThat(folder.resolve("b.csv")).hasSameBinaryContentAs(folder.resolve("a.csv"));
        assertThat(Files.mismatch(folder.resolve("a.csv"), folder.resolve("c.csv")))
                .isNotNegative();
    }

    @Test
    void every_application_begins_and_within_it_time_does_not_go_back(@TempDir Path folder) throws IOException {
        Path csv = folder.resolve("log.csv");
        DemoLog.write(csv, 1, 500);

        String before = "";
        String at = "";
        int begun = 0;
        for (String line : sound(Files.readAllLines(csv))) {
            String[] columns = line.split(",", -1);
            if (columns[0].equals(before)) {
                assertThat(columns[2]).isGreaterThanOrEqualTo(at);
            } else {
                assertThat(columns[1]).isEqualTo("A_SUBMITTED");
                begun++;
            }
            before = columns[0];
            at = columns[2];
        }
        assertThat(begun).isEqualTo(500);
    }

    /** Without the header and the lines that are damaged on purpose. */
    private static List<String> sound(List<String> lines) {
        return lines.stream()
                .skip(1)
                .filter(line -> line.split(",", -1).length == 7)
                .filter(line -> !line.contains("at noon") && !line.contains("X_") && !line.contains("ten thousand"))
                .toList();
    }
}
