package dev.forestall.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.pack.grammar.KeyTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide of packs says what is true: its examples compile, its tables are those of the grammar. */
class GuideTest {

    private static final Path GUIDE = Path.of("../docs/guides/packs.md");
    private static final Pattern TABLE = Pattern.compile("<!-- keys: ([^>]*) -->\n(.*?)<!-- end -->", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void its_examples_are_one_pack_without_problems() throws IOException {
        List<Examples.Example> examples = Examples.ofGuide();
        assertThat(examples).hasSizeGreaterThan(15);
        Files.writeString(folder.resolve("pack.yaml"), examples.getFirst().text());
        for (int i = 1; i < examples.size(); i++) {
            Files.writeString(
                    folder.resolve("part-%02d.yaml".formatted(i)),
                    examples.get(i).text());
        }
        write("workflows/call-back.bpmn");
        write("messages/payment-reminder.liquid");
        assertThat(Packs.check(folder).problems()).isEmpty();
    }

    private void write(String file) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), "written elsewhere");
    }

    @Test
    void its_tables_are_those_of_the_grammar() throws IOException {
        String guide = Files.readString(GUIDE);
        Matcher table = TABLE.matcher(guide);
        StringBuilder written = new StringBuilder();
        while (table.find()) {
            String name = table.group(1);
            String rows = "<!-- keys: " + name + " -->\n" + KeyTables.of(name) + "<!-- end -->";
            table.appendReplacement(written, Matcher.quoteReplacement(rows));
        }
        table.appendTail(written);
        Golden.assertSame(written.toString(), GUIDE);
    }

    @Test
    void it_has_a_table_for_everything_in_the_grammar() throws IOException {
        List<String> shown = new ArrayList<>();
        Matcher table = TABLE.matcher(Files.readString(GUIDE));
        while (table.find()) {
            shown.add(table.group(1));
        }
        Set<String> all = new TreeSet<>(KeyTables.names());
        assertThat(shown).containsExactlyInAnyOrderElementsOf(all);
    }
}
