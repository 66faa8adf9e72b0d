package dev.forestall.acceptance.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static dev.forestall.acceptance.architecture.OurClasses.violations;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.forestall.acceptance.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleRulesTest {
    private static final JavaClasses PRODUCT = OurClasses.ofTheProduct();

    @TempDir
    Path directory;

    @Test
    void modules_use_only_what_they_may() {
        assertThat(violations(ModuleRules.MODULES_USE_WHAT_THEY_MAY, PRODUCT)).isEmpty();
    }

    @Test
    void the_loop_uses_the_jdk_and_jspecify_only() {
        assertThat(violations(ModuleRules.LOOP_USES_THE_JDK_AND_JSPECIFY, PRODUCT))
                .isEmpty();
    }

    @Test
    void libraries_stay_in_the_module_that_hides_them() {
        assertThat(violations(ModuleRules.LIBRARIES_STAY_AT_HOME, PRODUCT)).isEmpty();
    }

    @Test
    void every_module_has_a_rule() {
        assertThat(ModuleRules.MAY_USE.keySet()).containsExactlyInAnyOrderElementsOf(Repository.modules());
    }

    /** Benchmarks are compiled after these tests; that nothing uses them is seen from the others' side. */
    @Test
    void the_classes_of_every_module_with_code_are_looked_at() throws IOException {
        var seen = new TreeSet<String>();
        PRODUCT.forEach(one -> seen.add(ModuleRules.moduleOf(one)));
        for (var module : Repository.modules()) {
            if (!module.equals("benchmarks") && hasClasses(Repository.mainSources(module))) {
                assertThat(seen).contains(module);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "loop, pack",
        "loop, testkit",
        "pack, connectors",
        "pack, embedded",
        "connectors, pack",
        "connectors, embedded",
        "embedded, pack",
        "embedded, connectors",
        "testkit, embedded",
        "cli, testkit",
        "embedded, cli",
        "cli, acceptance",
        "cli, benchmarks",
        "unheardof, loop"
    })
    void a_module_that_uses_another_it_may_not_is_caught(String user, String used) {
        assertThat(violations(ModuleRules.MODULES_USE_WHAT_THEY_MAY, usage(user, "dev.forestall." + used + ".inside")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"pack, loop", "connectors, loop", "embedded, loop", "testkit, loop", "cli, pack", "cli, embedded"})
    void a_module_that_uses_another_it_may_is_left_alone(String user, String used) {
        assertThat(violations(ModuleRules.MODULES_USE_WHAT_THEY_MAY, usage(user, "dev.forestall." + used + ".inside")))
                .isEmpty();
    }

    @Test
    void a_library_in_the_loop_is_caught() {
        assertThatPlanted(ModuleRules.LOOP_USES_THE_JDK_AND_JSPECIFY, usage("loop", "org.apache.commons"))
                .isNotEmpty()
                .allMatch(violation -> violation.startsWith("loop may not use org.apache.commons.Used"));
    }

    @Test
    void a_library_away_from_home_is_caught() {
        assertThatPlanted(ModuleRules.LIBRARIES_STAY_AT_HOME, usage("pack", "org.rocksdb"))
                .isNotEmpty()
                .allMatch(violation -> violation.startsWith("org.rocksdb is at home in embedded only"));
        assertThatPlanted(ModuleRules.LIBRARIES_STAY_AT_HOME, usage("embedded", "org.rocksdb"))
                .isEmpty();
    }

    private static ListAssert<String> assertThatPlanted(ArchRule rule, JavaClasses planted) {
        return assertThat(violations(rule, planted));
    }

    /** A planted class in a module that returns another, planted in a package of its own. */
    private JavaClasses usage(String module, String usedPackage) {
        var userPackage = OurClasses.ROOT + "." + module + ".planted";
        var used = usedPackage + ".Used";
        var planted = OurClasses.planted(
                directory.resolve(module + "-" + usedPackage),
                Map.of(
                        used,
                        "package %s; public class Used {}".formatted(usedPackage),
                        userPackage + ".User",
                        "package %s; class User { %s used() { return new %s(); } }"
                                .formatted(userPackage, used, used)));
        return planted.that(resideInAPackage(userPackage));
    }

    private static boolean hasClasses(Path sources) throws IOException {
        if (!Files.isDirectory(sources)) {
            return false;
        }
        try (var files = Files.walk(sources)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.endsWith(".java") && !name.equals("package-info.java"));
        }
    }
}
