package dev.forestall.pack;

import dev.forestall.pack.source.Node;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Entry;
import dev.forestall.pack.source.Node.Items;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Names each declaration by the content of all that decides what it remembers: its own text and, transitively, that of everything it
 * mentions. Whoever has the same name in two packs has the same memory of the same inputs. To mention means that the other's name stands
 * in the text as a word: that may be too much, never too little.
 *
 * <p>What people read, and what only later stages use, does not count: descriptions, costs, uplifts, shares of control.
 */
final class DeclarationHashes {

    /** The sections whose members can be mentioned, and what their declarations are called. */
    private static final Map<String, String> KINDS = Map.of(
            "events", "event",
            "traits", "trait",
            "journeys", "journey",
            "signals", "signal",
            "predictions", "prediction",
            "outcomes", "outcome");

    /** Of any declaration: not for the loop. */
    private static final Set<String> FOR_PEOPLE = Set.of("description");

    /** Of a prediction: not for what is remembered of it. */
    private static final Set<String> OF_ANSWERS = Set.of("value", "challenger", "retrain");

    /** Of a policy, all that is remembered depends on this. */
    private static final Set<String> OF_DECISIONS = Set.of("cooldown");

    private final Entries pack;
    private final Baselines baselines;
    /** By declaration, its own text. */
    private final SortedMap<String, String> own = new TreeMap<>();
    /** By declaration, the declarations it mentions. */
    private final SortedMap<String, SortedSet<String>> mentioned = new TreeMap<>();

    private DeclarationHashes(Entries pack, Baselines baselines) {
        this.pack = pack;
        this.baselines = baselines;
    }

    /** By declaration, such as {@code signal.late}. */
    static SortedMap<String, String> of(Node pack, Baselines baselines) {
        return pack instanceof Entries entries ? new DeclarationHashes(entries, baselines).all() : new TreeMap<>();
    }

    private SortedMap<String, String> all() {
        SortedMap<String, Node> nodes = new TreeMap<>();
        KINDS.forEach((section, kind) -> members(section)
                .forEach(member -> nodes.put(
                        kind + "." + member.key().text(),
                        without(member.value(), kind.equals("prediction") ? OF_ANSWERS : Set.of()))));
        members("policies").forEach(member -> nodes.put("policy." + member.key().text(), policy(member.value())));
        nodes.forEach((declaration, node) -> own.put(declaration, ordered(node) + learned(declaration)));
        nodes.forEach((declaration, node) -> mentioned.put(declaration, mentionedIn(node, nodes.keySet())));
        SortedMap<String, String> hashes = new TreeMap<>();
        own.keySet().forEach(declaration -> hashes.put(declaration, hash(Set.of(declaration), "")));
        // Tracks refer to events and journeys by their places.
        String features = canonical("features") + names("events") + names("journeys");
        // What models may know is made of all that is declared to their left.
        SortedSet<String> known = new TreeSet<>();
        own.keySet().stream()
                .filter(each ->
                        !each.startsWith("prediction.") && !each.startsWith("policy.") && !each.startsWith("outcome."))
                .forEach(known::add);
        hashes.put("features", hash(known, features));
        if (pack.get("features") instanceof Entries rules && rules.get("workload") instanceof Entries workloads) {
            workloads
                    .entries()
                    .forEach(
                            each -> hashes.put("workload." + each.key().text(), hash(Set.of(), ordered(each.value()))));
        }
        return hashes;
    }

    private List<Entry> members(String section) {
        return pack.get(section) instanceof Entries entries ? entries.entries() : List.of();
    }

    private List<String> names(String section) {
        return members(section).stream().map(each -> each.key().text()).toList();
    }

    private String canonical(String section) {
        Node node = pack.get(section);
        return node == null ? "" : ordered(node);
    }

    private static Node policy(Node node) {
        return node instanceof Entries entries
                ? new Entries(
                        entries.place(),
                        entries.entries().stream()
                                .filter(each -> OF_DECISIONS.contains(each.key().text()))
                                .toList())
                : node;
    }

    private static Node without(Node node, Set<String> more) {
        return node instanceof Entries entries
                ? new Entries(
                        entries.place(),
                        entries.entries().stream()
                                .filter(each -> !FOR_PEOPLE.contains(each.key().text())
                                        && !more.contains(each.key().text()))
                                .toList())
                : node;
    }

    /** What was learned for a declaration, if anything was. */
    private String learned(String declaration) {
        String name = declaration.substring(declaration.indexOf('.') + 1);
        StringBuilder learned = new StringBuilder();
        baselines.times().forEach((of, times) -> {
            if (isWordIn(name, of)) {
                learned.append('\n').append(of).append(times);
            }
        });
        baselines.shares().forEach((of, share) -> {
            if (isWordIn(name, of)) {
                learned.append('\n').append(of).append(share);
            }
        });
        return learned.toString();
    }

    private static SortedSet<String> mentionedIn(Node node, Set<String> declarations) {
        List<String> texts = new ArrayList<>();
        collect(node, texts);
        SortedSet<String> mentioned = new TreeSet<>();
        for (String declaration : declarations) {
            String name = declaration.substring(declaration.indexOf('.') + 1);
            if (!declaration.startsWith("policy.") && texts.stream().anyMatch(text -> isWordIn(name, text))) {
                mentioned.add(declaration);
            }
        }
        return mentioned;
    }

    private static void collect(Node node, List<String> texts) {
        switch (node) {
            case Scalar scalar -> texts.add(scalar.text());
            case Items items -> items.nodes().forEach(each -> collect(each, texts));
            case Entries entries ->
                entries.entries().forEach(each -> {
                    texts.add(each.key().text());
                    collect(each.value(), texts);
                });
        }
    }

    /** A part of a pack as text; the order of keys counts, because some of them, such as steps, have one. */
    private static String ordered(Node part) {
        StringBuilder text = new StringBuilder();
        append(text, part);
        return text.toString();
    }

    private static void append(StringBuilder text, Node node) {
        switch (node) {
            case Scalar scalar -> append(text.append('s'), scalar.isNothing() ? "" : scalar.text());
            case Items items -> {
                text.append('l').append(items.nodes().size());
                items.nodes().forEach(each -> append(text, each));
            }
            case Entries entries -> {
                text.append('m').append(entries.entries().size());
                entries.entries().forEach(each -> {
                    append(text, each.key().text());
                    append(text, each.value());
                });
            }
        }
    }

    private static void append(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }

    private static boolean isWordIn(String name, String text) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            if ((at == 0 || !isOfWord(text.charAt(at - 1))) && (end == text.length() || !isOfWord(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfWord(char letter) {
        return Character.isLetterOrDigit(letter) || letter == '_';
    }

    /** Of some declarations and all that they reach. */
    private String hash(Set<String> from, String more) {
        SortedSet<String> reached = new TreeSet<>(from);
        Deque<String> next = new ArrayDeque<>(from);
        while (!next.isEmpty()) {
            for (String each : mentioned.getOrDefault(next.remove(), new TreeSet<>())) {
                if (reached.add(each)) {
                    next.add(each);
                }
            }
        }
        List<String> texts = new ArrayList<>(List.of(canonical("subjects"), canonical("currency"), more));
        for (String each : reached) {
            texts.add(each);
            texts.add(own.getOrDefault(each, ""));
        }
        return ContentHash.of(texts);
    }
}
