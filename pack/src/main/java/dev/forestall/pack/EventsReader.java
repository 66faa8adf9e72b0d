package dev.forestall.pack;

import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Condition;
import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.expression.Truth;
import dev.forestall.pack.expression.Compiled;
import dev.forestall.pack.expression.Expressions;
import dev.forestall.pack.expression.Site;
import dev.forestall.pack.expression.Type.Sort;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Items;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which events are meant: by name, by several names, by a condition, or by name and condition. */
final class EventsReader {

    /** What can only be a name, not an expression. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_ :-]*");

    private final TrackingPlan plan;
    private final Expressions expressions;
    private final Problems problems;

    EventsReader(TrackingPlan plan, Expressions expressions, Problems problems) {
        this.plan = plan;
        this.expressions = expressions;
        this.problems = problems;
    }

    /** The events behind a key; nothing when the key is absent or something is wrong with it. */
    Optional<Events> read(Section section, String key, Site.Stage stage) {
        Node node = section.find(key);
        return node == null ? Optional.empty() : read(node, section.pathOf(key), stage);
    }

    /** As {@link #read(Section, String, Site.Stage)}, and no event at all when the key is absent. */
    Optional<Events> readOrNone(Section section, String key, Site.Stage stage) {
        return section.has(key) ? read(section, key, stage) : Optional.of(none());
    }

    static Events none() {
        return new Events(new EventPattern(List.of(), Condition.ALWAYS, "nothing"), new BitSet(), new BitSet());
    }

    Optional<Events> read(Node node, String path, Site.Stage stage) {
        return switch (node) {
            case Scalar scalar -> ofScalar(scalar, path, stage);
            case Items items -> ofList(items, path, stage);
            case Entries entries -> where(new Section(path, entries, Grammar.EVENTS_WHERE), stage);
        };
    }

    private Optional<Events> ofScalar(Scalar scalar, String path, Site.Stage stage) {
        if (scalar.isNothing()) {
            return Optional.empty();
        }
        Optional<EventType> type = plan.type(scalar.text());
        if (type.isPresent()) {
            return Optional.of(all(List.of(type.get()), scalar.text()));
        }
        boolean isProperty = plan.types().stream()
                .anyMatch(each -> each.property(scalar.text()).isPresent());
        if (NAME.matcher(scalar.text()).matches()
                && !isProperty
                && !scalar.text().matches("true|false")) {
            unknown(scalar, path);
            return Optional.empty();
        }
        BitSet everything = new BitSet();
        everything.set(0, plan.types().size());
        return conditional(scalar, path, stage, everything, scalar.text());
    }

    private void unknown(Scalar scalar, String path) {
        problems.unknown(
                PackError.UNKNOWN_NAME,
                scalar.place(),
                path,
                "event",
                scalar.text(),
                plan.byName().keySet());
    }

    private static Events all(List<EventType> types, String text) {
        EventPattern pattern = new EventPattern(types, Condition.ALWAYS, text);
        return new Events(pattern, pattern.types(), pattern.types());
    }

    private Optional<Events> conditional(Scalar condition, String path, Site.Stage stage, BitSet among, String text) {
        return expressions.compileAtEvents(condition, path, stage, among).map(compiled -> {
            BitSet types = compiled.types();
            BitSet certain = compiled.surelyHolds(types);
            Condition tested = certain.equals(types) ? Condition.ALWAYS : compiled.condition();
            return new Events(new EventPattern(types(types), tested, text), types, certain);
        });
    }

    private List<EventType> types(BitSet indexes) {
        return plan.types().stream().filter(type -> indexes.get(type.index())).toList();
    }

    private Optional<Events> where(Section section, Site.Stage stage) {
        Optional<Events> named = names(section);
        Optional<Scalar> condition = section.scalar("where");
        if (named.isEmpty() || condition.isEmpty()) {
            return section.has("where") ? Optional.empty() : named;
        }
        String text = named.get().pattern() + " where " + condition.get().text();
        return conditional(
                condition.get(), section.pathOf("where"), stage, named.get().types(), text);
    }

    /** The events that are given by their names alone. */
    private Optional<Events> names(Section section) {
        List<EventType> types = new ArrayList<>();
        List<Scalar> names = section.scalars("event");
        for (Scalar name : names) {
            Optional<EventType> type = plan.type(name.text());
            type.ifPresent(types::add);
            if (type.isEmpty()) {
                unknown(name, section.pathOf("event"));
            }
        }
        return types.size() < names.size() || types.isEmpty()
                ? Optional.empty()
                : Optional.of(all(
                        types,
                        String.join(", ", names.stream().map(Scalar::text).toList())));
    }

    private Optional<Events> ofList(Items items, String path, Site.Stage stage) {
        List<Events> parts = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            read(items.nodes().get(i), path + "[" + i + "]", stage).ifPresent(parts::add);
        }
        return parts.size() < items.nodes().size() || parts.isEmpty() ? Optional.empty() : Optional.of(any(parts));
    }

    private Events any(List<Events> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        BitSet types = new BitSet();
        BitSet certain = new BitSet();
        parts.forEach(part -> types.or(part.types()));
        parts.forEach(part -> certain.or(part.certain()));
        String text = String.join(
                ", ", parts.stream().map(part -> part.pattern().toString()).toList());
        if (certain.equals(types)) {
            return all(types(types), text);
        }
        Condition anyMatches = anyOf(parts.stream().map(Events::pattern).toArray(EventPattern[]::new));
        return new Events(new EventPattern(types(types), anyMatches, text), types, certain);
    }

    private static Condition anyOf(EventPattern[] patterns) {
        return scope -> {
            Event event = scope.event();
            if (event == null) {
                return Truth.UNKNOWN;
            }
            for (EventPattern each : patterns) {
                if (each.matches(event, scope)) {
                    return Truth.TRUE;
                }
            }
            return Truth.FALSE;
        };
    }

    /** A condition that is asked at any moment, such as that of a threshold. */
    Optional<Compiled> condition(Section section, String key, Site site) {
        return section.scalar(key).flatMap(text -> expressions.compile(text, section.pathOf(key), site, Sort.TRUTH));
    }
}
