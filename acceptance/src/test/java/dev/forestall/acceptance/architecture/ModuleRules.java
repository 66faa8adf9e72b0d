package dev.forestall.acceptance.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which module may use which other, and which library is seen by one module alone. */
final class ModuleRules {
    /** What each module may use beside itself. The command line is the only place where the parts meet. */
    static final Map<String, List<String>> MAY_USE = new TreeMap<>(Map.ofEntries(
            Map.entry("loop", List.of()),
            Map.entry("pack", List.of("loop")),
            Map.entry("connectors", List.of("loop")),
            Map.entry("embedded", List.of("loop")),
            Map.entry("learning", List.of("loop")),
            Map.entry("onnx", List.of("loop", "pack")),
            Map.entry("testkit", List.of("loop")),
            Map.entry("views", List.of("loop")),
            Map.entry("cli", List.of("loop", "pack", "connectors", "embedded", "learning", "onnx", "views")),
            Map.entry("benchmarks", List.of("loop", "pack", "connectors", "embedded", "learning")),
            Map.entry(
                    "acceptance",
                    List.of("loop", "pack", "connectors", "embedded", "learning", "onnx", "testkit", "views", "cli"))));

    /** Where each library is at home, so that replacing it stays a matter of one module. */
    private static final Map<String, String> HOME = new TreeMap<>(Map.of(
            "com.alibaba.fastjson2", "connectors",
            "de.siegmar.fastcsv", "connectors",
            "dev.cel", "pack",
            "org.snakeyaml", "pack",
            "ml.dmlc.xgboost4j", "learning",
            "de.bwaldvogel.liblinear", "learning",
            "ai.onnxruntime", "onnx",
            "org.rocksdb", "embedded",
            "org.duckdb", "cli",
            "picocli", "cli"));

    static final ArchRule MODULES_USE_WHAT_THEY_MAY = classes()
            .should(new ArchCondition<>("use only the modules they may use") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                    var allowed = MAY_USE.get(moduleOf(user));
                    if (allowed == null) {
                        events.add(violated(user, user.getName() + " is in no known module: " + MAY_USE.keySet()));
                        return;
                    }
                    for (var dependency : user.getDirectDependenciesFromSelf()) {
                        var used = dependency.getTargetClass().getBaseComponentType();
                        if (isOurs(used)
                                && !moduleOf(used).equals(moduleOf(user))
                                && !allowed.contains(moduleOf(used))) {
                            events.add(violated(
                                    dependency, moduleOf(user) + " may not use " + moduleOf(used) + said(dependency)));
                        }
                    }
                }
            });

    static final ArchRule LOOP_USES_THE_JDK_AND_JSPECIFY = classes()
            .that()
            .resideInAPackage(OurClasses.ROOT + ".loop..")
            .should(new ArchCondition<>("use only the JDK and JSpecify") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                    for (var dependency : user.getDirectDependenciesFromSelf()) {
                        var used = dependency.getTargetClass().getBaseComponentType();
                        if (!isOurs(used)
                                && !used.isPrimitive()
                                && !isIn(used, "java")
                                && !isIn(used, "org.jspecify")) {
                            events.add(violated(dependency, "loop may not use " + used.getName() + said(dependency)));
                        }
                    }
                }
            });

    static final ArchRule LIBRARIES_STAY_AT_HOME = classes()
            .should(new ArchCondition<>("use a library only where it is at home") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                    for (var dependency : user.getDirectDependenciesFromSelf()) {
                        var used = dependency.getTargetClass().getBaseComponentType();
                        HOME.forEach((library, home) -> {
                            if (isIn(used, library) && !home.equals(moduleOf(user))) {
                                events.add(violated(
                                        dependency, library + " is at home in " + home + " only" + said(dependency)));
                            }
                        });
                    }
                }
            });

    private ModuleRules() {}

    /** The first part of the package after the root; empty for a class in the root itself. */
    static String moduleOf(JavaClass ours) {
        var rest = ours.getPackageName()
                .substring(Math.min(
                        OurClasses.ROOT.length() + 1, ours.getPackageName().length()));
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    private static boolean isOurs(JavaClass used) {
        return isIn(used, OurClasses.ROOT);
    }

    private static boolean isIn(JavaClass used, String root) {
        return used.getPackageName().equals(root) || used.getPackageName().startsWith(root + ".");
    }

    private static String said(Dependency dependency) {
        return ": " + dependency.getDescription();
    }
}
