package dev.forestall.pack.expression;

import com.google.re2j.Pattern;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Truth;
import dev.forestall.loop.expression.Words;
import dev.forestall.pack.expression.Value.Counts;
import dev.forestall.pack.expression.Value.Holds;
import dev.forestall.pack.expression.Value.Says;
import dev.forestall.pack.problem.PackError;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Turns the checked tree of one expression into closures. */
final class Translator {

    private final Names names;
    private final Site site;
    private final Lookups lookups;

    Translator(Names names, Site site, Lookups lookups) {
        this.names = names;
        this.site = site;
        this.lookups = lookups;
    }

    Value translate(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT -> Constants.value(expression, expression.constant());
            case IDENT -> lookups.name(expression, expression.ident().name());
            case SELECT -> lookups.select(expression, expression.select());
            case CALL -> call(expression, expression.call());
            default -> throw Refusal.unsupported(expression, "this form of expression");
        };
    }

    private Condition condition(CelExpr expression) {
        if (translate(expression) instanceof Holds holds) {
            return holds.condition();
        }
        throw Refusal.notOf(expression, Type.TRUTH);
    }

    private Counts number(CelExpr expression) {
        if (translate(expression) instanceof Counts counts) {
            return counts;
        }
        throw Refusal.notOf(expression, Type.NUMBER);
    }

    private Words words(CelExpr expression) {
        if (translate(expression) instanceof Says says) {
            return says.words();
        }
        throw Refusal.notOf(expression, Type.TEXT);
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
            case "_+_", "_-_", "_*_", "_/_", "_%_" ->
                Arithmetic.calculate(expression, call.function(), translate(args.get(0)), translate(args.get(1)));
            case "-_" -> Arithmetic.negate(number(args.get(0)));
            case "startsWith", "endsWith", "contains", "matches" -> new Holds(inText(call));
            case "size" -> size(call.target().isPresent() ? call.target().get() : args.get(0));
            case "duration" -> Constants.duration(expression, args);
            case "timestamp" -> Constants.time(expression, args);
            case "double" -> new Counts(number(args.get(0)).formula(), Type.NUMBER);
            case "int" -> Arithmetic.whole(expression, number(args.get(0)));
            default -> throw Refusal.unsupported(expression, "'" + call.function() + "'");
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
            Currency currency = Arithmetic.common(expression, first.type(), second.type());
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

    private Condition compare(CelExpr expression, String operator, CelExpr left, CelExpr right) {
        Condition byType = compareType(operator, left, right);
        if (byType != null) {
            return byType;
        }
        Value first = translate(left);
        Value second = translate(right);
        if (first instanceof Counts one && second instanceof Counts other) {
            Arithmetic.common(expression, one.type(), other.type());
            if (Constants.isNumber(right)) {
                return Comparing.number(operator, one.formula(), Constants.number(right));
            }
            return Comparing.numbers(operator, one.formula(), other.formula());
        }
        if (first instanceof Says one && second instanceof Says other) {
            if (Constants.isText(right) && (operator.equals("_==_") || operator.equals("_!=_"))) {
                return Comparing.textIs(one.words(), Constants.text(right), operator.equals("_==_"));
            }
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
        if (!equality || constant == null || !Constants.isText(constant)) {
            return null;
        }
        lookups.needsEvent(left);
        String name = eventName(constant);
        Condition is = lookups.reading().isOfType(Set.of(name));
        return operator.equals("_==_") ? is : Condition.not(is);
    }

    private String eventName(CelExpr constant) {
        String name = constant.constant().stringValue();
        if (names.plan().type(name).isEmpty()) {
            throw Lookups.unknown(constant, "event", name, names.plan().byName().keySet());
        }
        return name;
    }

    private static boolean isType(CelExpr expression) {
        return expression.getKind() == Kind.IDENT && expression.ident().name().equals("type");
    }

    private Condition among(CelExpr element, CelExpr list) {
        if (list.getKind() != Kind.LIST
                || !list.list().elements().stream().allMatch(each -> each.getKind() == Kind.CONSTANT)) {
            throw Refusal.unsupported(list, "'in' of anything but a list of constants");
        }
        List<CelExpr> elements = list.list().elements();
        if (isType(element) && elements.stream().allMatch(Constants::isText)) {
            lookups.needsEvent(element);
            Set<String> types = new LinkedHashSet<>();
            elements.forEach(each -> types.add(eventName(each)));
            return lookups.reading().isOfType(types);
        }
        return switch (translate(element)) {
            case Says says -> {
                Set<String> texts = new LinkedHashSet<>();
                elements.forEach(each -> texts.add(Constants.text(each)));
                yield Comparing.amongTexts(says.words(), Set.copyOf(texts));
            }
            case Counts counts -> {
                ToDoubleFunction<CelExpr> value = Constants::number;
                yield Comparing.amongNumbers(
                        counts.formula(), elements.stream().mapToDouble(value).toArray());
            }
            case Holds holds -> throw Refusal.unsupported(element, "'in' of truths");
        };
    }

    private Condition inText(CelCall call) {
        CelExpr subject =
                call.target().isPresent() ? call.target().get() : call.args().get(0);
        CelExpr argument = call.args().getLast();
        Words text = words(subject);
        if (call.function().equals("matches")) {
            return matches(text, Constants.pattern(argument));
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

    private Value size(CelExpr subject) {
        if (subject.getKind() == Kind.LIST) {
            throw Refusal.unsupported(subject, "the size of a list");
        }
        Words text = words(subject);
        return new Counts(
                scope -> {
                    String whole = text.value(scope);
                    return whole == null ? Double.NaN : whole.codePointCount(0, whole.length());
                },
                Type.WHOLE);
    }
}
