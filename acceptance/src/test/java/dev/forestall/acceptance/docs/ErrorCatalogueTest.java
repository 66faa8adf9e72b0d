package dev.forestall.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.forestall.acceptance.Repository;
import dev.forestall.loop.event.ErrorCode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorCatalogueTest {
    private enum Planted implements ErrorCode {
        LOST("PLA-001", "it is lost"),
        FOUND("PLA-002", "it is found");

        private final String code;
        private final String title;

        Planted(String code, String title) {
            this.code = code;
            this.title = title;
        }

        @Override
        public String code() {
            return code;
        }

        @Override
        public String title() {
            return title;
        }
    }

    /** Speaks with the letters and a number of {@link Planted}. */
    private enum Intruder implements ErrorCode {
        LOUD("PLA-002", "it is found"),
        MISSPELT("pla-3", "it is misspelt");

        private final String code;
        private final String title;

        Intruder(String code, String title) {
            this.code = code;
            this.title = title;
        }

        @Override
        public String code() {
            return code;
        }

        @Override
        public String title() {
            return title;
        }
    }

    private static final List<ErrorCode> CODES = List.of(Planted.values());
    private static final String GOOD = """
            # Errors
            ```
            ### XYZ-001 An example
            ```
            ## PLA: planted
            ### PLA-001 It is lost
            It was there before.

            What to do: look for it.

            ### PLA-002 It is found
            Somebody found it.

            What to do: be glad.
            """;

    @Test
    void the_catalogue_and_the_code_are_equal() {
        var ours = codesOfTheProduct();
        assertThat(ours).isNotEmpty();
        assertThat(ErrorCatalogue.problems(
                        ours, Repository.text(Repository.root().resolve("docs/errors.md"))))
                .isEmpty();
    }

    /** What reads a stored code back makes it anew, whoever it was of; it is private, and says nothing of its own. */
    @Test
    void every_kind_of_error_code_is_an_enum_so_that_all_can_be_found() {
        assertThat(classesOfCodes()
                        .filter(kind -> !kind.isEnum())
                        .filter(kind -> !kind.getModifiers().contains(JavaModifier.PRIVATE))
                        .map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void a_good_catalogue_is_left_alone() {
        assertThat(ErrorCatalogue.problems(CODES, GOOD)).isEmpty();
    }

    @Test
    void a_code_without_a_section_is_caught() {
        assertThat(ErrorCatalogue.problems(CODES, GOOD.substring(0, GOOD.indexOf("### PLA-002"))))
                .containsExactly("PLA-002 (it is found) has no section");
    }

    @Test
    void a_section_without_a_code_is_caught() {
        assertThat(ErrorCatalogue.problems(List.of(Planted.LOST), GOOD))
                .containsExactly("PLA-002 has a section but is not in the code");
    }

    @Test
    void a_title_that_differs_is_caught() {
        assertThat(ErrorCatalogue.problems(CODES, GOOD.replace("It is lost", "It is gone")))
                .containsExactly("PLA-001 is 'it is lost' in the code and 'It is gone' in the catalogue");
    }

    @Test
    void a_section_that_does_not_explain_is_caught() {
        assertThat(ErrorCatalogue.problems(CODES, GOOD.replace("It was there before.", "")))
                .containsExactly("PLA-001 does not say what it means");
    }

    @Test
    void a_section_that_does_not_help_is_caught() {
        assertThat(ErrorCatalogue.problems(CODES, GOOD.replace("What to do: be glad.", "")))
                .singleElement()
                .asString()
                .startsWith("PLA-002 does not say what to do");
    }

    @Test
    void a_section_that_stands_twice_is_caught() {
        assertThat(ErrorCatalogue.problems(CODES, GOOD + GOOD.substring(GOOD.indexOf("### PLA-002"))))
                .containsExactly("PLA-002 has two sections");
    }

    @Test
    void sections_out_of_order_are_caught() {
        int second = GOOD.indexOf("### PLA-002");
        int first = GOOD.indexOf("### PLA-001");
        var swapped = GOOD.substring(0, first) + GOOD.substring(second) + GOOD.substring(first, second);
        assertThat(ErrorCatalogue.problems(CODES, swapped)).containsExactly("PLA-001 stands behind PLA-002");
    }

    @Test
    void codes_that_clash_or_are_malformed_are_caught() {
        var clashing =
                Stream.concat(CODES.stream(), Stream.of(Intruder.values())).toList();
        assertThat(ErrorCatalogue.problems(clashing, GOOD))
                .contains(
                        "PLA-002 names two things in the code: FOUND and LOUD",
                        "PLA-002 has the letters of Planted",
                        "pla-3 in the code is not of the form ABC-123");
    }

    private static List<ErrorCode> codesOfTheProduct() {
        return classesOfCodes()
                .filter(JavaClass::isEnum)
                .map(JavaClass::reflect)
                .flatMap(kind -> Stream.of(kind.getEnumConstants()))
                .map(ErrorCode.class::cast)
                .toList();
    }

    private static Stream<JavaClass> classesOfCodes() {
        return new ClassFileImporter()
                .importPackages("dev.forestall").stream()
                        .filter(kind -> !kind.getPackageName().startsWith("dev.forestall.acceptance"))
                        .filter(kind -> !kind.isInterface() && kind.isAssignableTo(ErrorCode.class))
                        .filter(kind -> !isConstantOfAnEnum(kind));
    }

    /** A constant with a body is a class of its own, below its enum. */
    private static boolean isConstantOfAnEnum(JavaClass kind) {
        return kind.getRawSuperclass().map(JavaClass::isEnum).orElse(false);
    }
}
