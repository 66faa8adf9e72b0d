package dev.forestall.connectors.files;

import static dev.forestall.connectors.files.Example.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.loop.event.Placeholders;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that stand in the place of an identifier and name nobody: they join nobody, and are counted. */
class PlaceholdersTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "undefined",
                "null",
                "NULL",
                " Unknown ",
                "n/a",
                "0",
                "guest",
                "anonymous",
                "[object Object]",
                "00000000-0000-0000-0000-000000000000",
                "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"
            })
    void a_word_that_programs_write_when_they_have_no_identifier_names_nobody(String word) {
        assertThat(Placeholders.isPlaceholder(word)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "00",
                "u0",
                "nullable",
                "guest-17",
                "11111111-1111-1111-1111-111111111111",
                "00000000-0000-0000-0000-000000000001",
                "0000000000000000000000000000000000000"
            })
    void whatever_else_may_be_somebody(String value) {
        assertThat(Placeholders.isPlaceholder(value)).isFalse();
    }

    @Test
    void who_comes_with_a_placeholder_and_another_identifier_is_known_by_that_one() {
        Path file = Reads.file(directory, "log.csv", """
                user,tablet,event,time
                undefined,t1,visit,2025-03-01T10:00:00Z
                undefined,t2,visit,2025-03-01T10:00:00Z
                ann,t3,visit,2025-03-01T10:00:00Z
                null,,visit,2025-03-01T10:00:00Z
                """);
        var plain = mapping().only("userId", "user", "device", "tablet").build();
        try (FileSource source = FileSource.open(file, plain, Example.PLAN, FileOptions.upTo(Example.LATEST))) {
            assertThat(Reads.told(Reads.rest(source)))
                    .containsExactly(
                            "2: visit at 2025-03-01T10:00:00Z id  device=t1",
                            "3: visit at 2025-03-01T10:00:00Z id  device=t2",
                            "4: visit at 2025-03-01T10:00:00Z id  userId=ann device=t3",
                            "5: EVT-002 user, tablet: found a word that names nobody, expected whom the event is about");
            assertThat(source.remarks())
                    .containsExactly(
                            "in 3 records of log.csv a word that names nobody, such as null, undefined or 0, stands"
                                    + " for userId; it was taken for none");
        }
    }
}
