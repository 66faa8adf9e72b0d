package dev.forestall.pack.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.PropertyType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Scope;
import dev.forestall.loop.expression.Truth;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Our closures against the interpreter of the CEL library: the same value where it has one, unknown where it has an error because
 * something is absent. The seed is fixed; another can be given with {@code -Dforestall.seed}.
 */
class CelAgreementTest {

    private static final int EXPRESSIONS = 1_500;
    private static final int EVENTS_EACH = 6;

    private static final Map<String, PropertyType> PROPERTIES = new java.util.TreeMap<>(Map.ofEntries(
            Map.entry("b1", PropertyType.BOOLEAN),
            Map.entry("b2", PropertyType.BOOLEAN),
            Map.entry("d1", PropertyType.DURATION),
            Map.entry("i1", PropertyType.INTEGER),
            Map.entry("i2", PropertyType.INTEGER),
            Map.entry("m1", PropertyType.MONEY),
            Map.entry("n1", PropertyType.NUMBER),
            Map.entry("n2", PropertyType.NUMBER),
            Map.entry("s1", PropertyType.STRING),
            Map.entry("s2", PropertyType.STRING),
            Map.entry("t1", PropertyType.TIME),
            Map.entry("t2", PropertyType.TIME)));

    private final TrackingPlan plan = plan();
    private final Names names = new Names(
            plan, Currency.getInstance("EUR"), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    private final Problems problems = new Problems();
    private final Expressions expressions = new Expressions(names, problems);
    private final Cel cel = cel();

    private static TrackingPlan plan() {
        List<Property> all = new ArrayList<>();
        PROPERTIES.forEach((name, type) -> all.add(property(name, type, all.size())));
        List<Property> some = List.of(property("i1", PropertyType.INTEGER, 0), property("s1", PropertyType.STRING, 1));
        return new TrackingPlan(
                List.of(new EventType("left", 0, all), new EventType("right", 1, some)),
                List.of(new IdentifierType("userId", "customer", 0, 1)));
    }

    private static Property property(String name, PropertyType type, int slot) {
        return new Property(name, type, slot, false, false, type == PropertyType.MONEY ? "EUR" : "");
    }

    private static Cel cel() {
        var builder = CelFactory.standardCelBuilder()
                .setOptions(CelOptions.current()
                        .enableHeterogeneousNumericComparisons(true)
                        .evaluateCanonicalTypesToNativeValues(true)
                        .build())
                .setStandardMacros(dev.cel.parser.CelStandardMacro.HAS)
                .addVar("type", SimpleType.STRING)
                .addVar("event", MapType.create(SimpleType.STRING, SimpleType.DYN));
        PROPERTIES.forEach((name, type) -> builder.addVar(
                name,
                switch (type) {
                    case BOOLEAN -> SimpleType.BOOL;
                    case INTEGER -> SimpleType.INT;
                    case NUMBER, MONEY -> SimpleType.DOUBLE;
                    case STRING -> SimpleType.STRING;
                    case TIME -> SimpleType.TIMESTAMP;
                    case DURATION -> SimpleType.DURATION;
                }));
        return builder.build();
    }

    /** One event, as we and as the library see it. */
    private record Case(Event event, Map<String, Object> variables) implements Scope {
        @Override
        public long atMillis() {
            return event.atMillis();
        }

        @Override
        public double number(int variable) {
            return Double.NaN;
        }

        @Override
        public @Nullable String text(int variable) {
            return null;
        }
    }

    private Case event(Random random) {
        EventType type = plan.types().get(random.nextInt(4) == 0 ? 1 : 0);
        Event.Builder event = Event.of(plan, type, "", 0);
        Map<String, Object> properties = new HashMap<>();
        for (Property property : type.properties()) {
            if (random.nextInt(4) != 0) {
                properties.put(property.name(), set(event, property, random));
            }
        }
        Map<String, Object> variables = new HashMap<>(properties);
        variables.put("event", properties);
        variables.put("type", type.name());
        return new Case(event.build(), variables);
    }

    /** Gives the property a random value, and returns it as the library wants it. */
    private static Object set(Event.Builder event, Property property, Random random) {
        int slot = property.slot();
        switch (property.type()) {
            case BOOLEAN -> {
                boolean value = random.nextBoolean();
                event.whole(slot, value ? 1 : 0);
                return value;
            }
            case INTEGER -> {
                long value = random.nextInt(41) - 20;
                event.whole(slot, value);
                return value;
            }
            case NUMBER -> {
                double value = (random.nextInt(801) - 400) / 8.0;
                event.number(slot, value);
                return value;
            }
            case MONEY -> {
                long minor = random.nextInt(200_001);
                event.whole(slot, minor);
                return minor / 100.0;
            }
            case STRING -> {
                String value = List.of("", "a", "abc", "status", "7", "\u00e9", "\ud83d\ude00!", "\uff5e")
                        .get(random.nextInt(8));
                event.text(slot, value);
                return value;
            }
            // Whole seconds: the library fails on a negative duration with a fraction of a second.
            case TIME -> {
                long millis = 1_767_225_600_000L + random.nextInt(1_000_000) * 1_000L;
                event.whole(slot, millis);
                return Instant.ofEpochMilli(millis);
            }
            case DURATION -> {
                long millis = (random.nextInt(200_000) - 100_000) * 1_000L;
                event.whole(slot, millis);
                return Duration.ofMillis(millis);
            }
        }
        throw new IllegalStateException("no such type");
    }

    private Compiled compile(String text) {
        BitSet types = new BitSet();
        types.set(0, 2);
        Scalar scalar = new Scalar(new Place("pack.yaml", 1, 1), text, false);
        Optional<Compiled> compiled = expressions.compile(scalar, "", Site.at(Site.Stage.SIGNAL, types));
        assertThat(problems.sorted()).as(text).isEmpty();
        return compiled.orElseThrow();
    }

    private Object celValue(String text, Case event) throws CelValidationException {
        try {
            return cel.createProgram(cel.compile(text).getAst()).eval(event.variables());
        } catch (CelEvaluationException absentOrImpossible) {
            // Any other reason would hide a difference between the two.
            assertThat(absentOrImpossible)
                    .as(text)
                    .hasMessageMatching(
                            ".*(No such attribute|cannot resolve|key .* is not present|divide by zero|undeclared|/ by zero|modulus by zero).*");
            return Truth.UNKNOWN;
        }
    }

    @Test
    void conditions_mean_what_cel_says() throws CelValidationException {
        long seed = Long.getLong("forestall.seed", 20_260_101);
        Random random = new Random(seed);
        RandomExpressions writer = new RandomExpressions(seed);
        Map<Truth, Integer> seen = new HashMap<>();
        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = writer.truth(1 + random.nextInt(4));
            Compiled compiled = compile(text);
            for (int j = 0; j < EVENTS_EACH; j++) {
                Case event = event(random);
                Truth ours = compiled.condition().test(event);
                Object theirs = celValue(text, event);
                Truth expected = theirs instanceof Boolean holds ? Truth.of(holds) : Truth.UNKNOWN;
                assertThat(ours)
                        .as("seed %d: %s at %s", seed, text, event.variables())
                        .isEqualTo(expected);
                seen.merge(ours, 1, Integer::sum);
            }
        }
        // Each truth is tried often enough to mean something.
        assertThat(seen.values()).hasSize(3).allMatch(times -> times > 500);
    }

