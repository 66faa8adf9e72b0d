package dev.forestall.pack;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.expression.Formula;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.signal.Anomaly;
import dev.forestall.loop.signal.Deadline;
import dev.forestall.loop.signal.Decline;
import dev.forestall.loop.signal.Detector;
import dev.forestall.loop.signal.Exit;
import dev.forestall.loop.signal.Hesitation;
import dev.forestall.loop.signal.Repeat;
import dev.forestall.loop.signal.Rework;
import dev.forestall.loop.signal.Sequence;
import dev.forestall.loop.signal.Stall;
import dev.forestall.loop.signal.Threshold;
import dev.forestall.pack.expression.Compiled;
import dev.forestall.pack.expression.Expressions;
import dev.forestall.pack.expression.Site;
import dev.forestall.pack.expression.Type.Sort;
import dev.forestall.pack.grammar.Durations;
import dev.forestall.pack.grammar.Grammar;
import dev.forestall.pack.grammar.Kind;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Shape;
import dev.forestall.pack.grammar.Shape.Choice;
import dev.forestall.pack.grammar.Shape.Either;
import dev.forestall.pack.grammar.Shape.Fields;
import dev.forestall.pack.grammar.Shape.Key;
import dev.forestall.pack.grammar.Shape.Leaf;
import dev.forestall.pack.grammar.Shape.Many;
import dev.forestall.pack.grammar.Shape.Whole;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The detectors of packs: for each its key, what may stand behind it, and how that is read. The schema, the tables of the guide and the
 * completion of editors come from here.
 */
final class Detectors {

    private static final Fields REPEAT = Grammar.fields(
            "repeat",
            Grammar.must("of", Grammar.EVENTS, "What is repeated."),
            Grammar.must("times", new Whole(2, Repeat.MAX_TIMES), "How often."),
            Grammar.must("within", Grammar.SPAN, "How long the window is."));

    private static final Fields STALL = Grammar.fields(
            "stall",
            Grammar.must("after", Grammar.EVENTS, "What starts the wait, and starts it again."),
            Grammar.must("without", Grammar.EVENTS, "What ends the wait."),
            Grammar.must("within", Grammar.WAIT, "How long the wait may take."));

    private static final Fields HESITATION = Grammar.fields(
            "hesitation",
            Grammar.may("step", Grammar.NAME, "the time before the first step", "The step that is watched."),
            Grammar.must("longer_than", Grammar.WAIT, "How long is expected."));

    private static final Fields EXIT = Grammar.fields(
            "exit",
            Grammar.may("steps", Grammar.oneOrMany(Grammar.NAME), "every step", "The steps that count."),
            Grammar.may(
                    "silence",
                    Grammar.SPAN,
                    "only explicit ends count",
                    "How long without any event of the run counts as having left."));

    private static final Fields SEQUENCE = Grammar.fields(
            "sequence",
            Grammar.must(
                    "of",
                    new Many(sequencePart(), 2, Sequence.MAX_PARTS),
                    "The events in order; `{ not: … }` for what must not happen at that place. The first is not forbidden."),
            Grammar.must("within", Grammar.SPAN, "How long the whole may take, counted from the first."));

    private static final Fields REWORK = Grammar.fields(
            "rework",
            Grammar.must(
                    "times",
                    new Whole(1, Rework.MAX_TIMES),
                    "How often the customer has gone back to an earlier step of the run."));

    private static final Fields DECLINE = Grammar.fields(
            "decline",
            Grammar.must("of", Grammar.EVENTS, "What is counted."),
            Grammar.must(
                    "to", Grammar.PERCENT, "Below which share of the own earlier rate, above 0 % and at most 100 %."),
            Grammar.must("recent", Grammar.SPAN, "The recent time; a multiple of `bucket`."),
            Grammar.must(
                    "baseline", Grammar.SPAN, "The time before it, with which it is compared; a multiple of `bucket`."),
            Grammar.may("minimum", new Whole(1, 1_000_000), "10", "How many events the baseline must hold at least."),
            Grammar.may(
                    "bucket",
                    Grammar.SPAN,
                    "1d",
                    "In what steps time is counted. `recent` and `baseline` together have at most 128."));

