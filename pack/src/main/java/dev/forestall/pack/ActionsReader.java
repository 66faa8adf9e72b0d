package dev.forestall.pack;

import dev.forestall.loop.action.Action;
import dev.forestall.loop.action.Parameter;
import dev.forestall.loop.action.Parameter.Value;
import dev.forestall.loop.action.Withdrawal;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.expression.Words;
import dev.forestall.loop.gate.Proposal.Use;
import dev.forestall.loop.gate.Purpose;
import dev.forestall.loop.gate.Resource;
import dev.forestall.loop.trigger.TriggerName;
import dev.forestall.pack.expression.Compiled;
import dev.forestall.pack.expression.Expressions;
import dev.forestall.pack.expression.Site;
import dev.forestall.pack.expression.Type.Sort;
import dev.forestall.pack.grammar.Durations;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Reads what can be done. */
final class ActionsReader {

    private static final Site DECISION = new Site(Site.Stage.DECISION, new BitSet(), false);

    private final Currency currency;
    private final @Nullable Path folder;
    private final Expressions expressions;
    private final PurposesReader purposes;
    private final Problems problems;
    private final Map<String, Optional<Action>> actions = new LinkedHashMap<>();
    private final List<Resource> resources = new ArrayList<>();
    private final SortedMap<String, String> words = new TreeMap<>();
    private final Set<String> channels = new TreeSet<>();

    /** @param folder where the messages and workflows of the pack stand; null when it is a text without files */
    ActionsReader(
            Currency currency,
            @Nullable Path folder,
            Expressions expressions,
            PurposesReader purposes,
            Problems problems) {
        this.currency = currency;
        this.folder = folder;
        this.expressions = expressions;
        this.purposes = purposes;
        this.problems = problems;
    }

    /**
     * Records name signals and actions, so no action may be called like a signal.
     *
     * @param predictions the names of the declared predictions
     */
    void read(Section pack, SignalsReader signals, List<String> predictions) {
        for (Member member : pack.members("resources")) {
            Declared.checkName(member.key(), member.path(), "a resource", problems);
            member.section(Grammar.RESOURCE)
                    .filter(section -> section.has("amount") && section.has("per"))
                    .ifPresent(section -> resources.add(new Resource(
                            member.name(), section.whole("amount", 1), section.millis("per", Durations.unit("h")))));
        }
        for (Member member : pack.members("actions")) {
            Declared.checkName(member.key(), member.path(), "an action", problems);
            if (signals.names().contains(member.name())) {
                problems.error(
                        PackError.NAME_TAKEN,
                        member.key().place(),
                        member.path(),
                        "'" + member.name() + "' is a signal",
                        "Choose another name");
            }
            Optional<Section> section = member.section(Grammar.ACTION);
            actions.put(member.name(), section.flatMap(each -> action(member.name(), each, signals, predictions)));
            words.put(
                    member.name(),
                    section.map(each -> each.text("description", member.name())).orElse(member.name()));
            if (member.name().equals(Action.NOTHING)) {
                problems.error(
                        PackError.NAME_TAKEN,
                        member.key().place(),
                        member.path(),
                        "'nothing' is always a candidate by itself",
                        "Choose another name");
            }
        }
    }

    private Optional<Action> action(String name, Section section, SignalsReader signals, List<String> predictions) {
        String does = section.has("message") ? "message" : section.has("show") ? Action.SHOW : "workflow";
        String target = section.text(does, "");
        checkFile(section, does, target);
        List<String> reaches =
                section.scalars("channel").stream().map(Scalar::text).distinct().toList();
        channels.addAll(reaches);
        Purpose purpose = purposes.of(section);
        Words prefer = section.scalar("prefer")
                .flatMap(text -> expressions.compile(text, section.pathOf("prefer"), DECISION, Sort.TEXT))
                .map(Compiled::words)
                .orElse(null);
        Money cost = cost(section);
        List<Parameter.Rule> parameters = parameters(section);
        Withdrawal withdrawal = withdrawal(section, signals, predictions);
        return target.isEmpty() || reaches.isEmpty()
                ? Optional.empty()
                : Optional.of(new Action(
                        name,
                        does,
                        target,
                        parameters,
                        purpose,
                        reaches,
                        prefer,
                        uses(section),
                        cost,
                        section.millis("expires", Action.STANDARD_EXPIRES_MILLIS),
                        withdrawal));
    }

    private List<Use> uses(Section section) {
        List<String> declared = resources.stream().map(Resource::name).toList();
        List<Use> uses = new ArrayList<>();
        for (Member member : section.members("uses")) {
            if (!declared.contains(member.name())) {
                problems.unknown(
                        PackError.UNKNOWN_NAME,
                        member.key().place(),
                        member.path(),
                        "resource",
                        member.name(),
                        declared);
            } else if (member.node() instanceof Scalar amount && amount.text().matches("[1-9][0-9]{0,6}")) {
                uses.add(new Use(member.name(), Long.parseLong(amount.text())));
            }
        }
        return uses;
    }

