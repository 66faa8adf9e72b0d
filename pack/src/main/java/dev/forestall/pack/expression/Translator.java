package dev.forestall.pack.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.expression.Vocabulary;
import dev.forestall.loop.expression.Words;
import dev.forestall.pack.expression.Type.Sort;
import dev.forestall.pack.expression.Value.Counts;
import dev.forestall.pack.expression.Value.Holds;
import dev.forestall.pack.expression.Value.Says;
import dev.forestall.pack.grammar.Durations;
import dev.forestall.pack.problem.Nearest;
import dev.forestall.pack.problem.PackError;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Turns the checked tree of one expression into closures. */
final class Translator {

    /** Longer regular expressions are refused: they would be slow, and nobody could read them. */
    static final int MAX_REGEX = 500;

    private final Names names;
    private final Site site;
    private final @Nullable Vocabulary vocabulary;
    private final Reading reading;
    private final Set<Integer> variables = new TreeSet<>();
    private final Set<String> properties = new TreeSet<>();
    private final Set<String> traits = new TreeSet<>();
    private final Set<String> journeys = new TreeSet<>();
    private boolean asksEvent;

    /** @param vocabulary the numbers of variables; null while traits are not known, when no expression may use one */
    Translator(Names names, Site site, @Nullable Vocabulary vocabulary) {
        this.names = names;
        this.site = site;
        this.vocabulary = vocabulary;
        this.reading = new Reading(names.plan());
    }

    /** The numbers of the variables that were used. */
    Set<Integer> variables() {
        return variables;
    }

    /** The properties and identifiers that were used. */
    Set<String> properties() {
        return properties;
    }

    /** The traits that were used. */
    Set<String> traits() {
        return traits;
    }

    /** The journeys that were used. */
    Set<String> journeys() {
        return journeys;
    }

    /** Whether the event itself was asked for anything. */
    boolean asksEvent() {
        return asksEvent;
    }

