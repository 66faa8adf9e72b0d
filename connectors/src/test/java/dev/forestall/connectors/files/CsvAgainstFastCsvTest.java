package dev.forestall.connectors.files;

import static dev.forestall.connectors.files.Example.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.forestall.loop.host.FileMapping;
import dev.forestall.loop.host.FileMapping.Notation;
import dev.forestall.loop.host.FileMapping.TypeFrom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random well-formed CSV is read as a reader of another make reads it: the same values on the same lines. */
class CsvAgainstFastCsvTest {

    /** No CR alone: before a quote, the other reader takes the line end behind for its second half and joins two records. */
    private static final List<String> PIECES =
            List.of("a", "bc", " ", "\"\"", ",", "\n", "\r\n", "ä", "日本🙂", "word", "1", "'", "\\");

    @TempDir
    Path directory;

    private final FileMapping mapping = mapping()
            .only("userId", "user")
            .type(new TypeFrom.Fixed("contact"))
            .property("channel", "channel", new Notation.Plain())
            .property("note", "note", new Notation.Plain())
            .build();

    @Test
    void the_same_values_on_the_same_lines() {
        for (long seed = 0; seed < 2_000; seed++) {
            String content = content(new Random(seed));
            Path file = Reads.file(directory, "events.csv", content);
            int limit = seed % 2 == 0 ? 1 << 20 : 1 << 10;

            var ours = Reads.all(file, mapping, FileOptions.upTo(Example.LATEST).withRecordLimit(limit));

            assertThat(Reads.told(ours)).as("seed %d: %s", seed, content).isEqualTo(expected(content));
        }
    }

    /** Each of the blocks in which a file is read ends at every place of the pattern once. */
    @Test
    void values_longer_than_what_is_read_at_once() {
        String pattern = "\"\"\r\n,a";
        for (int shift = 0; shift < pattern.length(); shift++) {
            String content = "time,\"user\",channel,note\r\n"
                    + ("2025-01-01,u0," + "x".repeat(shift) + ",\"" + pattern.repeat(100_000) + "\"\r\n")
                    + "2025-01-01,u1," + "y".repeat(70_000 + shift) + ",z\r\n"
                    + ("2025-01-01,u2,\"" + "\"\"".repeat(200_000) + "\",\r\n").repeat(3)
                    + "2025-01-01,u3,,\r\n";
            Path file = Reads.file(directory, "events.csv", content);

            var ours = Reads.all(file, mapping, FileOptions.upTo(Example.LATEST));

            assertThat(Reads.told(ours)).as("shift %d", shift).isEqualTo(expected(content));
        }
    }

    @Test
    void a_line_end_of_two_bytes_of_which_one_was_read_so_far() {
        int readAtFirst = 1 << 18;
        for (int shift = -4; shift < 4; shift++) {
            String header = "time,\"user\",channel,note\r\n";
            String record = "2025-01-01,u0,,";
            String content = header + record + "x".repeat(readAtFirst + shift - header.length() - record.length())
                    + "\r\n2025-01-01,u1,a,b\r\n";
            Path file = Reads.file(directory, "events.csv", content);

            var ours = Reads.all(file, mapping, FileOptions.upTo(Example.LATEST));

            assertThat(Reads.told(ours)).as("shift %d", shift).isEqualTo(expected(content));
        }
    }

    private static List<String> expected(String content) {
        List<String> told = new ArrayList<>();
        for (CsvRecord record : CsvReader.builder().ofCsvRecord(content)) {
            if (record.getStartingLineNumber() > 1) {
                told.add(record.getStartingLineNumber() + ": contact at 2025-01-01T00:00:00Z id  userId="
                        + record.getField(1)
                        + (record.getField(2).isEmpty() ? "" : " channel=" + record.getField(2))
                        + (record.getField(3).isEmpty() ? "" : " note=" + record.getField(3)));
            }
        }
        return told;
    }

    private static String content(Random random) {
        String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
        StringBuilder content = new StringBuilder();
        content.append("time,\"user\",channel,note").append(end);
        for (int i = random.nextInt(60); i > 0; i--) {
            content.append("2025-01-01,u")
                    .append(i)
                    .append(',')
                    .append(value(random))
                    .append(',')
                    .append(value(random));
            content.append(end).append(random.nextInt(8) == 0 ? end : "");
        }
        return content.toString();
    }

    private static String value(Random random) {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            value.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        boolean needsQuotes = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n');
        return needsQuotes || random.nextInt(4) == 0 ? "\"" + value + "\"" : value.toString();
    }
}
