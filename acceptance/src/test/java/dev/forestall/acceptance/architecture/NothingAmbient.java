package dev.forestall.acceptance.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The loop answers the same way today, next year and on another machine, so it reaches nothing that could answer
 * differently: clocks, dice, threads, files, the platform's language and zone, collections without an order, and
 * mathematics that differs between processors.
 */
public final class NothingAmbient {
    /** The packages of the JDK that the loop may use, less {@link #BANNED_TYPES}. All others are closed to it. */
    private static final Set<String> OPEN_PACKAGES = Set.of(
            "java.io",
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.runtime",
            "java.math",
            "java.nio",
            "java.nio.charset",
            "java.security",
            "java.time",
            "java.time.chrono",
            "java.time.format",
            "java.time.temporal",
            "java.time.zone",
            "java.util",
            "java.util.concurrent",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "java.util.zip");

    /** In these packages only the types named here: bytes in memory, digests of them, and an answer that is still to come. */
    private static final Set<String> HALF_OPEN_PACKAGES =
            Set.of("java.io", "java.security", "java.util.concurrent", "java.util.zip");

    private static final Set<String> OPEN_TYPES = Set.of(
            "java.io.ByteArrayInputStream",
            "java.io.ByteArrayOutputStream",
            "java.io.DataInput",
            "java.io.DataInputStream",
            "java.io.DataOutput",
            "java.io.DataOutputStream",
            "java.io.EOFException",
            "java.io.IOException",
            "java.io.InputStream",
            "java.io.OutputStream",
            "java.io.Serializable",
            "java.io.UncheckedIOException",
            "java.security.MessageDigest",
            "java.security.NoSuchAlgorithmException",
            // Only the promise that a host makes: the loop runs nothing and waits for nothing.
            "java.util.concurrent.CompletionStage",
            "java.util.zip.CRC32",
            "java.util.zip.CRC32C",
            "java.util.zip.Checksum");

    private static final Set<String> BANNED_TYPES = Set.of(
            "java.lang.ClassLoader",
            "java.lang.InheritableThreadLocal",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.StackWalker",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.time.Clock",
            "java.time.InstantSource",
            "java.util.Calendar",
            "java.util.Date",
            "java.util.GregorianCalendar",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.Hashtable",
            "java.util.IdentityHashMap",
            "java.util.Properties",
            "java.util.Random",
            "java.util.ResourceBundle",
            "java.util.Scanner",
            "java.util.ServiceLoader",
            "java.util.SplittableRandom",
            "java.util.TimeZone",
            "java.util.Timer",
            "java.util.TimerTask",
            "java.util.WeakHashMap");

    /** Types whose objects change: a static field of such a type is memory that all subjects share. */
    private static final Set<String> MUTABLE_TYPES = Set.of(
            "java.lang.StringBuilder",
            "java.util.ArrayDeque",
            "java.util.ArrayList",
            "java.util.BitSet",
            "java.util.EnumMap",
            "java.util.EnumSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.LinkedList",
            "java.util.PriorityQueue",
            "java.util.TreeMap",
            "java.util.TreeSet");

    /** What of Math gives the same bits everywhere; the rest belongs to StrictMath. */
    private static final Set<String> EXACT_MATH = Set.of(
            "abs",
            "absExact",
            "addExact",
            "ceil",
            "ceilDiv",
            "ceilDivExact",
            "ceilMod",
            "clamp",
            "copySign",
            "decrementExact",
            "divideExact",
            "floor",
            "floorDiv",
            "floorDivExact",
            "floorMod",
            "fma",
            "getExponent",
            "incrementExact",
            "max",
            "min",
            "multiplyExact",
            "multiplyFull",
            "multiplyHigh",
            "negateExact",
            "nextAfter",
            "nextDown",
            "nextUp",
            "rint",
            "round",
            "scalb",
            "signum",
            "sqrt",
            "subtractExact",
            "toIntExact",
            "ulp",
            "unsignedMultiplyHigh");

