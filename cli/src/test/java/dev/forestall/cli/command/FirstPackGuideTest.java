package dev.forestall.cli.command;

import static dev.forestall.cli.command.Ran.forestall;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial is true: its commands run one after the other and print what it shows, and its corrections can be made. */
class FirstPackGuideTest {

    private static final Path GUIDE = Path.of("../docs/guides/first-pack.md");
    private static final String COMMAND = "    ./forestall ";
    private static final String COPY = "    cp ";

    @TempDir
    Path directory;

    private String printed = "";
    private int commands;
    private int compared;

    @Test
    void every_command_of_the_tutorial_runs_and_prints_what_it_shows() throws IOException {
        List<String> lines = Files.readAllLines(GUIDE);
        List<List<String>> before = new ArrayList<>();
        List<List<String>> after = new ArrayList<>();
        boolean isAfter = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(COMMAND)) {
                correct(before, after);
                isAfter = false;
                run(line.substring(COMMAND.length()).split(" "));
            } else if (line.startsWith(COPY)) {
                String[] words = line.substring(COPY.length()).split(" ");
                Files.copy(directory.resolve(words[0]), directory.resolve(words[1]));
            } else if (line.equals("write")) {
                isAfter = true;
            } else if (line.endsWith("Instead of")) {
                isAfter = false;
            } else if (line.startsWith("```")) {
                List<String> block = lines.subList(
                        i + 1, i + 1 + lines.subList(i + 1, lines.size()).indexOf("```"));
                i += block.size() + 1;
                if (!line.equals("```yaml")) {
                    compare(block);
                } else if (isAfter) {
                    after.add(block);
                } else {
                    before.add(block);
                }
            }
        }
        assertThat(commands).isEqualTo(6);
        assertThat(compared).isGreaterThan(8);
    }

    private void run(String... words) {
        List<Object> arguments = Arrays.stream(words)
                .map(word -> word.startsWith("-") || word.matches("[a-z]+|[0-9]+|goes_wrong") && !word.equals("tour")
                        ? word
                        : directory.resolve(word))
                .collect(Collectors.toCollection(ArrayList::new));
        if (words[0].equals("replay")) {
            arguments.addAll(List.of("--data", directory.resolve("data")));
        }
        Ran ran = forestall(arguments.toArray());
        assertThat(ran.code()).as(ran.err()).isZero();
        printed = ran.out();
        commands++;
    }

    private void compare(List<String> block) {
        for (String line : block) {
            assertThat(printed).contains(line);
            compared++;
        }
    }

    /** What the page says to write instead, done to the pack. */
    private void correct(List<List<String>> before, List<List<String>> after) throws IOException {
        assertThat(after).hasSameSizeAs(before);
        Path pack = directory.resolve("my-pack/pack.yaml");
        for (int i = 0; i < before.size(); i++) {
            String text = Files.readString(pack);
            String old = String.join("\n", before.get(i));
            assertThat(text).contains(old);
            Files.writeString(pack, text.replace(old, String.join("\n", after.get(i))));
        }
        before.clear();
        after.clear();
    }
}
