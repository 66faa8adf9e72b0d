package dev.forestall.acceptance.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Pairs of planted classes, one of which uses the other: what the walls are tried with. */
final class PlantedUsages {
    private PlantedUsages() {}

    /**
     * Plants a pair of classes for each usage, compiles all in one go, and judges each user by itself.
     *
     * @param packageOf the package that a name in a usage stands for
     * @param usages such as {@code "pack > loop"}: a class in {@code pack} has a field of a type in {@code loop}
     * @param verdict receives a set of one class, the user
     */
    static Stream<DynamicTest> each(
            Path directory, UnaryOperator<String> packageOf, List<String> usages, Consumer<JavaClasses> verdict) {
        var texts = new LinkedHashMap<String, String>();
        for (int i = 0; i < usages.size(); i++) {
            var pair = usages.get(i).split(" > ", -1);
            var userPackage = packageOf.apply(pair[0]);
            var usedPackage = packageOf.apply(pair[1]);
            texts.put(usedPackage + ".Used" + i, "package %s; public class Used%d {}".formatted(usedPackage, i));
            texts.put(
                    userPackage + ".User" + i,
                    "package %s; class User%d { %s.Used%d[] used; }".formatted(userPackage, i, usedPackage, i));
        }
        var planted = OurClasses.planted(directory, texts);
        return IntStream.range(0, usages.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        usages.get(i),
                        () -> verdict.accept(planted.that(DescribedPredicate.describe(
                                "User" + i, one -> one.getSimpleName().equals("User" + i))))));
    }
}