    private static final Fields ANOMALY = Grammar.fields(
            "anomaly",
            Grammar.must("of", Grammar.EVENTS, "Which events carry the value."),
            Grammar.must("value", Grammar.FORMULA, "The value."),
            Grammar.may(
                    "beyond", new Leaf(Kind.NUMBER), "3.5", "How many robust standard deviations are odd, above 0."),
            Grammar.may(
                    "direction", new Choice(List.of("above", "below", "both")), "both", "Which way it must lie off."),
            Grammar.may("minimum", new Whole(3, Anomaly.MAX_HISTORY), "8", "How many earlier values there must be."),
            Grammar.may(
                    "history",
                    new Whole(3, Anomaly.MAX_HISTORY),
                    "32",
                    "How many of the latest values make the history."),
            Grammar.may(
                    "floor",
                    Grammar.PERCENT,
                    "0%",
                    "The smallest standard deviation, as a share of the median's size."));

    private static final Fields DEADLINE = Grammar.fields(
            "deadline",
            Grammar.must("promised", Grammar.EVENTS, "The events that promise. The latest promise counts."),
            Grammar.must("at", Grammar.FORMULA, "The promised time, from such an event."),
            Grammar.must("kept", Grammar.EVENTS, "The events that keep the promise, or make it void."),
            Grammar.must("when", new Choice(List.of("missed", "moved", "coming_up")), "What to say of it."),
            Grammar.may(
                    "margin",
                    Grammar.DURATION,
                    "0s",
                    "`missed`: the grace after the promised time; `moved`: by more than this; `coming_up`: so long before it, and needed."));

    /** What is special about a detector. */
    private enum Nature {
        /** It looks at the runs of a journey, and needs to know of which. */
        IN_JOURNEY,
        /** It cannot fire at each event. */
        ONCE,
        /** It looks at groups, which customers feed. */
        OF_GROUPS
    }

    private interface Reading {
        Optional<? extends Detector<?>> read(Detectors detectors, Section section, Where where);
    }

    /**
     * A detector as packs declare it.
     *
     * @param key of a signal: with what stands behind it, and what it means
     * @param reading makes it of what stands there
     */
    private record Declaration(Key key, Reading reading, Set<Nature> natures) {
        Declaration(Key key, Reading reading, Nature... natures) {
            this(key, reading, Set.of(natures));
        }
    }

    /** All detectors, in the order in which people read about them. A new one is added here, and its reading below. */
    private static final List<Declaration> ALL = List.of(
            new Declaration(
                    Grammar.may("repeat", REPEAT, "", "The same thing again and again."),
                    (detectors, section, where) -> detectors.repeat(section)),
            new Declaration(
                    Grammar.may("stall", STALL, "", "Something happened, and what should follow did not."),
                    (detectors, section, where) -> detectors.stall(section, where),
                    Nature.ONCE),
            new Declaration(
                    Grammar.may(
                            "hesitation",
                            HESITATION,
                            "",
                            "Still in the same step after a time in which most have moved on."),
                    (detectors, section, where) -> detectors.hesitation(section, where),
                    Nature.IN_JOURNEY,
                    Nature.ONCE),
            new Declaration(
                    Grammar.may("exit", EXIT, "", "Left the journey midway."),
                    (detectors, section, where) -> detectors.exit(section, where),
                    Nature.IN_JOURNEY,
                    Nature.ONCE),
            new Declaration(
                    Grammar.may("sequence", SEQUENCE, "", "Events in an order, with nothing forbidden in between."),
                    (detectors, section, where) -> detectors.sequence(section)),
            new Declaration(
                    Grammar.may("rework", REWORK, "", "Back and forth between steps."),
                    (detectors, section, where) -> detectors.rework(section, where),
                    Nature.IN_JOURNEY),
            new Declaration(
                    Grammar.may("decline", DECLINE, "", "Less than before."),
                    (detectors, section, where) -> detectors.decline(section, where)),
            new Declaration(
                    Grammar.may("anomaly", ANOMALY, "", "A value unlike the own history."),
                    (detectors, section, where) -> detectors.anomaly(section)),
            new Declaration(
                    Grammar.may("deadline", DEADLINE, "", "A promised time missed, moved or coming up."),
                    (detectors, section, where) -> detectors.deadline(section)),
            new Declaration(
                    Grammar.may("threshold", Grammar.CONDITION, "", "A condition becomes true."),
                    (detectors, section, where) -> detectors.threshold(section, where)),
            new Declaration(
                    Grammar.may("cohort", Cohorts.KEYS, "", "A whole group fares worse than expected."),
                    (detectors, section, where) -> detectors.cohorts.read(section, where.signal()),
                    Nature.OF_GROUPS,
                    Nature.ONCE));

    /** The grammar of a signal. */
    static final Fields SIGNAL =
            Grammar.signal(ALL.stream().map(Declaration::key).toList());

    private static final Site.Stage STAGE = Site.Stage.SIGNAL;

    private final TrackingPlan plan;
    private final Expressions expressions;
    private final EventsReader events;
    private final TraitsReader traits;
    private final JourneysReader journeys;
    private final Learning learning;
    private final Cohorts cohorts;
    private final Problems problems;

