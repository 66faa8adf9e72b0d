package dev.forestall.pack.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.forestall.pack.Examples;
import dev.forestall.pack.PackGrammar;
import dev.forestall.pack.Packs;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class JsonSchemaTest {

    private static final Path FILE = Path.of("src/main/resources/pack.schema.json");

    /** What the schema can see: the look of keys and values, not what they mean. */
    private static final Set<PackError> VISIBLE =
            EnumSet.of(PackError.UNKNOWN_KEY, PackError.WRONG_VALUE, PackError.NOT_EXACTLY_ONE);

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PackGrammar.schema());

    @Test
    void the_schema_that_editors_use_is_that_of_the_grammar() throws IOException {
        Examples.assertGolden(PackGrammar.schema(), FILE);
    }

    @TestFactory
    Stream<DynamicTest> it_accepts_every_example() throws IOException {
        return Examples.all().stream()
                .map(example -> DynamicTest.dynamicTest(
                        example.name(), () -> assertThat(errors(example.text())).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> it_refuses_what_looks_wrong() {
        return Stream.of("keys", "values")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    String text = Files.readString(Path.of("src/test/resources/problems/" + name + ".yaml"));
                    // Keys that stand there twice cannot be told from JSON.
                    String single = text.replace("  twice:\n    repeat: { of: contact, times: 3, within: 7d }\n", "");
                    List<String> refused =
                            errors(single).stream().map(error -> path(error)).toList();
                    for (Problem problem : Packs.checkText(single).problems()) {
                        if (VISIBLE.contains(problem.code())) {
                            String section = problem.path().isEmpty()
                                    ? ""
                                    : problem.path().split("\\.")[0];
                            assertThat(refused).as(problem.toString()).anyMatch(each -> each.startsWith(section));
                        }
                    }
                }));
    }

    private static String path(Error error) {
        return error.getInstanceLocation().toString().replaceFirst("^[$/.]+", "");
    }

    private List<Error> errors(String yaml) {
        return schema.validate(Examples.json(yaml), InputFormat.JSON);
    }
}
