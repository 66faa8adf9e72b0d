package dev.forestall.acceptance.docs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.forestall.acceptance.JavaText;
import dev.forestall.acceptance.Repository;
import dev.forestall.acceptance.architecture.NothingAmbient;
import dev.forestall.acceptance.architecture.StageRules;
import dev.forestall.loop.signal.Detector;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The worked example of how to add a detector: it compiles, keeps the rules of the loop, and its own test passes. */
class ContributingTest {
    private static final String DETECTOR = "dev.forestall.loop.signal.Pile";
    private static final String TEST_OF_IT = "dev.forestall.loop.signal.PileTest";

    @TempDir
    Path directory;

    @Test
    void the_page_shows_a_detector_and_its_test_as_whole_classes() {
        assertThat(examples().keySet()).containsExactly(DETECTOR, TEST_OF_IT);
    }

    @Test
    void the_example_keeps_the_rules_of_the_loop() {
        var detector = new ClassFileImporter()
                .importPath(JavaText.compile(directory, examples()))
                .that(DescribedPredicate.not(simpleNameEndingWith("Test")));
        assertThat(detector.contain(DETECTOR)).isTrue();
        NothingAmbient.LOOP_REACHES_NOTHING_AMBIENT.check(detector);
        StageRules.STAGES_LOOK_LEFT.check(detector);
    }

    @TestFactory
    Stream<DynamicTest> the_test_in_the_example_passes() throws ReflectiveOperationException, IOException {
        var testClass = defined(JavaText.compile(directory, examples()));
        Constructor<?> constructor = testClass.getDeclaredConstructor();
        constructor.setAccessible(true);
        var tests = Arrays.stream(testClass.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .sorted(comparing(Method::getName))
                .toList();
        assertThat(tests).hasSizeGreaterThan(2);
        return tests.stream()
                .map(test -> DynamicTest.dynamicTest(test.getName(), () -> run(test, constructor.newInstance())));
    }

    private static void run(Method test, Object instance) throws Throwable {
        try {
            test.setAccessible(true);
            test.invoke(instance);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    /** Defines the compiled classes beside the loop's own signals, so that they may use what is private to that package. */
    private static Class<?> defined(Path compiled) throws IOException, IllegalAccessException {
        var beside = MethodHandles.privateLookupIn(Detector.class, MethodHandles.lookup());
        var byName = new TreeMap<String, Class<?>>();
        try (var files = Files.walk(compiled)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var one = beside.defineClass(Files.readAllBytes(file));
                byName.put(one.getName(), one);
            }
        }
        return requireNonNull(byName.get(TEST_OF_IT));
    }

    private static SequencedMap<String, String> examples() {
        return JavaBlocks.wholeClasses(Repository.text(Repository.root().resolve("CONTRIBUTING.md")));
    }
}
