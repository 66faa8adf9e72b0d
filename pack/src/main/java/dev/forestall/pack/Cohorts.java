package dev.forestall.pack;

import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.Cohort.Above;
import dev.forestall.loop.signal.Cohort.Counts;
import dev.forestall.pack.expression.Compiled;
import dev.forestall.pack.expression.Expressions;
import dev.forestall.pack.expression.Site;
import dev.forestall.pack.expression.Type.Sort;
import dev.forestall.pack.grammar.Durations;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Kind;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Shape.Fields;
import dev.forestall.pack.grammar.Shape.Leaf;
import dev.forestall.pack.grammar.Shape.Whole;
import dev.forestall.pack.grammar.Shares;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;

/** Reads cohort signals: what is counted, by which groups, and which share is too high. */
final class Cohorts {

    /** What may stand behind the key. */
    static final Fields KEYS = Grammar.fields(
            "cohort",
            Grammar.may("tried", Grammar.EVENTS, "", "The events of which some are hits. With `hit`."),
            Grammar.may("hit", Grammar.EVENTS, "", "Those of them that are hits. With `tried`."),
            Grammar.may(
                    "exits",
                    Grammar.NAME,
                    "",
                    "A journey: of the runs that end, those that fail. Instead of `tried` and `hit`."),
            Grammar.may(
                    "step",
                    Grammar.NAME,
                    "every end counts",
                    "With `exits`: of the runs that leave this step, those that leave it by failing."),
            Grammar.must("by", Grammar.WORDS, "The value that a group shares. Personal data is refused."),
            Grammar.must(
                    "above",
                    new Leaf(Kind.EXCESS),
                    "What share is too high: a given one, or more than chance allows with the learned share of everyone."),
            Grammar.may("minimum", new Whole(1, 1_000_000), "30", "How many must have been tried in the window."),
            Grammar.may("bucket", Grammar.SPAN, "1d", "How often a group is judged."),
            Grammar.may(
                    "window",
                    Grammar.SPAN,
                    "7d",
                    "Over how long it is judged; a multiple of `bucket`, at most 128 of them."));

    private static final Site.Stage STAGE = Site.Stage.SIGNAL;

    private final TrackingPlan plan;
    private final SortedSet<String> personalProperties;
    private final Expressions expressions;
    private final EventsReader events;
    private final TraitsReader traits;
    private final JourneysReader journeys;
    private final Learning learning;
    private final Problems problems;

    Cohorts(
            Plan.Read plan,
            Expressions expressions,
            EventsReader events,
            TraitsReader traits,
            JourneysReader journeys,
            Learning learning,
            Problems problems) {
        this.plan = plan.events();
        this.personalProperties = plan.personal();
        this.expressions = expressions;
        this.events = events;
        this.traits = traits;
        this.journeys = journeys;
        this.learning = learning;
        this.problems = problems;
    }

    Optional<Cohort> read(Section section, String signal) {
        Counted counted = section.has("exits") ? exits(section) : events(section);
        Site site = counted.site();
        Optional<Compiled> by =
                section.scalar("by").flatMap(text -> expressions.compile(text, section.pathOf("by"), site, Sort.TEXT));
        by.ifPresent(words -> checkPersonal(section, words));
        long bucket = section.millis("bucket", Durations.unit("d"));
        OptionalInt buckets = Buckets.count(section, "window", 7 * Durations.unit("d"), bucket, problems);
        Above above = above(section, signal);
        if (buckets.isPresent() && buckets.getAsInt() > Cohort.MAX_BUCKETS) {
            Buckets.tooMany(section, "window", buckets.getAsInt(), Cohort.MAX_BUCKETS, problems);
            return Optional.empty();
        }
        if (by.isEmpty() || buckets.isEmpty() || counted.counts().isEmpty()) {
            return Optional.empty();
        }
        int minimum = section.whole("minimum", 30);
        return Optional.of(
                new Cohort(counted.counts().get(), by.get().words(), bucket, buckets.getAsInt(), minimum, above));
    }

    /** What is counted, and what is at hand when it is. */
    private record Counted(Optional<Counts> counts, Site site) {}