    private static final String USE_ROOT_LOCALE = "text uses Locale.ROOT";
    private static final String USE_DRAW = "chance is a Draw";
    private static final String NAME_THE_ORDER =
            "its order differs from run to run: LinkedHashMap, TreeMap, EnumMap or a List";
    private static final String BELONGS_TO_HOST = "clocks, threads, settings and consoles belong to the host";

    private static final List<Ban> BANNED_CALLS = List.of(
            new Ban(call -> isIn(call, "java.time") && is(call, "now"), "the time is in the input: moment.atMillis()"),
            new Ban(call -> isOf(call, "java.time.ZoneId", "systemDefault"), "a zone is part of the definition"),
            new Ban(
                    call -> isIn(call, "java.time.format")
                            && is(call, "ofPattern", "toFormatter")
                            && !takes(call, "Locale"),
                    USE_ROOT_LOCALE),
            new Ban(call -> isIn(call, "java.time.format") && nameOf(call).startsWith("ofLocalized"), USE_ROOT_LOCALE),
            new Ban(call -> isOf(call, "java.util.Locale", "getDefault", "setDefault"), USE_ROOT_LOCALE),
            new Ban(call -> isOf(call, "java.util.Formatter", "<init>") && !takes(call, "Locale"), USE_ROOT_LOCALE),
            new Ban(call -> isOf(call, "java.lang.String", "formatted"), USE_ROOT_LOCALE),
            new Ban(
                    call -> isOf(call, "java.lang.String", "format", "toLowerCase", "toUpperCase")
                            && !takes(call, "Locale"),
                    USE_ROOT_LOCALE),
            new Ban(
                    call -> isOf(call, "java.lang.String", "getBytes")
                            && parameters(call).isEmpty(),
                    "text is UTF_8, and says so"),
            new Ban(
                    call -> isOf(call, "java.lang.String", "<init>")
                            && takes(call, "byte[]")
                            && !takes(call, "Charset"),
                    "text is UTF_8, and says so"),
            new Ban(call -> isOf(call, "java.nio.charset.Charset", "defaultCharset"), "text is UTF_8, and says so"),
            new Ban(
                    call -> isOf(call, "java.util.UUID", "randomUUID"),
                    "ids are made from subject, input and position"),
            new Ban(call -> isOf(call, "java.lang.StrictMath", "random"), USE_DRAW),
            new Ban(call -> isOf(call, "java.util.Collections", "shuffle"), USE_DRAW),
            new Ban(
                    call -> isOf(call, "java.lang.Math") && !EXACT_MATH.contains(nameOf(call)),
                    "StrictMath gives the same bits everywhere, and chance is a Draw"),
            new Ban(
                    call -> isOf(call, "java.util.Map", "of", "ofEntries", "copyOf") && !holdsAtMostOne(call, 2),
                    NAME_THE_ORDER),
            new Ban(call -> isOf(call, "java.util.Set", "of", "copyOf") && !holdsAtMostOne(call, 1), NAME_THE_ORDER),
            new Ban(
                    call -> isOf(
                            call,
                            "java.util.stream.Collectors",
                            "groupingByConcurrent",
                            "toConcurrentMap",
                            "toSet",
                            "toUnmodifiableMap",
                            "toUnmodifiableSet"),
                    NAME_THE_ORDER),
            new Ban(
                    call -> isOf(call, "java.util.stream.Collectors", "toMap")
                            && parameters(call).size() < 4,
                    NAME_THE_ORDER),
            new Ban(
                    call -> isOf(call, "java.util.stream.Collectors", "groupingBy")
                            && parameters(call).size() < 3,
                    NAME_THE_ORDER),
            new Ban(call -> isIn(call, "java.util") && nameOf(call).startsWith("parallel"), BELONGS_TO_HOST),
            new Ban(call -> isOf(call, "java.lang.Object", "wait", "notify", "notifyAll"), BELONGS_TO_HOST),
            new Ban(call -> isOf(call, "java.lang.System") && !is(call, "arraycopy"), BELONGS_TO_HOST),
            new Ban(call -> is(call, "printStackTrace"), BELONGS_TO_HOST),
            new Ban(
                    call -> isOf(call, "java.lang.Class", "forName", "getResource", "getResourceAsStream"),
                    "a constructor receives what the object needs"));

