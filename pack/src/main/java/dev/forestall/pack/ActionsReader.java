package dev.forestall.pack;

import dev.forestall.loop.action.Action;
import dev.forestall.loop.event.Money;
import dev.forestall.loop.expression.Words;
import dev.forestall.loop.gate.Purpose;
import dev.forestall.pack.expression.Compiled;
import dev.forestall.pack.expression.Expressions;
import dev.forestall.pack.expression.Site;
import dev.forestall.pack.expression.Type.Sort;
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

    /** @param signals the names of the declared signals: records name both, so no action may be called like a signal */
    void read(Section pack, Set<String> signals) {
        for (Member member : pack.members("actions")) {
            Declared.checkName(member.key(), member.path(), "an action", problems);
            if (signals.contains(member.name())) {
                problems.error(
                        PackError.NAME_TAKEN,
                        member.key().place(),
                        member.path(),
                        "'" + member.name() + "' is a signal",
                        "Choose another name");
            }
            Optional<Section> section = member.section(Grammar.ACTION);
            actions.put(member.name(), section.flatMap(each -> action(member.name(), each)));
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

    private Optional<Action> action(String name, Section section) {
        String does = section.has("message") ? "message" : "workflow";
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
        return target.isEmpty() || reaches.isEmpty()
                ? Optional.empty()
                : Optional.of(new Action(name, does, target, purpose, reaches, prefer, List.of(), cost));
    }

    /** A pack can be replayed before its messages and workflows are written, so a missing one is only a warning. */
    private void checkFile(Section section, String does, String with) {
        if (folder == null || with.isEmpty()) {
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
