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
import dev.forestall.pack.grammar.Section;
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
import org.jspecify.annotations.Nullable;

/** Reads what signals look for. */
final class Detectors {

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
        if (detector.equals("threshold")) {
            return threshold(signal, where);
        }
        return signal.section(detector).flatMap(section -> switch (detector) {
            case "repeat" -> repeat(section);
            case "stall" -> stall(section, where);
            case "hesitation" -> hesitation(section, where);
            case "exit" -> exit(section, where);
            case "sequence" -> sequence(section);
            case "rework" -> rework(section, where);
            case "decline" -> decline(section, where);
            case "anomaly" -> anomaly(section);
            case "deadline" -> deadline(section);
            case "cohort" -> cohorts.read(section, where.signal());
            default -> throw new IllegalArgumentException("no detector is called " + detector);
        });
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
