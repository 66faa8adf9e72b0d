package dev.forestall.pack.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.pack.PackGrammar;
import dev.forestall.pack.Packs;
import dev.forestall.pack.grammar.Shape.Either;
import dev.forestall.pack.grammar.Shape.Fields;
import dev.forestall.pack.grammar.Shape.Many;
import dev.forestall.pack.grammar.Shape.Named;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Items;
import dev.forestall.pack.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GrammarTest {

    private static final Path EVERY_KEY = Path.of("src/test/resources/every-key.yaml");

    @Test
    void a_pack_with_every_key_compiles() {
        assertThat(Packs.check(EVERY_KEY).problems()).isEmpty();
    }

    @Test
    void that_pack_really_has_every_key() throws IOException {
        Problems problems = new Problems();
        Source source = Objects.requireNonNull(Source.ofText(Files.readString(EVERY_KEY), null, problems));
        assertThat(problems.sorted()).isEmpty();
        Set<String> used = new TreeSet<>();
        used(source.content(), PackGrammar.PACK, used);
        assertThat(used).containsExactlyElementsOf(keys());
    }

    /** Detectors declare their keys beside what reads them: a declaration alone is no reader. */
    private static String withoutDeclarations(String source) {
        return source.replaceAll("Grammar\\.(must|may|fields)\\(\\s*\"[^\"]*\"", "");
    }

    @Test
    void every_key_has_a_meaning_and_the_readers_ask_for_it() throws IOException {
        String readers;
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/forestall/pack"))) {
            readers = files.filter(Files::isRegularFile)
                    .sorted()
                    .map(GrammarTest::read)
                    .map(GrammarTest::withoutDeclarations)
                    .collect(Collectors.joining());
        }
        Set<Fields> all = new java.util.LinkedHashSet<>();
        fields(PackGrammar.PACK, all);
        Set<String> keys = keys();
        // The list that declares the detectors is the one by which they are read.
        all.stream()
                .filter(fields -> fields.name().equals("a signal"))
                .flatMap(fields -> fields.oneOf().stream())
                .forEach(detector -> keys.remove("a signal." + detector));
        assertThat(keys)
                .allSatisfy(key -> assertThat(readers).contains('"' + key.substring(key.indexOf('.') + 1) + '"'));
        assertThat(all)
                .flatExtracting(Fields::keys)
                .allSatisfy(key -> assertThat(key.meaning()).endsWith("."));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    /** Every key of the grammar as {@code what it describes.key}. */
    private static Set<String> keys() {
        Set<Fields> all = new java.util.LinkedHashSet<>();
        fields(PackGrammar.PACK, all);
        Set<String> keys = new TreeSet<>();
        all.forEach(fields -> fields.names().forEach(name -> keys.add(fields.name() + "." + name)));
        return keys;
    }

    private static void fields(Shape shape, Set<Fields> all) {
        switch (shape) {
            case Fields fields -> {
                if (all.add(fields)) {
                    fields.keys().forEach(key -> fields(key.shape(), all));
                }
            }
            case Named named -> fields(named.each(), all);
            case Many many -> fields(many.each(), all);
            case Either either -> either.alternatives().forEach(each -> fields(each, all));
            case Shape.Leaf leaf -> {}
            case Shape.Choice choice -> {}
            case Shape.Whole whole -> {}
        }
    }

    private static void used(Node node, Shape shape, Set<String> used) {
        switch (shape) {
            case Fields fields -> {
                if (node instanceof Entries entries) {
                    entries.entries()
                            .forEach(entry -> fields.key(entry.key().text()).ifPresent(key -> {
                                used.add(fields.name() + "." + key.name());
                                used(entry.value(), key.shape(), used);
                            }));
                }
            }
            case Named named -> {
                if (node instanceof Entries entries) {
                    entries.entries().forEach(entry -> used(entry.value(), named.each(), used));
                }
            }
            case Many many -> {
                if (node instanceof Items items) {
                    items.nodes().forEach(each -> used(each, many.each(), used));
                }
            }
            case Either either ->
                either.alternatives().stream()
                        .filter(each -> Inspection.fits(node, each))
                        .forEach(each -> used(node, each, used));
            case Shape.Leaf leaf -> {}
            case Shape.Choice choice -> {}
            case Shape.Whole whole -> {}
        }
    }
}
