package dev.forestall.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WallsTest {

    @Test
    void only_the_wiring_knows_which_host_runs_the_loop() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(EngineWiring.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.forestall.embedded..")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.forestall.server"));
    }
}