    public static final ArchRule LOOP_REACHES_NOTHING_AMBIENT = classes()
            .that()
            .resideInAPackage(OurClasses.ROOT + ".loop..")
            .should(new ArchCondition<>("reach nothing ambient") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                    checkTypes(user, events);
                    checkCalls(user, events);
                    checkFields(user, events);
                }
            });

    private NothingAmbient() {}

    private static void checkTypes(JavaClass user, ConditionEvents events) {
        for (var dependency : user.getDirectDependenciesFromSelf()) {
            var used = dependency.getTargetClass().getBaseComponentType();
            if (isClosed(used)) {
                events.add(violated(
                        dependency, used.getName() + " is closed to the loop: " + dependency.getDescription()));
            }
        }
    }

    private static boolean isClosed(JavaClass used) {
        var inPackage = used.getPackageName();
        if (!inPackage.startsWith("java.")) {
            return false;
        }
        var outermost = used.getName().replaceFirst("\\$.*", "");
        if (HALF_OPEN_PACKAGES.contains(inPackage)) {
            return !OPEN_TYPES.contains(outermost);
        }
        return !OPEN_PACKAGES.contains(inPackage) || BANNED_TYPES.contains(outermost);
    }

    private static void checkCalls(JavaClass user, ConditionEvents events) {
        for (var access : user.getAccessesFromSelf()) {
            reasonAgainst(access)
                    .ifPresent(reason -> events.add(violated(
                            access,
                            access.getTarget().getFullName() + ": " + reason + ": " + access.getDescription())));
        }
    }

    private static Optional<String> reasonAgainst(JavaAccess<?> access) {
        return BANNED_CALLS.stream()
                .filter(ban -> ban.matches().test(access))
                .map(Ban::instead)
                .findFirst();
    }

    private static void checkFields(JavaClass user, ConditionEvents events) {
        for (var field : user.getFields()) {
            if (field.getModifiers().contains(JavaModifier.STATIC) && isMemory(field)) {
                events.add(violated(
                        field, field.getFullName() + " is static and can change: state is passed, not shared"));
            }
        }
    }

    /** Arrays are let through when private: then they are tables of constants that a reader of the class can check. */
    private static boolean isMemory(JavaField field) {
        if (field.getModifiers().contains(JavaModifier.SYNTHETIC)
                || field.getOwner().getModifiers().contains(JavaModifier.SYNTHETIC)) {
            return false;
        }
        var type = field.getRawType();
        if (type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE)) {
            return true;
        }
        return !field.getModifiers().contains(JavaModifier.FINAL) || MUTABLE_TYPES.contains(type.getName());
    }

    /** A call that is refused, and what to do instead. */
    private record Ban(Predicate<JavaAccess<?>> matches, String instead) {}

    private static String nameOf(JavaAccess<?> access) {
        return access.getTarget().getName();
    }

    private static boolean is(JavaAccess<?> access, String... names) {
        return List.of(names).contains(nameOf(access));
    }

    /** Whether the access is to this type; with names, whether it is to one of these members of it. */
    private static boolean isOf(JavaAccess<?> access, String type, String... names) {
        return access.getTargetOwner().getName().equals(type) && (names.length == 0 || is(access, names));
    }

    private static boolean isIn(JavaAccess<?> access, String inPackage) {
        var owner = access.getTargetOwner().getPackageName();
        return owner.equals(inPackage) || owner.startsWith(inPackage + ".");
    }

    private static List<String> parameters(JavaAccess<?> access) {
        var names = new ArrayList<String>();
        if (access instanceof JavaCodeUnitAccess<?> call) {
            call.getTarget().getRawParameterTypes().forEach(type -> names.add(type.getSimpleName()));
        }
        return names;
    }

    private static boolean takes(JavaAccess<?> access, String simpleName) {
        return parameters(access).contains(simpleName);
    }

    private static boolean holdsAtMostOne(JavaAccess<?> access, int parametersOfOne) {
        return is(access, "of") && parameters(access).size() <= parametersOfOne && !takes(access, "Object[]");
    }
}
