package dev.forestall.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.acceptance.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
    private static final String RECORD = """
            # 0001 We keep records
            Status: accepted        Date: 2026-11

            ## Context
            ## Decision
            ## Consequences
            ## What would change our mind
            """;

    @TempDir
    Path root;

    @Test
    void every_link_between_our_pages_leads_somewhere() {
        assertThat(Pages.brokenLinks(Repository.root())).isEmpty();
    }

    @Test
    void every_decision_has_its_parts_fits_a_page_and_is_in_the_index() {
        assertThat(Pages.problemsOfRecords(Repository.root().resolve("docs/decisions")))
                .isEmpty();
    }

    @Test
    void good_links_are_left_alone() throws IOException {
        write("docs/words.md", "# The words, all of them\n");
        write(
                "README.md",
                "[a](docs/words.md) [b](docs/words.md#the-words-all-of-them) [c](docs) [d](https://example.org/x) `[e](none)`");
        assertThat(Pages.brokenLinks(root)).isEmpty();
    }

    @Test
    void links_to_missing_files_and_headings_are_caught() throws IOException {
        write("docs/words.md", "# The words\n[up](../README.md)\n");
        write("README.md", "[a](docs/word.md) [b](docs/words.md#the-world) [c](#nowhere)");
        assertThat(Pages.brokenLinks(root))
                .containsExactly(
                        "README.md links to docs/word.md, which is not there",
                        "README.md links to docs/words.md#the-world, which is not there",
                        "README.md links to #nowhere, which is not there");
    }

    @Test
    void a_good_record_is_left_alone() throws IOException {
        write("README.md", "[0001](0001-records.md)");
        write("0001-records.md", RECORD);
        assertThat(Pages.problemsOfRecords(root)).isEmpty();
    }

    @Test
    void a_record_that_is_incomplete_too_long_or_not_in_the_index_is_caught() throws IOException {
        write("README.md", "none");
        write("0002-records.md", RECORD.replace("## Context", "") + "and so on\n".repeat(60));
        assertThat(Pages.problemsOfRecords(root))
                .containsExactly(
                        "0002-records.md does not begin with its number",
                        "0002-records.md has no '## Context'",
                        "0002-records.md is longer than a page of 60 lines",
                        "0002-records.md is not in README.md");
    }

    private void write(String name, String text) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
