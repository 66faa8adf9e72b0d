package dev.forestall.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What people read when a pack is wrong: each pack in {@code problems/} beside the text that the check says of it. */
class ProblemTextsTest {

    private static final Path PACKS = Path.of("src/test/resources/problems");

    @TestFactory
    Stream<DynamicTest> the_problems_of_a_pack_read_as_reviewed() throws IOException {
        return packs().stream()
                .map(pack -> DynamicTest.dynamicTest(name(pack), () -> {
                    String text =
                            check(pack).stream().map(Problem::toString).collect(Collectors.joining("\n", "", "\n"));
                    Golden.assertSame(text, PACKS.resolve(name(pack) + ".txt"));
                }));
    }

    @Test
    void every_kind_of_problem_is_among_them() throws IOException {
        Set<PackError> seen = EnumSet.noneOf(PackError.class);
        for (Path pack : packs()) {
            check(pack).forEach(problem -> seen.add(problem.code()));
        }
        assertThat(EnumSet.complementOf(EnumSet.copyOf(seen))).isEmpty();
    }

    private static List<Problem> check(Path pack) {
        Packs.Checked checked = Packs.check(pack);
        assertThat(checked.pack().isPresent())
                .isEqualTo(checked.problems().stream().noneMatch(Problem::isError));
        return checked.problems();
    }

    private static List<Path> packs() throws IOException {
        try (Stream<Path> listed = Files.list(PACKS)) {
            return listed.filter(path -> path.toString().endsWith(".yaml") || Files.isDirectory(path))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path pack) {
        return pack.getFileName().toString().replace(".yaml", "");
    }
}
