package dev.forestall.pack.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and type-checks CEL with the names of one pack. Made when first needed: its classes take long to load. */
final class CelChecker {

    /** Longer expressions are refused. */
    static final int MAX_LENGTH = 4_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            // amount > 1000 is what people write, although amount is a decimal number.
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseRecursionDepth(50)
            .populateMacroCalls(false)
            .build();

    private final Names names;
    private @Nullable CelCompiler compiler;

    CelChecker(Names names) {
        this.names = names;
    }

    CelValidationResult check(String text) {
        if (compiler == null) {
            compiler = compiler();
        }
        return compiler.compile(text);
    }

    private CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(supported())
                .setStandardMacros(CelStandardMacro.HAS)
                .setTypeProvider(new Provider(names))
                .addVar("type", SimpleType.STRING)
                .addVar("event", StructTypeReference.create(Provider.EVENT))
                .addVar("trait", StructTypeReference.create(Provider.TRAIT))
                .addVar("journey", StructTypeReference.create(Provider.JOURNEYS))
                .addVar("signal", StructTypeReference.create(Provider.SIGNAL))
                .addVar("context", StructTypeReference.create(Provider.CONTEXT))
                .addVar("risk", StructTypeReference.create(Provider.RISK))
                .addVar("uplift", SimpleType.DOUBLE)
                .addVar("cost", SimpleType.DOUBLE);
        for (Map.Entry<String, Type> property : names.properties().entrySet()) {
            if (!Names.TAKEN.contains(property.getKey())) {
                builder.addVar(property.getKey(), cel(property.getValue()));
            }
        }
        return builder.build();
    }

    /** What the translator can translate, so that anything else is unknown from the start. */
    private static CelStandardDeclarations supported() {
        return CelStandardDeclarations.newBuilder()
                .includeFunctions(
                        StandardFunction.LOGICAL_AND,
                        StandardFunction.LOGICAL_OR,
                        StandardFunction.LOGICAL_NOT,
                        StandardFunction.CONDITIONAL,
                        StandardFunction.EQUALS,
                        StandardFunction.NOT_EQUALS,
                        StandardFunction.LESS,
                        StandardFunction.LESS_EQUALS,
                        StandardFunction.GREATER,
                        StandardFunction.GREATER_EQUALS,
                        StandardFunction.ADD,
                        StandardFunction.SUBTRACT,
                        StandardFunction.MULTIPLY,
                        StandardFunction.DIVIDE,
                        StandardFunction.MODULO,
                        StandardFunction.NEGATE,
                        StandardFunction.IN,
                        StandardFunction.SIZE,
                        StandardFunction.STARTS_WITH,
                        StandardFunction.ENDS_WITH,
                        StandardFunction.CONTAINS,
                        StandardFunction.MATCHES,
                        StandardFunction.DURATION,
                        StandardFunction.TIMESTAMP,
                        StandardFunction.INT,
                        StandardFunction.DOUBLE)
                .build();
    }

    private static CelType cel(Type type) {
        return switch (type.sort()) {
            case TRUTH -> SimpleType.BOOL;
            case WHOLE -> SimpleType.INT;
            case NUMBER -> SimpleType.DOUBLE;
            case TEXT -> SimpleType.STRING;
            case TIME -> SimpleType.TIMESTAMP;
            case LENGTH -> SimpleType.DURATION;
        };
    }

    /**
     * The types behind {@code event.}, {@code trait.} and the like. The library wants them immutable; the types of traits become known
     * while expressions are compiled, but a type that was asked for never changes.
     */
    @SuppressWarnings("Immutable")
    private record Provider(Names names) implements CelTypeProvider {

        static final String EVENT = "forestall.event";
        static final String TRAIT = "forestall.trait";
        static final String JOURNEYS = "forestall.journeys";
        static final String JOURNEY = "forestall.journey";
        static final String SIGNAL = "forestall.signal";
        static final String CONTEXT = "forestall.context";
        static final String RISK = "forestall.risk";

        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.of();
        }

        @Override
        public Optional<CelType> findType(String typeName) {
            return switch (typeName) {
                case EVENT ->
                    struct(
                            EVENT,
                            names.properties().keySet(),
                            name -> names.property(name).map(CelChecker::cel));
                case TRAIT ->
                    struct(
                            TRAIT,
                            names.traits(),
                            name -> Optional.of(
                                    names.trait(name).map(CelChecker::cel).orElse(SimpleType.DYN)));
                case JOURNEYS ->
                    struct(JOURNEYS, names.journeys(), name -> Optional.of(StructTypeReference.create(JOURNEY)));
                case JOURNEY ->
                    struct(JOURNEY, JOURNEY_FIELDS.keySet(), name -> Optional.ofNullable(JOURNEY_FIELDS.get(name)));
                case SIGNAL -> struct(SIGNAL, names.signals(), name -> Optional.of(SimpleType.BOOL));
                case RISK -> struct(RISK, names.predictions(), name -> Optional.of(SimpleType.DOUBLE));
                case CONTEXT -> struct(CONTEXT, names.affectingSignals(), name -> Optional.of(SimpleType.BOOL));
                default -> Optional.empty();
            };
        }

        private static final Map<String, CelType> JOURNEY_FIELDS =
                Map.of("open", SimpleType.BOOL, "step", SimpleType.STRING, "value", SimpleType.DOUBLE);

        private static Optional<CelType> struct(
                String name, Iterable<String> fields, Function<String, Optional<CelType>> resolver) {
            return Optional.of(StructType.create(name, ImmutableSet.copyOf(fields), resolver::apply));
        }
    }
}