    /**
     * What a detector is part of.
     *
     * @param signal its name
     * @param kind the kind of subject it looks at
     * @param journeyName the journey at whose runs it looks, as the pack says; empty for the subject as a whole
     * @param journey that journey; null as well when it could not be compiled
     * @param atEachEvent whether it fires at each event
     */
    record Where(
            String signal,
            String kind,
            String journeyName,
            @Nullable Journey journey,
            boolean atEachEvent) {}

    Detectors(
            TrackingPlan plan,
            Expressions expressions,
            EventsReader events,
            TraitsReader traits,
            JourneysReader journeys,
            Learning learning,
            Cohorts cohorts,
            Problems problems) {
        this.plan = plan;
        this.expressions = expressions;
        this.events = events;
        this.traits = traits;
        this.journeys = journeys;
        this.learning = learning;
        this.cohorts = cohorts;
        this.problems = problems;
    }

    /** The detector behind a key of a signal; nothing when something is wrong with it. */
    Optional<? extends Detector<?>> read(String detector, Section signal, Where where) {
        Declaration declaration = declaration(detector);
        return declaration.key().shape() instanceof Fields
                ? signal.section(detector)
                        .flatMap(section -> declaration.reading().read(this, section, where))
                : declaration.reading().read(this, signal, where);
    }

    /** Whether it looks at the runs of a journey, and needs to know of which. */
    static boolean isInJourney(String detector) {
        return declaration(detector).natures().contains(Nature.IN_JOURNEY);
    }

    /** Whether it may fire at each event. */
    static boolean canFireAtEachEvent(String detector) {
        return !declaration(detector).natures().contains(Nature.ONCE);
    }

    /** Whether it looks at groups. */
    static boolean isOfGroups(String detector) {
        return declaration(detector).natures().contains(Nature.OF_GROUPS);
    }

    /** The keys of detectors that look at groups. */
    static List<String> ofGroups() {
        return ALL.stream()
                .map(each -> each.key().name())
                .filter(Detectors::isOfGroups)
                .toList();
    }

    private static Declaration declaration(String detector) {
        return ALL.stream()
                .filter(each -> each.key().name().equals(detector))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no detector is called " + detector));
    }

    private void neverFires(Section section, String key, String why, String instead) {
        problems.error(PackError.NEVER_FIRES, section.placeOf(key), section.pathOf(key), why, instead);
    }

    private Optional<Repeat> repeat(Section section) {
        return events.read(section, "of", STAGE)
                .map(of -> new Repeat(of.pattern(), section.whole("times", 2), millis(section, "within")));
    }

    private static long millis(Section section, String key) {
        return section.millis(key, Durations.unit("d"));
    }

    private Optional<Stall> stall(Section section, Where where) {
        Optional<Events> after = events.read(section, "after", STAGE);
        Optional<Events> without = events.read(section, "without", STAGE);
        long within = learning.wait(where.signal(), section, "within");
        if (after.isEmpty() || without.isEmpty()) {
            return Optional.empty();
        }
        if (endsRun(after.get(), where)) {
            neverFires(
                    section,
                    "after",
                    "the wait begins with an event that ends the run",
                    "Wait for something within the journey, or leave 'journey' out");
        }
        return Optional.of(new Stall(after.get().pattern(), without.get().pattern(), within));
    }

    private boolean endsRun(Events of, Where where) {
        return where.journey() != null
                && journeys.find(where.journey().name())
                        .map(journey -> of.isWithin(journey.ends()))
                        .orElse(false);
    }

    private Optional<Hesitation> hesitation(Section section, Where where) {
        String step = section.text("step", "");
        long longer = learning.wait(where.signal(), section, "longer_than");
        boolean isKnown = step.isEmpty() || hasStep(section, "step", step, where);
        return isKnown ? Optional.of(new Hesitation(step, longer)) : Optional.empty();
    }

    private boolean hasStep(Section section, String key, String step, Where where) {
        return !journeys.names().contains(where.journeyName())
                || journeys.hasStep(where.journeyName(), step, section.placeOf(key), section.pathOf(key));
    }

    private Optional<Exit> exit(Section section, Where where) {
        List<String> steps = section.scalars("steps").stream().map(Scalar::text).toList();
        if (!steps.stream().allMatch(step -> hasStep(section, "steps", step, where))) {
            return Optional.empty();
        }
        long silence = section.millis("silence", 0);
        Journey journey = where.journey();
        if (journey != null && journey.abandonedAfterMillis() > 0 && silence > journey.abandonedAfterMillis()) {
            neverFires(
                    section,
                    "silence",
                    "the journey counts as abandoned after " + Durations.text(journey.abandonedAfterMillis())
                            + ", before this silence is over",
                    "Make it shorter, or leave it out: being abandoned counts as having left");
        }
        return Optional.of(Exit.of(steps, silence, plan));
    }