    Value translate(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT -> constant(expression, expression.constant());
            case IDENT -> name(expression, expression.ident().name());
            case SELECT -> select(expression, expression.select());
            case CALL -> call(expression, expression.call());
            default -> throw unsupported(expression, "this form of expression");
        };
    }

    private Condition condition(CelExpr expression) {
        return translate(expression) instanceof Holds holds ? holds.condition() : refuse(expression, Type.TRUTH);
    }

    private Counts number(CelExpr expression) {
        return translate(expression) instanceof Counts counts ? counts : refuse(expression, Type.NUMBER);
    }

    private Words words(CelExpr expression) {
        return translate(expression) instanceof Says says ? says.words() : refuse(expression, Type.TEXT);
    }

    private static <T> T refuse(CelExpr expression, Type wanted) {
        throw new Refusal(
                PackError.WRONG_TYPE,
                expression.id(),
                "this is not " + wanted.described(),
                "Write " + wanted.described());
    }

    private static Refusal unsupported(CelExpr expression, String what) {
        return new Refusal(
                PackError.NOT_SUPPORTED,
                expression.id(),
                what + " cannot be used in packs",
                "Possible are && || ! ?: comparisons, + - * / %, in, has, size, startsWith, endsWith, contains, matches,"
                        + " duration, timestamp, int and double");
    }

    private static Value constant(CelExpr expression, CelConstant constant) {
        return switch (constant.getKind()) {
            case BOOLEAN_VALUE -> {
                Truth truth = Truth.of(constant.booleanValue());
                yield new Holds(truth == Truth.TRUE ? Condition.ALWAYS : scope -> truth);
            }
            case INT64_VALUE -> {
                long whole = constant.int64Value();
                if (Math.abs((double) whole) > 0x1p53) {
                    throw new Refusal(
                            PackError.OUT_OF_RANGE,
                            expression.id(),
                            whole + " is too large",
                            "Whole numbers go up to 9007199254740992");
                }
                yield new Counts(scope -> whole, Type.WHOLE);
            }
            case DOUBLE_VALUE -> {
                double number = constant.doubleValue();
                yield new Counts(scope -> number, Type.NUMBER);
            }
            case STRING_VALUE -> new Says(Reading.constant(constant.stringValue()));
            default -> throw unsupported(expression, "such a value");
        };
    }

    private Value name(CelExpr expression, String name) {
        return switch (name) {
            case "type" -> {
                needsEvent(expression);
                yield new Says(Reading.type());
            }
            case "uplift" -> {
                if (site.stage() != Site.Stage.WORTH) {
                    throw notAvailable(expression, "the uplift of a candidate");
                }
                yield new Counts(Reading.variable(variable(Vocabulary.UPLIFT)), Type.NUMBER);
            }
            case "cost" -> {
                if (site.stage() != Site.Stage.WORTH) {
                    throw notAvailable(expression, "the cost of a candidate");
                }
                yield money(Reading.variable(variable(Vocabulary.COST)), Type.money(names.currency()));
            }
            case "event", "trait", "journey", "signal", "context" ->
                throw new Refusal(
                        PackError.WRONG_TYPE,
                        expression.id(),
                        "'" + name + "' is no value by itself",
                        "Write '" + name + ".' and what you ask of it");
            default -> property(expression, name);
        };
    }

    private Value property(CelExpr expression, String name) {
        Type type = names.property(name)
                .orElseThrow(() ->
                        unknown(expression, "property", name, names.properties().keySet()));
        needsEvent(expression);
        boolean isCarried = names.plan().types().stream()
                .filter(each -> site.types().get(each.index()))
                .anyMatch(each -> names.carries(each, name));
        if (!isCarried) {
            throw new Refusal(
                    PackError.UNKNOWN_NAME,
                    expression.id(),
                    "none of the events that can happen here carries '" + name + "'",
                    "It comes with " + Nearest.list(carriers(name)));
        }
        properties.add(name);
        return switch (type.sort()) {
            case TEXT -> new Says(reading.text(name, site));
            case TRUTH -> new Holds(Reading.truth(reading.number(name, site)));
            default -> money(reading.number(name, site), type);
        };
    }

    private List<String> carriers(String name) {
        return names.plan().types().stream()
                .filter(each -> names.carries(each, name))
                .map(EventType::name)
                .toList();
    }

    private static Counts money(Formula stored, Type type) {
        return new Counts(Reading.major(stored, type.minorUnits()), type);
    }

    private void needsEvent(CelExpr expression) {
        if (!site.stage().knowsEvent()) {
            throw notAvailable(expression, "the event");
        }
        asksEvent = true;
    }

    private Refusal notAvailable(CelExpr expression, String what) {
        return new Refusal(
                PackError.NOT_AVAILABLE,
                expression.id(),
                what + " is not known here",
                "Here one can ask for " + site.stage().known()
                        + (site.stage().knowsEvent() ? "" : "; what an event said can be kept in a trait"));
    }

    private static Refusal unknown(CelExpr expression, String what, String name, Collection<String> valid) {
        return new Refusal(
                PackError.UNKNOWN_NAME,
                expression.id(),
                "there is no " + what + " '" + name + "'",
                valid.isEmpty() ? "There is none" : "There is " + Nearest.list(valid),
                Nearest.to(name, valid));
    }

    private int variable(String name) {
        if (vocabulary == null) {
            throw new IllegalStateException("variable " + name + " was asked for before variables are known");
        }
        int number = vocabulary.number(name).orElseThrow(() -> new IllegalStateException("no variable " + name));
        variables.add(number);
        return number;
    }

    private Value select(CelExpr expression, CelSelect select) {
        CelExpr operand = select.operand();
        if (operand.getKind() == Kind.IDENT) {
            return switch (operand.ident().name()) {
                case "event" -> ofEvent(expression, select);
                case "trait" -> ofTrait(expression, select);
                case "signal" -> ofSignal(expression, select, "signal");
                case "context" -> ofSignal(expression, select, "context");
                default -> throw unsupported(expression, "'." + select.field() + "'");
            };
        }
        if (operand.getKind() == Kind.SELECT
                && operand.select().operand().getKind() == Kind.IDENT
                && operand.select().operand().ident().name().equals("journey")) {
            return ofJourney(expression, operand.select().field(), select);
        }
        throw unsupported(expression, "'." + select.field() + "'");
    }

    private Value ofEvent(CelExpr expression, CelSelect select) {
        if (!select.testOnly()) {
            return property(expression, select.field());
        }
        needsEvent(expression);
        if (names.property(select.field()).isEmpty()) {
            throw unknown(
                    expression, "property", select.field(), names.properties().keySet());
        }
        properties.add(select.field());
        return new Holds(reading.has(select.field()));
    }

    private Value ofTrait(CelExpr expression, CelSelect select) {
        String name = select.field();
        Type type = names.trait(name).orElseThrow(() -> unknown(expression, "trait", name, names.traits()));
        if (!site.stage().knowsTraits()) {
            throw notAvailable(expression, "a trait");
        }
        traits.add(name);
        int number = variable("trait." + name);
        if (select.testOnly()) {
            return new Holds(Reading.hasVariable(number, type.isText()));
        }
        return switch (type.sort()) {
            case TEXT -> new Says(Reading.textVariable(number));
            case TRUTH -> new Holds(Reading.truth(Reading.variable(number)));
            default -> money(Reading.variable(number), type);
        };
    }

    private Value ofSignal(CelExpr expression, CelSelect select, String namespace) {
        Collection<String> valid = namespace.equals("signal") ? names.signals() : names.cohortSignals();
        if (!valid.contains(select.field())) {
            throw unknown(expression, namespace.equals("signal") ? "signal" : "cohort signal", select.field(), valid);
        }
        if (!site.stage().knowsSignals()) {
            throw notAvailable(expression, "a signal");
        }
        if (select.testOnly()) {
            throw unsupported(expression, "has() of a signal");
        }
        return new Holds(Reading.truth(Reading.variable(variable(namespace + "." + select.field()))));
    }

    private Value ofJourney(CelExpr expression, String journey, CelSelect select) {
        if (!names.journeys().contains(journey)) {
            throw unknown(expression, "journey", journey, names.journeys());
        }
        if (!site.stage().knowsJourneys()) {
            throw notAvailable(expression, "a journey");
        }
        journeys.add(journey);
        String name = "journey." + journey + "." + select.field();
        boolean isText = select.field().equals("step");
        int number = variable(name);
        if (select.testOnly()) {
            return new Holds(Reading.hasVariable(number, isText));
        }
        return switch (select.field()) {
            case "step" -> new Says(Reading.textVariable(number));
            case "open" -> new Holds(Reading.truth(Reading.variable(number)));
            default -> money(Reading.variable(number), Type.money(names.currency()));
        };
    }

    private Value call(CelExpr expression, CelCall call) {
        List<CelExpr> args = call.args();
        return switch (call.function()) {
            case "_&&_" -> new Holds(and(args.get(0), args.get(1)));
            case "_||_" -> new Holds(Condition.or(condition(args.get(0)), condition(args.get(1))));
            case "!_" -> new Holds(Condition.not(condition(args.get(0))));
            case "_?_:_" -> choice(expression, args);
            case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_" ->
                new Holds(compare(expression, call.function(), args.get(0), args.get(1)));
            case "@in" -> new Holds(among(args.get(0), args.get(1)));
            case "_+_", "_-_", "_*_", "_/_", "_%_" -> calculate(expression, call.function(), args.get(0), args.get(1));
            case "-_" -> negate(number(args.get(0)));
            case "startsWith", "endsWith", "contains", "matches" -> new Holds(inText(expression, call));
            case "size" -> size(call.target().isPresent() ? call.target().get() : args.get(0));
            case "duration" -> new Counts(constantly(duration(expression, text(args))), Type.LENGTH);
            case "timestamp" -> new Counts(constantly(time(expression, text(args))), Type.TIME);
            case "double" -> new Counts(number(args.get(0)).formula(), Type.NUMBER);
            case "int" -> whole(expression, number(args.get(0)));
            default -> throw unsupported(expression, "'" + call.function() + "'");
        };
    }

    /** A part that surely holds at the events that can happen here is left out, so that a plain type costs nothing more. */
    private Condition and(CelExpr left, CelExpr right) {
        Condition first = condition(left);
        Condition second = condition(right);
        if (isCertain(left)) {
            return second;
        }
        return isCertain(right) ? first : Condition.and(first, second);
    }

    private boolean isCertain(CelExpr part) {
        return site.isAlwaysThere()
                && names.plan().types().stream()
                        .filter(type -> site.types().get(type.index()))
                        .allMatch(type -> new Possible(names, type).of(part) == Possible.TRUE);
    }

    private Value choice(CelExpr expression, List<CelExpr> args) {
        Condition condition = condition(args.get(0));
        Value then = translate(args.get(1));
        Value otherwise = translate(args.get(2));
        if (then instanceof Holds first && otherwise instanceof Holds second) {
            return new Holds(scope -> switch (condition.test(scope)) {
                case TRUE -> first.condition().test(scope);
                case FALSE -> second.condition().test(scope);
                case UNKNOWN -> Truth.UNKNOWN;
            });
        }
        if (then instanceof Says first && otherwise instanceof Says second) {
            return new Says(scope -> switch (condition.test(scope)) {
                case TRUE -> first.words().value(scope);
                case FALSE -> second.words().value(scope);
                case UNKNOWN -> null;
            });
        }
        if (then instanceof Counts first && otherwise instanceof Counts second) {
            Currency currency = common(expression, first.type(), second.type());
            Formula formula = scope -> switch (condition.test(scope)) {
                case TRUE -> first.formula().value(scope);
                case FALSE -> second.formula().value(scope);
                case UNKNOWN -> Double.NaN;
            };
            return new Counts(formula, new Type(first.type().sort(), currency));
        }
        throw new Refusal(
                PackError.WRONG_TYPE, expression.id(), "the two sides of ':' differ in type", "Make them alike");
    }

    /** The currency of two numbers that meet; a plain number goes with any. */
    private static @Nullable Currency common(CelExpr expression, Type left, Type right) {
        Currency one = left.currency();
        Currency other = right.currency();
        if (one != null && other != null && !one.equals(other)) {
            throw new Refusal(
                    PackError.MIXED_CURRENCIES,
                    expression.id(),
                    left.described() + " meets " + right.described(),
                    "Amounts of different currencies cannot be combined");
        }
        return one != null ? one : other;
    }

    private Condition compare(CelExpr expression, String operator, CelExpr left, CelExpr right) {
        Condition byType = compareType(operator, left, right);
        if (byType != null) {
            return byType;
        }
        Value first = translate(left);
        Value second = translate(right);
        if (first instanceof Counts one && second instanceof Counts other) {
            common(expression, one.type(), other.type());
            return Comparing.numbers(operator, one.formula(), other.formula());
        }
        if (first instanceof Says one && second instanceof Says other) {
            return Comparing.texts(operator, one.words(), other.words());
        }
        if (first instanceof Holds one
                && second instanceof Holds other
                && (operator.equals("_==_") || operator.equals("_!=_"))) {
            return Comparing.truths(operator.equals("_==_"), one.condition(), other.condition());
        }
        throw new Refusal(
                PackError.WRONG_TYPE,
                expression.id(),
                first.type().described() + " cannot be compared so with "
                        + second.type().described(),
                "Compare values of one type");
    }

    /** {@code type == 'contact'}: a look at the event's type, without a text. */
    private @Nullable Condition compareType(String operator, CelExpr left, CelExpr right) {
        boolean equality = operator.equals("_==_") || operator.equals("_!=_");
        CelExpr constant = isType(left) ? right : isType(right) ? left : null;
        if (!equality || constant == null || !isText(constant)) {
            return null;
        }
        needsEvent(left);
        String name = eventName(constant);
        Condition is = reading.isOfType(Set.of(name));
        return operator.equals("_==_") ? is : Condition.not(is);
    }

    private String eventName(CelExpr constant) {
        String name = constant.constant().stringValue();
        if (names.plan().type(name).isEmpty()) {
            throw unknown(constant, "event", name, names.plan().byName().keySet());
        }
        return name;
    }

    private static boolean isType(CelExpr expression) {
        return expression.getKind() == Kind.IDENT && expression.ident().name().equals("type");
    }

    private static boolean isText(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private Condition among(CelExpr element, CelExpr list) {
        if (list.getKind() != Kind.LIST
                || !list.list().elements().stream().allMatch(each -> each.getKind() == Kind.CONSTANT)) {
            throw unsupported(list, "'in' of anything but a list of constants");
        }
        List<CelExpr> elements = list.list().elements();
        if (isType(element) && elements.stream().allMatch(Translator::isText)) {
            needsEvent(element);
            Set<String> types = new LinkedHashSet<>();
            elements.forEach(each -> types.add(eventName(each)));
            return reading.isOfType(types);
        }
        return switch (translate(element)) {
            case Says says -> {
                Set<String> texts = new LinkedHashSet<>();
                elements.forEach(each -> texts.add(constantText(each)));
                yield Comparing.amongTexts(says.words(), Set.copyOf(texts));
            }
            case Counts counts -> {
                ToDoubleFunction<CelExpr> value = Translator::constantNumber;
                yield Comparing.amongNumbers(
                        counts.formula(), elements.stream().mapToDouble(value).toArray());
            }
            case Holds holds -> throw unsupported(element, "'in' of truths");
        };
    }

    private static String constantText(CelExpr expression) {
        return isText(expression) ? expression.constant().stringValue() : refuse(expression, Type.TEXT);
    }

    private static double constantNumber(CelExpr expression) {
        return switch (expression.constant().getKind()) {
            case INT64_VALUE -> expression.constant().int64Value();
            case DOUBLE_VALUE -> expression.constant().doubleValue();
            default -> refuse(expression, Type.NUMBER);
        };
    }

    private Value calculate(CelExpr expression, String operator, CelExpr left, CelExpr right) {
        Value first = translate(left);
        Value second = translate(right);
        if (operator.equals("_+_") && first instanceof Says one && second instanceof Says other) {
            return new Says(joined(one.words(), other.words()));
        }
        if (!(first instanceof Counts one) || !(second instanceof Counts other)) {
            return refuse(expression, Type.NUMBER);
        }
        Type type = resultOf(expression, operator, one.type(), other.type());
        Formula formula = type.sort() == Sort.WHOLE
                ? Calculating.whole(operator, one.formula(), other.formula())
                : Calculating.decimal(operator, one.formula(), other.formula());
        return new Counts(formula, type);
    }

    private static Words joined(Words left, Words right) {
        return scope -> {
            String one = left.value(scope);
            String other = right.value(scope);
            return one == null || other == null ? null : one + other;
        };
    }

    private static Type resultOf(CelExpr expression, String operator, Type left, Type right) {
        if (!left.isNumber() || !right.isNumber()) {
            // Of times and durations CEL allows a time and a duration, two durations, and the difference of two times.
            boolean difference = left.sort() == Sort.TIME && right.sort() == Sort.TIME;
            boolean time = left.sort() == Sort.TIME || right.sort() == Sort.TIME;
            return time && !difference ? Type.TIME : Type.LENGTH;
        }
        if (left.sort() == Sort.WHOLE && right.sort() == Sort.WHOLE) {
            return Type.WHOLE;
        }
        return switch (operator) {
            case "_*_" -> {
                if (left.currency() != null && right.currency() != null) {
                    throw new Refusal(
                            PackError.WRONG_TYPE,
                            expression.id(),
                            "money is multiplied by money",
                            "Multiply money by a plain number");
                }
                yield new Type(Sort.NUMBER, common(expression, left, right));
            }
            case "_/_" -> {
                common(expression, left, right);
                yield new Type(Sort.NUMBER, right.currency() == null ? left.currency() : null);
            }
            default -> new Type(Sort.NUMBER, common(expression, left, right));
        };
    }

    private static Value negate(Counts counts) {
        Formula formula = counts.formula();
        return new Counts(scope -> -formula.value(scope), counts.type());
    }

    private static Value whole(CelExpr expression, Counts counts) {
        if (!counts.type().isNumber()) {
            throw unsupported(expression, "int() of a time");
        }
        return new Counts(Calculating.cut(counts.formula()), Type.WHOLE);
    }

    private Condition inText(CelExpr expression, CelCall call) {
        CelExpr subject =
                call.target().isPresent() ? call.target().get() : call.args().get(0);
        CelExpr argument = call.args().getLast();
        Words text = words(subject);
        if (call.function().equals("matches")) {
            return matches(text, pattern(argument));
        }
        Words part = words(argument);
        BiPredicate<String, String> test = switch (call.function()) {
            case "startsWith" -> String::startsWith;
            case "endsWith" -> String::endsWith;
            default -> String::contains;
        };
        return scope -> {
            String whole = text.value(scope);
            String piece = part.value(scope);
            return whole == null || piece == null ? Truth.UNKNOWN : Truth.of(test.test(whole, piece));
        };
    }

    private static Condition matches(Words text, Pattern pattern) {
        return scope -> {
            String whole = text.value(scope);
            return whole == null
                    ? Truth.UNKNOWN
                    : Truth.of(pattern.matcher(whole).find());
        };
    }

    /** Regular expressions of RE2, which take time in proportion to the text, whatever they are. */
    private static Pattern pattern(CelExpr argument) {
        if (!isText(argument)) {
            throw unsupported(argument, "'matches' with anything but a constant");
        }
        String regex = argument.constant().stringValue();
        if (regex.length() > MAX_REGEX) {
            throw new Refusal(
                    PackError.OUT_OF_RANGE,
                    argument.id(),
                    "the regular expression has " + regex.length() + " characters",
                    "At most " + MAX_REGEX + " are possible");
        }
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException wrong) {
            throw new Refusal(
                    PackError.BAD_EXPRESSION,
                    argument.id(),
                    "not a regular expression: " + wrong.getDescription(),
                    "Regular expressions are those of RE2");
        }
    }

    private Value size(CelExpr subject) {
        if (subject.getKind() == Kind.LIST) {
            throw unsupported(subject, "the size of a list");
        }
        Words text = words(subject);
        return new Counts(
                scope -> {
                    String whole = text.value(scope);
                    return whole == null ? Double.NaN : whole.codePointCount(0, whole.length());
                },
                Type.WHOLE);
    }

    private static Formula constantly(double number) {
        return scope -> number;
    }

    private static String text(List<CelExpr> args) {
        CelExpr only = args.getFirst();
        if (!isText(only)) {
            throw unsupported(only, "anything but a constant text");
        }
        return only.constant().stringValue();
    }

    private static double duration(CelExpr expression, String text) {
        boolean negative = text.startsWith("-");
        String length = negative ? text.substring(1) : text;
        if (!Durations.isDuration(length) || Durations.millis(length) >= Durations.MAX_MILLIS) {
            throw new Refusal(
                    PackError.BAD_EXPRESSION,
                    expression.id(),
                    "'" + text + "' is no duration",
                    "Write for instance duration('7d') or duration('2h30m'), at most ten years");
        }
        return negative ? -Durations.millis(length) : Durations.millis(length);
    }

    private static double time(CelExpr expression, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException wrong) {
            throw new Refusal(
                    PackError.BAD_EXPRESSION,
                    expression.id(),
                    "'" + text + "' is no time",
                    "Write for instance timestamp('2026-01-31T12:00:00Z')");
        }
    }
}
