package dev.forestall.acceptance.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Set;
import java.util.TreeSet;

/** What stands between a decision and a customer: nothing is sent but what was permitted, and only two modules speak SQL. */
final class SendingRules {

    private static final String DISPATCH = OurClasses.ROOT + ".dispatch.";

    /** All of the dispatcher that a channel may know. */
    private static final Set<String> HANDED_TO_CHANNELS = new TreeSet<>(Set.of(
            DISPATCH + "Channel",
            DISPATCH + "Delivery",
            DISPATCH + "Answer",
            DISPATCH + "Endpoint",
            DISPATCH + "DispatchError",
            DISPATCH + "DispatchException"));

    /** The server keeps who may come in; the command line writes Parquet through a database in memory. */
    private static final Set<String> SPEAK_SQL = new TreeSet<>(Set.of("records", "dispatch", "server", "cli"));

    static final ArchRule CHANNELS_KNOW_WHAT_THEY_ARE_GIVEN = classes()
            .that()
            .resideInAPackage(OurClasses.ROOT + ".channels..")
            .should(new ArchCondition<>("know of the dispatcher only what it hands to them") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                    for (var dependency : user.getDirectDependenciesFromSelf()) {
                        var used = outermost(dependency.getTargetClass().getBaseComponentType());
                        if (used.startsWith(DISPATCH) && !HANDED_TO_CHANNELS.contains(used)) {
                            events.add(violated(dependency, "a channel uses " + dependency.getDescription()));
                        }
                    }
                }
            });

    /** A permit is made by the loop, or read from the bytes of a committed effect; a delivery is made by the dispatcher of a permit. */
    static final ArchRule PERMITS_COME_FROM_COMMITTED_EFFECTS = classes()
            .should(new ArchCondition<>("read permits only where effects are read") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                    for (var call : user.getMethodCallsFromSelf()) {
                        boolean isRead =
                                call.getTargetOwner().getName().equals(OurClasses.ROOT + ".loop.request.Permit")
                                        && call.getName().equals("read");
                        boolean isForTests = ModuleRules.moduleOf(user).equals("testkit");
                        if (isRead && !isForTests && !user.getPackageName().equals(OurClasses.ROOT + ".loop.host")) {
                            events.add(violated(call, "a permit is made of bytes: " + call.getDescription()));
                        }
                    }
                }
            });

    static final ArchRule FEW_SPEAK_SQL = classes()
            .should(new ArchCondition<>("speak SQL only where tables are at home") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                    for (var dependency : user.getDirectDependenciesFromSelf()) {
                        var used = dependency
                                .getTargetClass()
                                .getBaseComponentType()
                                .getPackageName();
                        boolean isSql = used.equals("java.sql") || used.equals("javax.sql");
                        if (isSql && !SPEAK_SQL.contains(ModuleRules.moduleOf(user))) {
                            events.add(violated(dependency, "SQL away from its home: " + dependency.getDescription()));
                        }
                    }
                }
            });

    private SendingRules() {}

    private static String outermost(JavaClass used) {
        return used.getName().replaceFirst("\\$.*", "");
    }
}
