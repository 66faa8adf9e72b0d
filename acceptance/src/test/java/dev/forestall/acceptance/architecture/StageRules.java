package dev.forestall.acceptance.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;

/** The loop reads from left to right: a stage uses what stands to its left, and only the loop itself uses all. */
public final class StageRules {
    private static final String LOOP = OurClasses.ROOT + ".loop";

    /** The packages of the loop from left to right. The last, without a name, is the loop's own package. */
    static final List<String> ORDER = List.of(
            "event",
            "report",
            "state",
            "expression",
            "identity",
            "profile",
            "journey",
            "signal",
            "feature",
            "risk",
            "reason",
            "trigger",
            "alert",
            "gate",
            "action",
            "request",
            "roi",
            "");

    /** What hosts need: it may name anything in the loop, and nothing in the loop may name it. */
    private static final String HOST = "host";

    public static final ArchRule STAGES_LOOK_LEFT = classes()
            .that()
            .resideInAPackage(LOOP + "..")
            .should(new ArchCondition<>("use only what stands left") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                    var stage = stageOf(user);
                    if (!stage.equals(HOST) && !ORDER.contains(stage)) {
                        events.add(violated(
                                user, user.getName() + " is in no known stage; the stages are " + ORDER + " and host"));
                        return;
                    }
                    for (var dependency : user.getDirectDependenciesFromSelf()) {
                        var used = dependency.getTargetClass().getBaseComponentType();
                        if (isInLoop(used) && !mayUse(stage, stageOf(used))) {
                            events.add(violated(
                                    dependency,
                                    "'" + stage + "' may not use '" + stageOf(used) + "': "
                                            + dependency.getDescription()));
                        }
                    }
                }
            });

    private StageRules() {}

    private static boolean mayUse(String stage, String used) {
        if (used.equals(stage) || stage.equals(HOST)) {
            return true;
        }
        return ORDER.contains(used) && ORDER.indexOf(used) < ORDER.indexOf(stage);
    }

    private static boolean isInLoop(JavaClass used) {
        return used.getPackageName().equals(LOOP) || used.getPackageName().startsWith(LOOP + ".");
    }

    /** The first part of the package below the loop's; a stage may be divided further. */
    private static String stageOf(JavaClass inLoop) {
        if (inLoop.getPackageName().equals(LOOP)) {
            return "";
        }
        var rest = inLoop.getPackageName().substring(LOOP.length() + 1);
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}
