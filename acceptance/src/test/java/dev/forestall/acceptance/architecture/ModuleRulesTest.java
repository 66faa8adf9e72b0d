package dev.forestall.acceptance.architecture;

import static dev.forestall.acceptance.architecture.OurClasses.violations;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.forestall.acceptance.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ModuleRulesTest {
    private static final JavaClasses PRODUCT = OurClasses.ofTheProduct();

    @TempDir
    static Path directory;

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

    @TestFactory
    Stream<DynamicTest> a_module_that_uses_another_it_may_not_is_caught() {
        return tried(
                "forbidden",
                ModuleRules.MODULES_USE_WHAT_THEY_MAY,
                false,
                "loop > pack",
                "loop > testkit",
                "pack > connectors",
                "pack > embedded",
                "connectors > pack",
                "connectors > embedded",
                "embedded > pack",
                "embedded > connectors",
                "learning > onnx",
                "onnx > embedded",
                "records > embedded",
                "dispatch > embedded",
                "dispatch > channels",
                "channels > records",
                "views > records",
                "loop > records",
                "testkit > embedded",
                "views > embedded",
                "views > cli",
                "cli > testkit",
                "embedded > cli",
                "cli > acceptance",
                "cli > benchmarks",
                "unheardof > loop");
    }

    @TestFactory
    Stream<DynamicTest> a_module_that_uses_another_it_may_is_left_alone() {
        return tried(
                "allowed",
                ModuleRules.MODULES_USE_WHAT_THEY_MAY,
                true,
                "pack > loop",
                "connectors > loop",
                "embedded > loop",
                "testkit > loop",
                "onnx > pack",
                "cli > pack",
                "cli > embedded",
                "cli > views",
                "views > loop",
                "loop > org.apache.commons");
    }

    @TestFactory
    Stream<DynamicTest> a_library_in_the_loop_is_caught() {
        return tried(
                "library",
                ModuleRules.LOOP_USES_THE_JDK_AND_JSPECIFY,
                false,
                "loop > org.apache.commons",
                "loop > com.fasterxml.jackson");
    }

    @TestFactory
    Stream<DynamicTest> jspecify_in_the_loop_is_left_alone() {
        return tried(
                "jspecify", ModuleRules.LOOP_USES_THE_JDK_AND_JSPECIFY, true, "loop > org.jspecify", "loop > loop");
    }

    @TestFactory
    Stream<DynamicTest> a_library_away_from_home_is_caught() {
        return tried(
                "away",
                ModuleRules.LIBRARIES_STAY_AT_HOME,
                false,
                "pack > org.rocksdb",
                "embedded > dev.cel.parser",
                "cli > com.alibaba.fastjson2",
                "embedded > picocli",
                "cli > ai.onnxruntime",
                "embedded > org.postgresql.jdbc");
    }

    @TestFactory
    Stream<DynamicTest> a_library_at_home_is_left_alone() {
        return tried(
                "home",
                ModuleRules.LIBRARIES_STAY_AT_HOME,
                true,
                "embedded > org.rocksdb",
                "pack > dev.cel.parser",
                "connectors > com.alibaba.fastjson2",
                "cli > picocli");
    }

    private static Stream<DynamicTest> tried(String name, ArchRule rule, boolean passes, String... usages) {
        return PlantedUsages.each(
                directory.resolve(name),
                ModuleRulesTest::packageOf,
                List.of(usages),
                user -> assertThat(violations(rule, user).isEmpty()).isEqualTo(passes));
    }

    /** A name without a dot is a module, one with a dot the package of a library. */
    private static String packageOf(String name) {
        return name.contains(".") || name.equals("picocli") ? name : OurClasses.ROOT + "." + name + ".planted";
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
