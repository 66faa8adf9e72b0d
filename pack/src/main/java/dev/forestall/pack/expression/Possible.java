package dev.forestall.pack.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.forestall.loop.event.EventType;
import java.util.List;
import java.util.function.IntBinaryOperator;

/**
 * What a condition can turn out to be at events of one type, knowing the type and nothing else: so that {@code type == 'contact' && …}
 * is asked of contacts alone, and a condition that no event can meet is reported. Says too much rather than too little.
 */
final class Possible {

    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int UNKNOWN = 4;

    private static final int ANY = TRUE | FALSE | UNKNOWN;

    private final Names names;
    private final EventType type;

    Possible(Names names, EventType type) {
        this.names = names;
        this.type = type;
    }

    /** The truths that are possible, as a sum of {@link #TRUE}, {@link #FALSE} and {@link #UNKNOWN}. */
    int of(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT -> {
                CelConstant constant = expression.constant();
                yield constant.getKind() == CelConstant.Kind.BOOLEAN_VALUE
                        ? constant.booleanValue() ? TRUE : FALSE
                        : ANY;
            }
            case CALL -> ofCall(expression, expression.call());
            case SELECT -> ofSelect(expression, expression.select());
            default -> isUnknown(expression) ? UNKNOWN : ANY;
        };
    }

    private int ofSelect(CelExpr expression, CelSelect select) {
        if (select.testOnly() && isEvent(select.operand())) {
            String name = select.field();
            return !names.carries(type, name) ? FALSE : names.surelyCarries(type, name) ? TRUE : TRUE | FALSE;
        }
        return isUnknown(expression) ? UNKNOWN : ANY;
    }

    private int ofCall(CelExpr expression, CelCall call) {
        List<CelExpr> args = call.args();
        return switch (call.function()) {
            case "_&&_" -> combine(of(args.get(0)), of(args.get(1)), Possible::and);
            case "_||_" -> not(combine(not(of(args.get(0))), not(of(args.get(1))), Possible::and));
            case "!_" -> not(of(args.get(0)));
            case "_?_:_" -> ofChoice(of(args.get(0)), of(args.get(1)), of(args.get(2)));
            case "_==_", "_!=_" -> ofEquality(expression, call);
            case "@in" -> ofMembership(expression, call);
            default -> isUnknown(expression) ? UNKNOWN : ANY;
        };
    }

    private static int ofChoice(int condition, int then, int otherwise) {
        return ((condition & TRUE) != 0 ? then : 0)
                | ((condition & FALSE) != 0 ? otherwise : 0)
                | (condition & UNKNOWN);
    }

    private int ofEquality(CelExpr expression, CelCall call) {
        CelExpr left = call.args().get(0);
        CelExpr right = call.args().get(1);
        CelExpr text = isType(left) ? right : isType(right) ? left : expression;
        if (!isText(text)) {
            return isUnknown(expression) ? UNKNOWN : ANY;
        }
        boolean same = text.constant().stringValue().equals(type.name());
        return same == call.function().equals("_==_") ? TRUE : FALSE;
    }

    private int ofMembership(CelExpr expression, CelCall call) {
        CelExpr list = call.args().get(1);
        if (!isType(call.args().get(0)) || list.getKind() != Kind.LIST) {
            return isUnknown(call.args().get(0)) ? UNKNOWN : ANY;
        }
        if (!list.list().elements().stream().allMatch(Possible::isText)) {
            return ANY;
        }
        boolean among = list.list().elements().stream()
                .anyMatch(each -> each.constant().stringValue().equals(type.name()));
        return among ? TRUE : FALSE;
    }

    /** Whether an expression has no value at such an event, because a part of it is never there. */
    private boolean isUnknown(CelExpr expression) {
        return switch (expression.getKind()) {
            case IDENT -> isMissing(expression.ident().name());
            case SELECT ->
                !expression.select().testOnly()
                        && isEvent(expression.select().operand())
                        && !names.carries(type, expression.select().field());
            case CALL -> {
                CelCall call = expression.call();
                boolean isLazy = switch (call.function()) {
                    case "_&&_", "_||_", "_?_:_" -> true;
                    default -> false;
                };
                yield !isLazy
                        && (call.args().stream().anyMatch(this::isUnknown)
                                || call.target().map(this::isUnknown).orElse(false));
            }
            default -> false;
        };
    }

    private boolean isMissing(String name) {
        return !Names.TAKEN.contains(name) && names.property(name).isPresent() && !names.carries(type, name);
    }

    private static boolean isType(CelExpr expression) {
        return expression.getKind() == Kind.IDENT && expression.ident().name().equals("type");
    }

    private static boolean isEvent(CelExpr expression) {
        return expression.getKind() == Kind.IDENT && expression.ident().name().equals("event");
    }

    private static boolean isText(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private static int not(int truths) {
        return ((truths & TRUE) != 0 ? FALSE : 0) | ((truths & FALSE) != 0 ? TRUE : 0) | (truths & UNKNOWN);
    }

    private static int and(int left, int right) {
        return left == FALSE || right == FALSE ? FALSE : left == TRUE ? right : left;
    }

    /** All results of an operation on single truths, over all pairs that are possible. */
    private static int combine(int left, int right, IntBinaryOperator operation) {
        int result = 0;
        for (int one = TRUE; one <= UNKNOWN; one <<= 1) {
            for (int other = TRUE; other <= UNKNOWN; other <<= 1) {
                if ((left & one) != 0 && (right & other) != 0) {
                    result |= operation.applyAsInt(one, other);
                }
            }
        }
        return result;
    }
}