    @Test
    void formulas_have_the_value_that_cel_says() throws CelValidationException {
        long seed = Long.getLong("forestall.seed", 20_260_102);
        Random random = new Random(seed);
        RandomExpressions writer = new RandomExpressions(seed);
        int known = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            boolean isWhole = random.nextBoolean();
            String text = isWhole ? writer.whole(1 + random.nextInt(3)) : writer.number(1 + random.nextInt(3));
            Compiled compiled = compile(text);
            for (int j = 0; j < EVENTS_EACH; j++) {
                Case event = event(random);
                double ours = compiled.number().value(event);
                Object theirs = celValue(text, event);
                double expected = theirs instanceof Number number ? number.doubleValue() : Double.NaN;
                // Adding 0 makes no difference between the two zeros.
                assertThat(Double.valueOf(ours + 0.0))
                        .as("seed %d: %s at %s", seed, text, event.variables())
                        .isEqualTo(Double.valueOf(expected + 0.0));
                known += theirs instanceof Number ? 1 : 0;
            }
        }
        assertThat(known).isGreaterThan(2_000);
    }

    @Test
    void texts_are_what_cel_says() throws CelValidationException {
        long seed = Long.getLong("forestall.seed", 20_260_103);
        Random random = new Random(seed);
        RandomExpressions writer = new RandomExpressions(seed);
        int known = 0;
        for (int i = 0; i < EXPRESSIONS / 3; i++) {
            String text = writer.text(1 + random.nextInt(3));
            Compiled compiled = compile(text);
            for (int j = 0; j < EVENTS_EACH; j++) {
                Case event = event(random);
                String ours = compiled.words().value(event);
                Object theirs = celValue(text, event);
                assertThat(ours)
                        .as("seed %d: %s at %s", seed, text, event.variables())
                        .isEqualTo(theirs instanceof String expected ? expected : null);
                known += ours == null ? 0 : 1;
            }
        }
        assertThat(known).isGreaterThan(500);
    }
}