    private List<Parameter.Rule> parameters(Section section) {
        List<Parameter.Rule> rules = new ArrayList<>();
        for (Member member : section.members("with")) {
            if (member.node() instanceof Scalar text) {
                expressions
                        .compile(text, member.path(), DECISION, Sort.values())
                        .ifPresent(compiled -> rules.add(new Parameter.Rule(member.name(), reading(compiled))));
            }
        }
        return rules;
    }

    /** As the type of the expression says. */
    private static Parameter.Reading reading(Compiled compiled) {
        Currency money = compiled.type().currency();
        if (money != null) {
            return stored(compiled, amount -> new Value.Amount(new Money((long) amount, money)));
        }
        return switch (compiled.type().sort()) {
            case TEXT -> {
                Words words = compiled.words();
                yield scope -> Optional.ofNullable(words.value(scope)).map(Value.Text::new);
            }
            case TRUTH -> stored(compiled, truth -> new Value.Truth(truth != 0));
            case WHOLE, NUMBER -> stored(compiled, Value.Number::new);
            case TIME -> stored(compiled, time -> new Value.Time((long) time));
            case LENGTH -> stored(compiled, length -> new Value.Length((long) length));
        };
    }

    private static Parameter.Reading stored(Compiled compiled, DoubleFunction<Value> typed) {
        Formula formula = compiled.stored();
        return scope -> {
            double value = formula.value(scope);
            return Double.isFinite(value) ? Optional.of(typed.apply(value)) : Optional.empty();
        };
    }

    private Withdrawal withdrawal(Section section, SignalsReader signals, List<String> predictions) {
        Scalar written = section.scalar("withdraw_when").orElse(null);
        if (written == null || written.text().equals(Withdrawal.STANDARD.text())) {
            return Withdrawal.STANDARD;
        }
        if (written.text().equals(Withdrawal.NEVER.text())) {
            return Withdrawal.NEVER;
        }
        String trigger = written.text().substring(0, written.text().length() - " ends".length());
        Withdrawal ends =
                Triggers.read(trigger, written, section.pathOf("withdraw_when"), signals, predictions, problems)
                        .stream()
                        .findFirst()
                        .<Withdrawal>map(Withdrawal.Ends::new)
                        .orElse(Withdrawal.STANDARD);
        if (ends instanceof Withdrawal.Ends of && of.name() instanceof TriggerName.OfSignal signal) {
            checkKind(section, signals, signal.signal());
        }
        return ends;
    }

    /** A request is a customer's, and so is what takes it back. */
    private void checkKind(Section section, SignalsReader signals, String signal) {
        String kind = signals.kindOf(signal);
        if (!kind.equals(SubjectId.CUSTOMER)) {
            problems.error(
                    PackError.WRONG_SUBJECT,
                    section.placeOf("withdraw_when"),
                    section.pathOf("withdraw_when"),
                    "requests are about customers, and signal '" + signal + "' is one of the kind '" + kind + "'",
                    signals.affectsCustomers(signal)
                            ? "Write context." + signal + " ends: it ends for the customers whom it affects"
                            : "Name a signal of the customer");
        }
    }

    /** A pack can be replayed before its messages and workflows are written, so a missing one is only a warning. */
    private void checkFile(Section section, String does, String with) {
        if (folder == null || with.isEmpty() || does.equals(Action.SHOW)) {
            return;
        }
        String file = does.equals("message") ? "messages/" + with + ".liquid" : "workflows/" + with;
        if (!Files.isRegularFile(folder.resolve(file))) {
            problems.warning(
                    PackError.MISSING_FILE,
                    section.placeOf(does),
                    section.pathOf(does),
                    "there is no file " + file + ", so the action cannot be carried out",
                    "Write it, or correct the name");
        }
    }

    private Money cost(Section section) {
        int digits = Math.max(0, currency.getDefaultFractionDigits());
        BigDecimal amount = section.text("cost").map(BigDecimal::new).orElse(BigDecimal.ZERO);
        BigDecimal minor = amount.movePointRight(digits);
        if (minor.stripTrailingZeros().scale() > 0) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    section.placeOf("cost"),
                    section.pathOf("cost"),
                    amount.toPlainString() + " is no whole number of minor units",
                    currency + " has " + digits + " decimal places");
        }
        return new Money(minor.setScale(0, RoundingMode.HALF_EVEN).longValueExact(), currency);
    }

    /** The channels that actions use. */
    Set<String> channels() {
        return channels;
    }

    /** The names of all declared actions. */
    Set<String> names() {
        return actions.keySet();
    }

    /** Of which there is only so much. */
    List<Resource> resources() {
        return resources;
    }

    /** All that are sound, in the order of the pack. */
    List<Action> all() {
        return actions.values().stream().flatMap(Optional::stream).toList();
    }

    Optional<Action> find(String name) {
        return actions.getOrDefault(name, Optional.empty());
    }

    /** What actions mean, for people, by name. */
    SortedMap<String, String> words() {
        return words;
    }
}