    private Counted events(Section section) {
        for (String key : new String[] {"tried", "hit"}) {
            if (!section.has(key)) {
                problems.error(
                        PackError.MISSING_KEY,
                        section.place(),
                        section.path(),
                        "the key '" + key + "' is missing",
                        "A cohort counts either 'tried' and 'hit' events or the 'exits' of a journey");
            }
        }
        if (section.has("step")) {
            problems.error(
                    PackError.UNKNOWN_KEY,
                    section.placeOf("step"),
                    section.pathOf("step"),
                    "a step is one of a journey",
                    "Write 'exits' with the name of the journey");
        }
        Optional<Events> tried = events.read(section, "tried", STAGE);
        Optional<Events> hit = events.read(section, "hit", STAGE);
        BitSet types = tried.map(Events::types).orElseGet(BitSet::new);
        if (tried.isPresent() && hit.isPresent() && !types.intersects(hit.get().types())) {
            problems.error(
                    PackError.NEVER_FIRES,
                    section.placeOf("hit"),
                    section.pathOf("hit"),
                    "no event that is tried is ever a hit",
                    "Hits are those of the tried events that are also of 'hit'");
        }
        Optional<Counts> counts =
                tried.flatMap(all -> hit.map(some -> new Counts.Events(all.pattern(), some.pattern())));
        return new Counted(counts, tried.isPresent() ? Site.at(STAGE, types) : anyTime());
    }

    private Site anyTime() {
        return Site.anyTime(STAGE, plan.types().size());
    }

    private Counted exits(Section section) {
        for (String key : new String[] {"tried", "hit"}) {
            if (section.has(key)) {
                problems.error(
                        PackError.NOT_EXACTLY_ONE,
                        section.placeOf(key),
                        section.pathOf(key),
                        "'exits' and '" + key + "' cannot stand together",
                        "A cohort counts either 'tried' and 'hit' events or the 'exits' of a journey");
            }
        }
        String journey = section.text("exits", "");
        String step = section.text("step", "");
        boolean isKnown = journeys.resolve(journey, section.placeOf("exits"), section.pathOf("exits"))
                .isPresent();
        boolean hasStep = step.isEmpty()
                || (journeys.names().contains(journey)
                        && journeys.hasStep(journey, step, section.placeOf("step"), section.pathOf("step")));
        return new Counted(
                isKnown && hasStep ? Optional.of(new Counts.Exits(journey, step)) : Optional.empty(), anyTime());
    }

    private Above above(Section section, String signal) {
        String text = section.text("above", "");
        if (text.startsWith("expected(")) {
            double level = Shares.share(text.substring("expected(".length(), text.length() - 1));
            if (!(level > 0 && level < 1)) {
                outOfRange(section, "Expected more than 0% and less than 100%; 99% is usual");
            }
            double usual = learning.share(signal, section, "above");
            return learning.isLearning() ? new Above.Share(1) : new Above.Expected(usual, level);
        }
        double share = section.share("above", 0.5);
        if (!(share < 1)) {
            outOfRange(section, "No share is above 100%");
        }
        return new Above.Share(share);
    }

    private void outOfRange(Section section, String expected) {
        problems.error(
                PackError.OUT_OF_RANGE,
                section.placeOf("above"),
                section.pathOf("above"),
                "the share is outside its limits",
                expected);
    }

    private void checkPersonal(Section section, Compiled by) {
        for (String property : by.properties()) {
            boolean namesCustomer = plan.identifiers().stream()
                    .filter(each -> each.name().equals(property))
                    .map(IdentifierType::subjectKind)
                    .anyMatch(SubjectId.CUSTOMER::equals);
            if (namesCustomer || personalProperties.contains(property)) {
                refuse(section, property, namesCustomer ? "names a customer" : "is declared as personal data");
            }
        }
        for (String trait : by.traits()) {
            if (traits.find(trait).map(TraitsReader.Known::isPersonal).orElse(false)) {
                refuse(section, "trait." + trait, "comes from personal data");
            }
        }
    }

    private void refuse(Section section, String what, String why) {
        problems.error(
                PackError.PERSONAL_GROUP,
                section.placeOf("by"),
                section.pathOf("by"),
                "'" + what + "' " + why,
                "Form groups by what many share, such as a branch, a product or an app version");
    }
}
