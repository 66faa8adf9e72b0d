package dev.forestall.acceptance.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static java.util.Map.entry;

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
            entry("loop", List.of()),
            entry("pack", List.of("loop")),
            entry("connectors", List.of("loop")),
            entry("embedded", List.of("loop")),
            entry("learning", List.of("loop")),
            entry("onnx", List.of("loop", "pack")),
            entry("value", List.of("loop")),
            entry("records", List.of("loop", "views", "value")),
            entry("dispatch", List.of("loop", "records")),
            entry("channels", List.of("loop", "dispatch")),
            entry("testkit", List.of("loop")),
            entry("views", List.of("loop")),
            entry("run", List.of("loop", "pack", "connectors", "embedded", "learning", "onnx", "views")),
            entry("cli", List.of("loop", "pack", "connectors", "embedded", "learning", "onnx", "views", "run")),
            entry(
                    "server",
                    List.of(
                            "loop",
                            "pack",
                            "connectors",
                            "embedded",
                            "run",
                            "views",
                            "records",
                            "dispatch",
                            "channels")),
            entry("benchmarks", List.of("loop", "pack", "connectors", "embedded", "learning")),
            entry(
                    "acceptance",
                    List.of(
                            "loop",
                            "pack",
                            "connectors",
                            "embedded",
                            "learning",
                            "onnx",
                            "testkit",
                            "views",
                            "run",
                            "server",
                            "cli"))));

    /** Where each library is at home, so that replacing it stays a matter of one module. */
    private static final Map<String, String> HOME = new TreeMap<>(Map.ofEntries(
            entry("com.alibaba.fastjson2", "connectors"),
            entry("de.siegmar.fastcsv", "connectors"),
            entry("dev.cel", "pack"),
            entry("org.snakeyaml", "pack"),
            entry("ml.dmlc.xgboost4j", "learning"),
            entry("de.bwaldvogel.liblinear", "learning"),
            entry("ai.onnxruntime", "onnx"),
            entry("org.rocksdb", "embedded"),
            entry("org.postgresql", "records"),
            entry("com.zaxxer.hikari", "records"),
            entry("org.flywaydb", "records"),
            entry("org.apache.commons.compress", "records"),
            entry("org.tukaani.xz", "records"),
            entry("org.springframework", "server"),
            entry("jakarta.servlet", "server"),
            entry("gg.jte", "server"),
            entry("org.apache.hc", "channels"),
            entry("org.duckdb", "cli"),
            entry("picocli", "cli")));

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
