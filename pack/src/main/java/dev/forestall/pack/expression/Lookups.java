package dev.forestall.pack.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Vocabulary;
import dev.forestall.pack.expression.Value.Counts;
import dev.forestall.pack.expression.Value.Holds;
import dev.forestall.pack.expression.Value.Says;
import dev.forestall.pack.problem.Nearest;
import dev.forestall.pack.problem.PackError;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds what the names of one expression stand for, refuses what its place cannot know, and remembers what was asked for. */
final class Lookups {

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
    Lookups(Names names, Site site, @Nullable Vocabulary vocabulary) {
        this.names = names;
        this.site = site;
        this.vocabulary = vocabulary;
        this.reading = new Reading(names.plan());
    }

    Reading reading() {
        return reading;
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

    Value name(CelExpr expression, String name) {
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
            case "event", "trait", "journey", "signal", "context", "risk" ->
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
        refuseLabel(expression, name);
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

    void needsEvent(CelExpr expression) {
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

    static Refusal unknown(CelExpr expression, String what, String name, Collection<String> valid) {
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

    Value select(CelExpr expression, CelSelect select) {
        CelExpr operand = select.operand();
        if (operand.getKind() == Kind.IDENT) {
            return switch (operand.ident().name()) {
                case "event" -> ofEvent(expression, select);
                case "trait" -> ofTrait(expression, select);
                case "signal" -> ofSignal(expression, select, "signal");
                case "context" -> ofSignal(expression, select, "context");
                case "risk" -> ofRisk(expression, select);
                default -> throw Refusal.unsupported(expression, "'." + select.field() + "'");
            };
        }
        if (operand.getKind() == Kind.SELECT
                && operand.select().operand().getKind() == Kind.IDENT
                && operand.select().operand().ident().name().equals("journey")) {
            return ofJourney(expression, operand.select().field(), select);
        }
        throw Refusal.unsupported(expression, "'." + select.field() + "'");
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
        refuseLabel(expression, select.field());
        properties.add(select.field());
        return new Holds(reading.has(select.field()));
    }

    private void refuseLabel(CelExpr expression, String name) {
        if (names.isLabel(name)) {
            throw new Refusal(
                    PackError.LEAK,
                    expression.id(),
                    "'" + name + "' says what became of it later, and nothing that acts or learns may know the future",
                    "Ask for something else; a prediction has it under 'labelled'");
        }
    }

    private Value ofTrait(CelExpr expression, CelSelect select) {
        String name = select.field();
        if (!names.traits().contains(name)) {
            throw unknown(expression, "trait", name, names.traits());
        }
        if (!site.stage().knowsTraits()) {
            throw notAvailable(expression, "a trait");
        }
        Type type = names.trait(name).orElseThrow(() -> Refusal.followsFrom(expression, "trait." + name));
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
        Collection<String> valid = namespace.equals("signal") ? names.signals() : names.affectingSignals();
        if (!valid.contains(select.field())) {
            throw unknown(
                    expression,
                    namespace.equals("signal") ? "signal" : "signal that customers are told of",
                    select.field(),
                    valid);
        }
        if (!site.stage().knowsSignals()) {
            throw notAvailable(expression, "a signal");
        }
        if (namespace.equals("context") && !site.stage().knowsContext()) {
            throw notAvailable(expression, "the context");
        }
        if (select.testOnly()) {
            throw Refusal.unsupported(expression, "has() of a signal");
        }
        return new Holds(Reading.truth(Reading.variable(variable(namespace + "." + select.field()))));
    }

    private Value ofRisk(CelExpr expression, CelSelect select) {
        if (!names.predictions().contains(select.field())) {
            throw unknown(expression, "prediction", select.field(), names.predictions());
        }
        if (!site.stage().knowsRisks()) {
            throw notAvailable(expression, "a risk");
        }
        int number = variable("risk." + select.field());
        return select.testOnly()
                ? new Holds(Reading.hasVariable(number, false))
                : new Counts(Reading.variable(number), Type.NUMBER);
    }

    private Value ofJourney(CelExpr expression, String journey, CelSelect select) {
        if (!names.journeys().contains(journey)) {
            throw unknown(expression, "journey", journey, names.journeys());
        }
        if (!site.stage().knowsJourneys()) {
            throw notAvailable(expression, "a journey");
        }
        if (select.field().equals("value") && !names.hasValue(journey)) {
            throw new Refusal(
                    PackError.NOT_AVAILABLE,
                    expression.id(),
                    "journey '" + journey + "' has no value",
                    "Give it a 'value', or do without");
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
}
