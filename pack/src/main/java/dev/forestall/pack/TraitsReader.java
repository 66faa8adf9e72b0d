package dev.forestall.pack;

import dev.forestall.loop.expression.EventPattern;
import dev.forestall.loop.profile.Trait;
import dev.forestall.loop.profile.Trait.Fold;
import dev.forestall.pack.expression.Compiled;
import dev.forestall.pack.expression.Expressions;
import dev.forestall.pack.expression.Site;
import dev.forestall.pack.expression.Type;
import dev.forestall.pack.expression.Type.Sort;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Scalar;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;

/** Reads the traits: what is remembered about subjects. */
final class TraitsReader {

    private final Subjects subjects;
    private final SortedSet<String> personalProperties;
    private final Expressions expressions;
    private final EventsReader events;
    private final Problems problems;
    private final SequencedMap<String, Known> known = new LinkedHashMap<>();

    /**
     * A declared trait.
     *
     * @param trait as the loop uses it
     * @param events from which it is taken
     * @param isPersonal whether it holds personal data
     */
    record Known(Trait trait, Events events, boolean isPersonal) {}

    TraitsReader(
            Subjects subjects,
            SortedSet<String> personalProperties,
            Expressions expressions,
            EventsReader events,
            Problems problems) {
        this.subjects = subjects;
        this.personalProperties = personalProperties;
        this.expressions = expressions;
        this.events = events;
        this.problems = problems;
    }

    void read(Section pack) {
        for (Member member : pack.members("traits")) {
            Declared.checkName(member.key(), member.path(), "a trait", problems);
            member.section(Grammar.TRAIT).ifPresent(section -> read(member.name(), section));
        }
    }

    private void read(String name, Section section) {
        String subject = subject(section);
        long within = section.millis("within", 0);
        if (section.has("count")) {
            refuse(section, "of", "'count' already says which events");
            Optional<Events> counted = events.read(section, "count", Site.Stage.PROFILE);
            expressions.names().learnTrait(name, Type.WHOLE);
            counted.ifPresent(of ->
                    keep(name, new Trait(name, subject, Fold.COUNT, of.pattern(), null, null, within), of, false));
            return;
        }
        for (String key : List.of("first", "last", "sum", "min", "max")) {
            if (section.has(key)) {
                Fold fold = Fold.valueOf(key.toUpperCase(Locale.ROOT));
                taken(name, section, subject, fold, key, within);
                return;
            }
        }
    }

    /** A trait whose value is taken from events. */
    private void taken(String name, Section section, String subject, Fold fold, String key, long within) {
        if (within > 0 && fold != Fold.SUM) {
            refuse(section, "within", "only 'count' and 'sum' can be limited to a time");
        }
        if (!section.has("of")) {
            problems.error(
                    PackError.MISSING_KEY,
                    section.place(),
                    section.path(),
                    "the key 'of' is missing",
                    "Say from which events the value is taken");
        }
        Events of = events.read(section, "of", Site.Stage.PROFILE).orElse(null);
        Scalar text = section.scalar(key).orElse(null);
        if (of == null || text == null) {
            return;
        }
        Compiled value = expressions
                .compile(text, section.pathOf(key), Site.at(Site.Stage.PROFILE, of.types()))
                .orElse(null);
        if (value == null) {
            return;
        }
        expressions.names().learnTrait(name, value.type());
        boolean keepsOne = fold == Fold.FIRST || fold == Fold.LAST;
        if (!keepsOne && (value.type().isText() || value.type().sort() == Sort.TRUTH)) {
            problems.error(
                    PackError.WRONG_TYPE,
                    text.place(),
                    section.pathOf(key),
                    "this is " + value.type().described(),
                    "Only of numbers, times and durations there is a " + key + "; use first or last");
            return;
        }
        boolean isPersonal = value.properties().stream().anyMatch(personalProperties::contains);
        keep(name, trait(name, subject, fold, of.pattern(), value, keepsOne ? 0 : within), of, isPersonal);
    }

    private static Trait trait(String name, String subject, Fold fold, EventPattern of, Compiled value, long within) {
        long rolling = fold == Fold.SUM ? within : 0;
        return value.type().isText()
                ? new Trait(name, subject, fold, of, null, value.words(), rolling)
                : new Trait(name, subject, fold, of, value.stored(), null, rolling);
    }

    private String subject(Section section) {
        return Kinds.read(section, subjects, problems);
    }

    private void refuse(Section section, String key, String why) {
        if (section.has(key)) {
            problems.error(
                    PackError.UNKNOWN_KEY, section.placeOf(key), section.pathOf(key), why, "Leave '" + key + "' out");
        }
    }

    private void keep(String name, Trait trait, Events of, boolean isPersonal) {
        known.put(name, new Known(trait, of, isPersonal));
    }

    Optional<Known> find(String name) {
        return Optional.ofNullable(known.get(name));
    }

    /** The names of those that hold personal data. */
    List<String> personal() {
        return known.entrySet().stream()
                .filter(each -> each.getValue().isPersonal())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** In the order of their names. */
    List<Trait> traits() {
        return known.values().stream().map(Known::trait).toList();
    }

    /** The events that can change some traits. */
    BitSet types(Iterable<String> names) {
        BitSet types = new BitSet();
        for (String name : names) {
            find(name).ifPresent(trait -> types.or(trait.events().types()));
        }
        return types;
    }
}
