package dev.forestall.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.cli.Console;
import dev.forestall.cli.Exit;
import dev.forestall.cli.text.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CliGuideTest {

    private static final Set<String> OF_ALL = Set.of("--help", "--debug");

    private final CommandLine line = Commands.line(
            new Console(
                    new PrintStream(OutputStream.nullOutputStream()),
                    new PrintStream(OutputStream.nullOutputStream()),
                    Terminal.NONE),
            List.of(Commands.values()));

    @Test
    void the_guide_has_a_section_for_each_command_and_no_other() {
        List<String> sections = guide().lines()
                .filter(each -> each.startsWith("### "))
                .map(each -> each.substring(4))
                .toList();
        assertThat(sections).containsExactlyElementsOf(line.getSubcommands().keySet());
    }

    @Test
    void the_guide_describes_each_option_of_each_command_and_no_other() {
        line.getSubcommands().forEach((name, command) -> {
            Set<String> declared = new TreeSet<>(options(command));
            command.getSubcommands().values().forEach(below -> declared.addAll(options(below)));
            if (!name.equals("help")) {
                assertThat(described(name)).as(name).isEqualTo(declared);
            }
        });
    }

    @Test
    void the_guide_lists_the_exit_codes() {
        for (Exit exit : Exit.values()) {
            assertThat(guide()).contains("| " + exit.code() + " | " + exit.meaning() + " |");
        }
    }

    private static Set<String> options(CommandLine command) {
        Set<String> names = new TreeSet<>();
        command.getCommandSpec().options().forEach(option -> names.add(option.longestName()));
        names.removeAll(OF_ALL);
        return names;
    }

    private static Set<String> described(String command) {
        Set<String> names = new TreeSet<>();
        String section = guide().split("\n### " + command + "\n")[1].split("\n##")[0];
        section.lines()
                .filter(each -> each.startsWith("| `--"))
                .forEach(each -> names.add(each.substring(3, each.indexOf('`', 3))));
        return names;
    }

    private static String guide() {
        try {
            return Files.readString(Path.of("../docs/guides/cli.md"));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
