package dev.forestall.pack;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.signal.Detector;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.signal.SignalRule.Fires;
import dev.forestall.pack.grammar.Section;
import dev.forestall.pack.grammar.Section.Member;
import dev.forestall.pack.problem.PackError;
import dev.forestall.pack.problem.Place;
import dev.forestall.pack.problem.Problems;
import dev.forestall.pack.source.Node.Entries;
import dev.forestall.pack.source.Node.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the signals: on what each looks and how often it fires. What it looks for is the business of {@link Detectors}. */
final class SignalsReader {

    private final Subjects subjects;
    private final JourneysReader journeys;
    private final Detectors detectors;
    private final Learning learning;
    private final Problems problems;
    private final List<SignalRule<?>> rules = new ArrayList<>();
    private final Map<String, String> kinds = new LinkedHashMap<>();

    SignalsReader(
            Subjects subjects, JourneysReader journeys, Detectors detectors, Learning learning, Problems problems) {
        this.subjects = subjects;
        this.journeys = journeys;
        this.detectors = detectors;
        this.learning = learning;
        this.problems = problems;
    }

    /** The names of the declared signals that are not of cohorts. Known before anything is compiled, as in {@link #affectingNames}. */
    static List<String> names(Section pack) {
        return names(pack, member -> !isOfGroups(member));
    }

    /** The names of the declared signals that customers are told of: those of cohorts, and of entities that tell. */
    static List<String> affectingNames(Section pack) {
        return names(pack, member -> isOfGroups(member) || has(member, "affects"));
    }

    private static List<String> names(Section pack, Predicate<Member> wanted) {
        return pack.members("signals").stream().filter(wanted).map(Member::name).toList();
    }

    private static boolean isOfGroups(Member member) {
        return Detectors.ofGroups().stream().anyMatch(detector -> has(member, detector));
    }

    private static boolean has(Member member, String key) {
        return member.node() instanceof Entries entries && entries.get(key) != null;
    }

    void read(Section pack) {
        for (Member member : pack.members("signals")) {
            Declared.checkName(member.key(), member.path(), "a signal", problems);
            kinds.put(member.name(), SubjectId.CUSTOMER);
            member.section(Detectors.SIGNAL).ifPresent(section -> read(member.name(), section));
        }
    }

    private void read(String name, Section section) {
        String detector = detector(section);
        String kind = Kinds.read(section, subjects, problems);
        boolean isOfGroups = !detector.isEmpty() && Detectors.isOfGroups(detector);
        kinds.put(name, isOfGroups ? SubjectId.COHORT : kind);
        Journey journey = journey(section, detector, kind);
        Fires fires = section.text("fires", "once").equals("once") ? Fires.ONCE : Fires.EACH;
        if (detector.isEmpty()) {
            return;
        }
        var site = new Detectors.Where(name, kind, section.text("journey", ""), journey, fires == Fires.EACH);
        Optional<? extends Detector<?>> found = detectors.read(detector, section, site);
        checkFires(section, detector, fires);
        String says = section.text("description", name);
        String of = isOfGroups ? SubjectId.COHORT : kind;
        found.ifPresent(each -> rules.add(rule(name, says, each, of, journey, fires, tells(section, of, each, fires))));
    }

    private <C> SignalRule<C> rule(
            String name,
            String says,
            Detector<C> detector,
            String kind,
            @Nullable Journey journey,
            Fires fires,
            long tells) {
        return new SignalRule<>(name, detector, kind, journey, fires, says, learning.isLearning(), tells);
    }

    /** For how long customers depend on an entity; 0 when it tells nobody, or cannot, which is reported. */
    private long tells(Section section, String kind, Detector<?> detector, Fires fires) {
        if (!section.has("affects")) {
            return 0;
        }
        if (kind.equals(SubjectId.CUSTOMER) || kind.equals(SubjectId.COHORT)) {
            problems.error(
                    PackError.WRONG_SUBJECT,
                    section.placeOf("affects"),
                    section.pathOf("affects"),
                    "only signals of entities affect customers, and this one looks at the kind '" + kind + "'",
                    kind.equals(SubjectId.COHORT)
                            ? "Leave 'affects' out; a signal of a cohort affects its members anyway"
                            : "Leave 'affects' out, or name the kind of entity with 'on'");
            return 0;
        }
        if (fires == Fires.EACH || detector.isMomentary()) {
            problems.error(
                    PackError.WRONG_VALUE,
                    section.placeOf("affects"),
                    section.pathOf("affects"),
                    "a signal that ends as soon as it is raised is never active for the customers it would affect",
                    "Leave 'affects' out, or use a detector whose signals last");
            return 0;
        }
        return section.millis("affects", 0);
    }

    /** The one detector that is declared; empty when it is not exactly one, which is reported already. */
    private static String detector(Section section) {
        List<String> there =
                section.shape().oneOf().stream().filter(section::has).toList();
        return there.size() == 1 ? there.getFirst() : "";
    }

    private @Nullable Journey journey(Section section, String detector, String kind) {
        Scalar name = section.scalar("journey").orElse(null);
        if (name == null) {
            if (!detector.isEmpty() && Detectors.isInJourney(detector) && !section.has("journey")) {
                problems.error(
                        PackError.MISSING_KEY,
                        section.place(),
                        section.path(),
                        "the key 'journey' is missing",
                        detector + " looks at the runs of a journey: name one");
            }
            return null;
        }
        Place place = name.place();
        String path = section.pathOf("journey");
        if (!kind.equals(SubjectId.CUSTOMER)) {
            problems.error(
                    PackError.WRONG_SUBJECT,
                    place,
                    path,
                    "only customers go on journeys, and this looks at the kind '" + kind + "'",
                    "Leave 'journey' or 'on' out");
        }
        if (!detector.isEmpty() && Detectors.isOfGroups(detector)) {
            problems.error(
                    PackError.WRONG_SUBJECT,
                    place,
                    path,
                    "a " + detector + " looks at groups, not at single runs",
                    "Leave 'journey' out; write exits: " + name.text() + " to count how runs of it end");
        }
        return journeys.resolve(name.text(), place, path)
                .map(JourneysReader.Known::journey)
                .orElse(null);
    }

    private void checkFires(Section section, String detector, Fires fires) {
        if (fires == Fires.EACH && !Detectors.canFireAtEachEvent(detector)) {
            problems.error(
                    PackError.WRONG_VALUE,
                    section.placeOf("fires"),
                    section.pathOf("fires"),
                    detector + " cannot fire at each event",
                    "Leave 'fires' out");
        }
        if (Detectors.isOfGroups(detector) && section.has("on")) {
            problems.error(
                    PackError.WRONG_SUBJECT,
                    section.placeOf("on"),
                    section.pathOf("on"),
                    "a " + detector + " is fed by customers",
                    "Leave 'on' out; 'by' says what a group shares");
        }
    }

    /** In the order of their names. */
    List<SignalRule<?>> rules() {
        return rules;
    }

    /** The names of all declared signals, also of those that could not be compiled. */
    Set<String> names() {
        return kinds.keySet();
    }

    /** Whether customers are told of a declared signal of others. */
    boolean affectsCustomers(String signal) {
        return rules.stream().anyMatch(rule -> rule.name().equals(signal) && rule.affectsCustomers());
    }

    /** On which kind of subject a declared signal is raised. */
    String kindOf(String signal) {
        return kinds.getOrDefault(signal, SubjectId.CUSTOMER);
    }
}