    private Optional<Sequence> sequence(Section section) {
        List<Sequence.Part> parts = new ArrayList<>();
        List<Events> all = new ArrayList<>();
        List<Node> nodes = section.nodes("of");
        for (int i = 0; i < nodes.size(); i++) {
            String path = section.pathOf("of") + "[" + i + "]";
            boolean forbidden = nodes.get(i) instanceof Entries entries && entries.get("not") != null;
            Optional<Events> of = part(nodes.get(i), path);
            if (forbidden && i == 0) {
                problems.error(
                        PackError.WRONG_VALUE,
                        nodes.get(i).place(),
                        path,
                        "a sequence cannot begin with what must not happen",
                        "Begin with an event");
                return Optional.empty();
            }
            of.ifPresent(each -> {
                all.add(each);
                parts.add(new Sequence.Part(each.pattern(), forbidden));
            });
        }
        if (parts.size() < nodes.size() || parts.size() < 2 || parts.size() > Sequence.MAX_PARTS) {
            return Optional.empty();
        }
        checkOrder(section, parts, all);
        return Optional.of(new Sequence(parts, millis(section, "within")));
    }

    private static Shape sequencePart() {
        return new Either(List.of(
                new Leaf(Kind.EVENTS),
                new Fields(
                        "a part of a sequence",
                        List.of(
                                Grammar.may(
                                        "event",
                                        Grammar.oneOrMany(new Leaf(Kind.EVENT_NAME)),
                                        "",
                                        "The name of the event, or a list of names."),
                                Grammar.may("where", Grammar.CONDITION, "", "With `event`: what must hold as well."),
                                Grammar.may("not", Grammar.EVENTS, "", "What must not happen at this place.")),
                        List.of("event", "not"))));
    }

    private Optional<Events> part(Node node, String path) {
        if (!(node instanceof Entries entries)) {
            return events.read(node, path, STAGE);
        }
        Node not = entries.get("not");
        return events.read(not == null ? entries : not, not == null ? path : path + ".not", STAGE);
    }

    /** What is forbidden before a part breaks the match before the part can advance it. */
    private void checkOrder(Section section, List<Sequence.Part> parts, List<Events> all) {
        BitSet forbidden = new BitSet();
        for (int i = 1; i < parts.size(); i++) {
            if (parts.get(i).forbidden()) {
                forbidden.or(all.get(i).certain());
            } else {
                if (all.get(i).isWithin(forbidden)) {
                    neverFires(
                            section,
                            "of",
                            "what must come in place " + (i + 1) + " is forbidden just before",
                            "Make them different events");
                }
                forbidden.clear();
            }
        }
    }

    private Optional<Rework> rework(Section section, Where where) {
        if (where.journey() != null && where.journey().steps().size() < 2) {
            neverFires(section, "times", "the journey has no earlier step to go back to", "Give it at least two steps");
        }
        return Optional.of(new Rework(section.whole("times", 1)));
    }

