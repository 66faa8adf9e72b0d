package dev.forestall.pack.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problem;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Scalar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {

    private final Problems problems = new Problems();

    @TempDir
    Path folder;

    private Entries content(Path pack) {
        Source source = Objects.requireNonNull(Source.read(pack, problems));
        assertThat(problems.sorted()).isEmpty();
        return source.content();
    }

    @Test
    void every_value_knows_where_it_stands() {
        Source source = Objects.requireNonNull(
                Source.ofText("pack: shop\nevents:\n  contact: { topic: \"a b\" }\n", null, problems));
        Entries events = (Entries) Objects.requireNonNull(source.content().get("events"));
        Entries contact = (Entries) Objects.requireNonNull(events.get("contact"));
        Scalar topic = (Scalar) Objects.requireNonNull(contact.get("topic"));
        assertThat(topic.place()).isEqualTo(new Place("pack.yaml", 3, 21));
        assertThat(topic.textPlace()).isEqualTo(new Place("pack.yaml", 3, 22));
        assertThat(topic.text()).isEqualTo("a b");
    }

    @Test
    void sections_of_several_files_are_put_together() throws IOException {
        Files.writeString(folder.resolve("pack.yaml"), "pack: shop\nevents: { contact: {} }\n");
        Files.writeString(folder.resolve("more.yml"), "events: { visit: {} }\nsignals: {}\n");
        Files.writeString(folder.resolve("readme.md"), "not part of it");
        Entries content = content(folder);
        assertThat(content.entries()).extracting(entry -> entry.key().text()).contains("pack", "events", "signals");
        assertThat(((Entries) Objects.requireNonNull(content.get("events"))).entries())
                .hasSize(2);
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_are_fine() throws IOException {
        Path file = folder.resolve("pack.yaml");
        Files.writeString(file, "\uFEFFpack: shop\r\nevents:\r\n  contact: {}\r\n");
        assertThat(content(file).entries()).hasSize(2);
    }

    @Test
    void aliases_are_expanded() {
        Source source = Objects.requireNonNull(Source.ofText("a: &x { b: c }\nd: *x\n", null, problems));
        assertThat(((Entries) Objects.requireNonNull(source.content().get("d"))).get("b"))
                .isNotNull();
    }

    @Test
    void aliases_that_multiply_without_end_are_refused() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            String before = "*a" + (i - 1);
            laughs.append("a%d: &a%d [%s%s]\n".formatted(i, i, before, (", " + before).repeat(9)));
        }
        assertThat(Source.ofText(laughs.toString(), null, problems)).isNull();
        assertThat(problems.sorted())
                .extracting(Problem::code)
                .containsAnyOf(PackError.TOO_LARGE, PackError.NOT_YAML)
                .hasSize(1);
    }

    @Test
    void a_text_nested_without_end_is_refused() {
        assertThat(Source.ofText("a: " + "[".repeat(200_000), null, problems)).isNull();
        assertThat(problems.sorted())
                .extracting(Problem::code)
                .containsAnyOf(PackError.TOO_LARGE, PackError.NOT_YAML)
                .hasSize(1);
    }

    @Test
    void what_is_no_text_or_too_large_is_refused() throws IOException {
        Path file = folder.resolve("pack.yaml");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0x00});
        assertThat(Source.read(file, problems)).isNull();
        Files.write(file, "a: b\n".repeat(300_000).getBytes(StandardCharsets.UTF_8));
        assertThat(Source.read(file, problems)).isNull();
        assertThat(Source.read(folder.resolve("nowhere"), problems)).isNull();
        assertThat(problems.sorted())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(PackError.NOT_YAML, PackError.TOO_LARGE, PackError.UNREADABLE);
    }
}
