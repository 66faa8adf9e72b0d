package dev.forestall.acceptance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.acceptance.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageDocsTest {
    private static final String GOOD = """
            /**
             * Which applications stand still, and since when.
             * In: events of one customer. Out: signals.
             */
            @NullMarked
            package planted;

            import org.jspecify.annotations.NullMarked;
            """;

    @TempDir
    Path sources;

    @Test
    void every_package_of_every_module_says_what_it_is_for_and_is_null_marked() {
        assertThat(Repository.modules().stream()
                        .map(Repository::mainSources)
                        .map(PackageDocs::problems)
                        .flatMap(List::stream))
                .isEmpty();
    }

    @Test
    void a_package_as_it_should_be_is_left_alone() throws IOException {
        plant("package-info.java", GOOD);
        plant("Planted.java", "package planted; class Planted {}");
        assertThat(PackageDocs.problems(sources)).isEmpty();
    }

    @Test
    void a_fully_qualified_annotation_will_do() throws IOException {
        plant("package-info.java", GOOD.replace("@NullMarked", "@org.jspecify.annotations.NullMarked"));
        assertThat(PackageDocs.problems(sources)).isEmpty();
    }

    @Test
    void a_package_without_a_word_is_caught() throws IOException {
        plant("Planted.java", "package planted; class Planted {}");
        assertThat(PackageDocs.problems(sources)).singleElement().asString().contains("has no package-info.java");
    }

    @Test
    void a_package_that_is_not_null_marked_is_caught() throws IOException {
        plant("package-info.java", GOOD.replace("@NullMarked", ""));
        assertThat(PackageDocs.problems(sources)).singleElement().asString().contains("is not @NullMarked");
    }

    @Test
    void one_line_is_too_few_and_nine_are_too_many() throws IOException {
        plant(
                "package-info.java",
                "/** The planted package. */\n@org.jspecify.annotations.NullMarked\npackage planted;");
        assertThat(PackageDocs.problems(sources)).singleElement().asString().contains("has 1 lines");
        plant("package-info.java", GOOD.replace(" * In:", " * line\n".repeat(7) + " * In:"));
        assertThat(PackageDocs.problems(sources)).singleElement().asString().contains("has 9 lines");
    }

    private void plant(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(sources.resolve("planted")).resolve(name), text);
    }
}
