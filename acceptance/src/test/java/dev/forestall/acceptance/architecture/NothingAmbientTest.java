package dev.forestall.acceptance.architecture;

import static dev.forestall.acceptance.architecture.OurClasses.violations;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class NothingAmbientTest {
    private static final String PACKAGE = "dev.forestall.loop.event";

    /** Expressions and members, one a line, that must each be refused inside the loop. */
    private static final List<String> REFUSED = lines("""
            java.time.Instant.now()
            java.time.LocalDate.now()
            java.time.ZonedDateTime.now()
            java.time.Clock.systemUTC()
            java.time.ZoneId.systemDefault()
            java.util.TimeZone.getDefault()
            System.currentTimeMillis()
            System.nanoTime()
            System.getenv("HOME")
            System.getProperty("user.dir")
            System.identityHashCode("")
            System.lineSeparator()
            System.out
            new java.util.Date()
            java.util.Calendar.getInstance()
            java.util.UUID.randomUUID()
            new java.util.Random(42)
            new java.util.SplittableRandom(42)
            new java.security.SecureRandom()
            java.util.random.RandomGenerator.getDefault()
            java.util.concurrent.ThreadLocalRandom.current()
            Math.random()
            StrictMath.random()
            new java.util.HashMap<String, String>()
            new java.util.HashSet<String>()
            new java.util.IdentityHashMap<String, String>()
            new java.util.WeakHashMap<String, String>()
            new java.util.concurrent.ConcurrentHashMap<String, String>()
            new java.util.concurrent.atomic.AtomicLong()
            (java.util.function.Supplier<java.util.Map<String, String>>) java.util.HashMap::new
            java.util.Map.of("a", 1, "b", 2)
            java.util.Map.ofEntries(java.util.Map.entry("a", 1), java.util.Map.entry("b", 2))
            java.util.Map.copyOf(new java.util.TreeMap<String, String>())
            java.util.Set.of("a", "b")
            java.util.Set.of(new String[] {"a", "b"})
            java.util.Set.copyOf(java.util.List.of("a", "b"))
            java.util.stream.Stream.of("a").collect(java.util.stream.Collectors.toSet())
            java.util.stream.Stream.of("a").collect(java.util.stream.Collectors.toMap(a -> a, a -> a))
            java.util.stream.Stream.of("a").collect(java.util.stream.Collectors.groupingBy(a -> a))
            java.util.List.of("a").parallelStream()
            java.util.stream.Stream.of("a").parallel()
            Thread.currentThread()
            new Thread()
            new ThreadLocal<String>()
            Runtime.getRuntime()
            new java.io.File("a")
            java.nio.file.Path.of("a")
            java.nio.file.Files.exists(null)
            java.net.URI.create("a")
            java.util.logging.Logger.getLogger("a")
            System.getLogger("a")
            java.util.Locale.getDefault()
            java.text.NumberFormat.getInstance()
            String.format("%d", 1)
            "%d".formatted(1)
            "a".toLowerCase()
            "a".toUpperCase()
            "a".getBytes()
            new String(new byte[0])
            new java.util.Formatter()
            java.nio.charset.Charset.defaultCharset()
            java.time.format.DateTimeFormatter.ofPattern("MMM")
            java.time.format.DateTimeFormatter.ofLocalizedDate(java.time.format.FormatStyle.FULL)
            new java.time.format.DateTimeFormatterBuilder().toFormatter()
            Class.forName("a")
            java.util.ServiceLoader.load(String.class)
            java.util.List.of("a", "b").stream().map(a -> Math.exp(a.length())).toList()
            Math.sin(1)
            Math.cos(1)
            Math.exp(1)
            Math.expm1(1)
            Math.log(1)
            Math.log1p(1)
            Math.log10(1)
            Math.pow(2, 3)
            Math.cbrt(2)
            Math.tanh(2)
            Math.hypot(2, 3)
            """);

    /** Declarations that must each be refused inside the loop. */
    private static final List<String> REFUSED_MEMBERS = lines("""
            static int counter;
            static String[] names = {"a"};
            static final int[] OPEN = {1};
            private static final java.util.TreeMap<String, String> SEEN = new java.util.TreeMap<>();
            static final StringBuilder TEXT = new StringBuilder();
            java.util.HashMap<String, String> field;
            void takes(java.util.concurrent.Executor executor) {}
            void reads() throws java.io.FileNotFoundException {}
            void prints(RuntimeException failure) { failure.printStackTrace(); }
            void waits() throws InterruptedException { wait(); }
            void shuffles(java.util.List<String> cards) { java.util.Collections.shuffle(cards); }
            Runnable later() { return () -> System.exit(1); }
            """);

    /** Expressions that look alike and are welcome. */
    private static final List<String> WELCOME = lines("""
            java.time.Instant.ofEpochMilli(0)
            java.time.ZoneId.of("Europe/Berlin")
            java.time.format.DateTimeFormatter.ofPattern("MMM", java.util.Locale.ROOT)
            java.util.UUID.nameUUIDFromBytes(new byte[0])
            new java.util.TreeMap<String, String>()
            new java.util.LinkedHashMap<String, String>()
            new java.util.LinkedHashSet<String>()
            java.util.List.of("a", "b")
            java.util.Map.of()
            java.util.Map.of("a", 1)
            java.util.Set.of("a")
            java.util.Map.entry("a", 1)
            java.util.stream.Stream.of("a").toList()
            java.util.stream.Stream.of("a").collect(java.util.stream.Collectors.joining())
            String.format(java.util.Locale.ROOT, "%d", 1)
            "a".toLowerCase(java.util.Locale.ROOT)
            "a".getBytes(java.nio.charset.StandardCharsets.UTF_8)
            new String(new byte[0], java.nio.charset.StandardCharsets.UTF_8)
            StrictMath.exp(1)
            Math.sqrt(2) + Math.abs(-1) + Math.min(1, 2) + Math.floorDiv(3, 2) + Math.addExact(1, 2)
            "a" + 1 + 2.5
            java.nio.ByteBuffer.allocate(8).putLong(1)
            new java.util.zip.CRC32C()
            """);

    private static final List<String> WELCOME_MEMBERS = lines("""
            private static final long[] POWERS = {1, 10};
            static final String NAME = "a";
            static final java.util.List<String> NAMES = java.util.List.of("a");
            enum Kind { A, B; int rank() { return switch (this) { case A -> 1; case B -> 2; }; } }
            int rank(Kind kind) { return switch (kind) { case A -> 1; case B -> 2; }; } enum Kind { A, B }
            record Pair(String left, double right) {}
            boolean holds(int a) { assert a > 0; return true; }
            """);

    @TempDir
    static Path directory;

    @Test
    void the_loop_reaches_nothing_ambient() {
        assertThat(violations(NothingAmbient.LOOP_REACHES_NOTHING_AMBIENT, OurClasses.ofTheProduct()))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> what_is_ambient_is_caught() {
        return each(
                "Refused", REFUSED, REFUSED_MEMBERS, found -> assertThat(found).isNotEmpty());
    }

    @TestFactory
    Stream<DynamicTest> what_only_looks_alike_is_left_alone() {
        return each(
                "Welcome", WELCOME, WELCOME_MEMBERS, found -> assertThat(found).isEmpty());
    }

    private interface Verdict {
        void on(List<String> violations);
    }

    /** Plants each expression and member in a class of its own inside the loop, and judges each class alone. */
    private static Stream<DynamicTest> each(
            String prefix, List<String> expressions, List<String> members, Verdict verdict) {
        var bodies = new LinkedHashMap<String, String>();
        expressions.forEach(expression ->
                bodies.put(expression, "Object planted() throws Exception { return " + expression + "; }"));
        members.forEach(member -> bodies.put(member, member));

        var texts = new LinkedHashMap<String, String>();
        var names = new LinkedHashMap<String, String>();
        bodies.forEach((shown, body) -> {
            var name = prefix + names.size();
            names.put(shown, name);
            texts.put(PACKAGE + "." + name, "package %s; class %s { %s }".formatted(PACKAGE, name, body));
        });
        var planted = OurClasses.planted(directory.resolve(prefix), texts);
        return names.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> verdict.on(violations(
                                NothingAmbient.LOOP_REACHES_NOTHING_AMBIENT, only(planted, entry.getValue())))));
    }

    /** The class of this name and those inside it. */
    private static JavaClasses only(JavaClasses planted, String name) {
        var full = PACKAGE + "." + name;
        return planted.that(DescribedPredicate.describe(
                name, one -> one.getName().equals(full) || one.getName().startsWith(full + "$")));
    }

    private static List<String> lines(String text) {
        return text.lines().filter(not(String::isBlank)).toList();
    }
}
