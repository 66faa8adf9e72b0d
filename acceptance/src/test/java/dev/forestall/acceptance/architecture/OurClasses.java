package dev.forestall.acceptance.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.forestall.acceptance.JavaText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The classes that the walls are held for, and classes planted to see the walls hold. */
final class OurClasses {
    static final String ROOT = "dev.forestall";

    private OurClasses() {}

    /** The product's compiled classes, of every module that these tests can see, without any tests. */
    static JavaClasses ofTheProduct() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    /** Compiles texts, keyed by class name, and reads back only their classes. */
    static JavaClasses planted(Path directory, Map<String, String> textByClass) {
        return new ClassFileImporter().importPath(JavaText.compile(directory, textByClass));
    }

    /** What the rule says against these classes, one line for each violation. */
    static List<String> violations(ArchRule rule, JavaClasses classes) {
        return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails();
    }
}