    private Optional<Decline> decline(Section section, Where where) {
        Optional<Events> of = events.read(section, "of", STAGE);
        long bucket = section.millis("bucket", Durations.unit("d"));
        OptionalInt recent = Buckets.count(section, "recent", 7 * bucket, bucket, problems);
        OptionalInt baseline = Buckets.count(section, "baseline", 28 * bucket, bucket, problems);
        double share = section.share("to", 0.5);
        if (!(share > 0 && share <= 1)) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    section.placeOf("to"),
                    section.pathOf("to"),
                    "the share is outside its limits",
                    "Expected more than 0% and at most 100%");
            return Optional.empty();
        }
        if (recent.isEmpty() || baseline.isEmpty()) {
            return Optional.empty();
        }
        int all = recent.getAsInt() + baseline.getAsInt();
        if (all > Decline.MAX_BUCKETS) {
            Buckets.tooMany(section, "baseline", all, Decline.MAX_BUCKETS, problems);
            return Optional.empty();
        }
        return of.map(each -> new Decline(
                each.pattern(),
                share,
                bucket,
                recent.getAsInt(),
                baseline.getAsInt(),
                section.whole("minimum", 10),
                where.atEachEvent()));
    }

    private Optional<Anomaly> anomaly(Section section) {
        Events of = events.read(section, "of", STAGE).orElse(null);
        Formula value = of == null
                ? null
                : formula(section, "value", of, Sort.NUMBER, Sort.WHOLE, Sort.LENGTH)
                        .orElse(null);
        int minimum = section.whole("minimum", 8);
        int history = section.whole("history", 32);
        double beyond = section.number("beyond", 3.5);
        if (history < minimum) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    section.has("history") ? section.placeOf("history") : section.placeOf("minimum"),
                    section.path(),
                    "a history of " + history + " values never holds the minimum of " + minimum,
                    "Make 'history' at least as large as 'minimum'");
            return Optional.empty();
        }
        if (!(beyond > 0)) {
            problems.error(
                    PackError.OUT_OF_RANGE,
                    section.placeOf("beyond"),
                    section.pathOf("beyond"),
                    "it must be above 0",
                    "3.5 is usual");
            return Optional.empty();
        }
        if (of == null || value == null) {
            return Optional.empty();
        }
        var direction =
                Anomaly.Direction.valueOf(section.text("direction", "both").toUpperCase(Locale.ROOT));
        double floor = section.share("floor", 0);
        return Optional.of(new Anomaly(of.pattern(), value, beyond, direction, minimum, history, floor));
    }

    private Optional<Formula> formula(Section section, String key, Events of, Sort... wanted) {
        return section.scalar(key)
                .flatMap(text -> expressions.compile(text, section.pathOf(key), Site.at(STAGE, of.types()), wanted))
                .map(Compiled::stored);
    }

    private Optional<Deadline> deadline(Section section) {
        Events promised = events.read(section, "promised", STAGE).orElse(null);
        Events kept = events.read(section, "kept", STAGE).orElse(null);
        Formula at = promised == null
                ? null
                : formula(section, "at", promised, Sort.TIME).orElse(null);
        var when = Deadline.When.valueOf(section.text("when", "missed").toUpperCase(Locale.ROOT));
        long margin = section.millis("margin", 0);
        if (when == Deadline.When.COMING_UP && margin == 0) {
            problems.error(
                    PackError.MISSING_KEY,
                    section.place(),
                    section.path(),
                    "coming_up needs a margin above 0",
                    "Say how long before the promised time, such as margin: 1d");
            return Optional.empty();
        }
        return promised == null || kept == null || at == null
                ? Optional.empty()
                : Optional.of(new Deadline(promised.pattern(), at, kept.pattern(), when, margin));
    }

    private Optional<Threshold> threshold(Section signal, Where where) {
        Compiled condition = events.condition(
                        signal, "threshold", Site.anyTime(STAGE, plan.types().size()))
                .orElse(null);
        if (condition == null) {
            return Optional.empty();
        }
        BitSet everything = new BitSet();
        everything.set(0, plan.types().size());
        if (condition.variables().isEmpty()
                && (!condition.asksEvent() || condition.canHold(everything).isEmpty())) {
            neverFires(
                    signal,
                    "threshold",
                    condition.asksEvent() ? "no event can ever meet it" : "it does not depend on anything",
                    "Ask for the event, a trait or a journey");
        }
        checkKinds(signal, condition, where);
        return Optional.of(new Threshold(
                condition.condition(), looksAt(condition, everything), List.copyOf(condition.variables())));
    }

    /** The events at which the condition can change: those it can judge, and those that change its traits and journeys. */
    private BitSet looksAt(Compiled condition, BitSet everything) {
        BitSet types = condition.asksEvent() ? condition.canBeKnown(everything) : new BitSet();
        types.or(traits.types(condition.traits()));
        for (String journey : condition.journeys()) {
            journeys.find(journey).ifPresent(known -> types.or(known.types()));
        }
        return types;
    }

    private void checkKinds(Section signal, Compiled condition, Where where) {
        if (!condition.journeys().isEmpty() && !where.kind().equals(SubjectId.CUSTOMER)) {
            problems.error(
                    PackError.WRONG_SUBJECT,
                    signal.placeOf("threshold"),
                    signal.pathOf("threshold"),
                    "only customers go on journeys, and this looks at the kind '" + where.kind() + "'",
                    "Ask for traits of that kind");
        }
        for (String trait : condition.traits()) {
            traits.find(trait)
                    .filter(known -> !known.trait().subjectKind().equals(where.kind()))
                    .ifPresent(known -> problems.error(
                            PackError.WRONG_SUBJECT,
                            signal.placeOf("threshold"),
                            signal.pathOf("threshold"),
                            "trait '" + trait + "' is one of the kind '"
                                    + known.trait().subjectKind() + "', and this looks at the kind '" + where.kind()
                                    + "'",
                            "Ask for traits of that kind"));
        }
    }
}
