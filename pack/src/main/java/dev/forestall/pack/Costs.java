package dev.forestall.pack;

import dev.forestall.loop.action.Policy;
import dev.forestall.loop.alert.AlertRule;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.event.TrackingPlan;
import dev.forestall.loop.feature.FeatureRules;
import dev.forestall.loop.gate.Cap;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.profile.Trait;
import dev.forestall.loop.risk.Prediction;
import dev.forestall.loop.roi.OutcomeRule;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.Cost;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.pack.PackCost.Part;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Adds up what the parts of a pack cost. */
final class Costs {

    /** The head of a subject's state, and the clock in it. */
    private static final int STATE_BYTES = 16;

    /** What every cell has beside its content: the slot, the key, the wake-up. */
    private static final int CELL_BYTES = 12;

    private static final int NUMBER_TRAIT_BYTES = 14;
    /** A guess: texts have any length. */
    private static final int TEXT_TRAIT_BYTES = 30;

    private static final int ROLLING_PART_BYTES = 8;
    private static final int JOURNEY_BYTES = 40;
    private static final int ALERT_BYTES = 24;
    private static final int CONTACT_BYTES = 8;
    private static final int PENDING_OUTCOME_BYTES = 40;
    private static final int TRACK_BYTES = 24;
    private static final int NUMBER_FEATURE_BYTES = 75;
    /** A guess: some different texts of a dozen letters. */
    private static final int TEXT_FEATURE_BYTES = 70;

    /** The key of a customer, and since when. */
    private static final int MEMBER_BYTES = 20;

    private static final int ASSESSED_BYTES = 20;

    private final TrackingPlan plan;
    private final List<Part> parts = new ArrayList<>();
    private final int[] work;
    private final int[] wakeUps;

    Costs(TrackingPlan plan) {
        this.plan = plan;
        this.work = new int[plan.types().size()];
        this.wakeUps = new int[plan.types().size()];
    }

    void add(Trait trait) {
        int bytes = trait.isText()
                ? TEXT_TRAIT_BYTES
                : trait.withinMillis() > 0 ? ROLLING_PART_BYTES * Trait.MAX_ROLLING : NUMBER_TRAIT_BYTES;
        int looks = trait.withinMillis() > 0 ? 2 : 1;
        add(
                new Part("traits." + trait.name(), trait.subjectKind(), CELL_BYTES + bytes, 0, looks),
                trait.of().types());
    }

    void add(Journey journey, BitSet types) {
        int looks = journey.steps().size() + 4;
        int wakes = journey.abandonedAfterMillis() > 0 ? 1 : 0;
        add(
                new Part("journeys." + journey.name(), SubjectId.CUSTOMER, CELL_BYTES + JOURNEY_BYTES, wakes, looks),
                types);
    }

    void add(SignalRule<?> rule, BitSet journeyTypes) {
        Cost cost = rule.detector().cost();
        String name = "signals." + rule.name();
        Part part = new Part(name, rule.subjectKind(), CELL_BYTES + cost.bytes(), cost.wakeUps(), cost.work());
        if (rule.detector() instanceof Cohort cohort) {
            parts.add(part);
            // Customers only tell their group; the rest is done once per group and bucket.
            boolean ofEvents = cohort.counts() instanceof Cohort.Counts.Events;
            BitSet told = cohort.counts() instanceof Cohort.Counts.Events events
                    ? events.tried().types()
                    : journeyTypes;
            add(new Part(name + " (told)", SubjectId.CUSTOMER, CELL_BYTES, 0, ofEvents ? 2 : 1), told);
            return;
        }
        if (rule.affectsMillis() > 0) {
            int members = CELL_BYTES + MEMBER_BYTES * SignalRule.MAX_OWN_DEPENDANTS;
            parts.add(new Part(
                    name + " (who depends on it)", rule.subjectKind(), members, 1, SignalRule.MAX_OWN_DEPENDANTS));
            // A customer looks at each of their events for an entity to tell.
            add(new Part(name + " (told)", SubjectId.CUSTOMER, CELL_BYTES + MEMBER_BYTES, 0, 1), allTypes());
        }
        BitSet types = rule.detector().types();
        if (rule.detector().watchesTransitions()) {
            types.or(journeyTypes);
        }
        add(part, types);
    }

    /** What is kept so that models know it: once, however many predictions there are. */
    void add(FeatureRules rules) {
        Set<String> numbers = new TreeSet<>();
        Set<String> texts = new TreeSet<>();
        for (EventType type : plan.types()) {
            for (Property property : type.properties()) {
                (property.type().isText() ? texts : numbers).add(property.name());
            }
        }
        int sums = rules.halfLivesMillis().size();
        int bytes = TRACK_BYTES
                + 8 * sums
                + plan.types().size() * (8 + 4 * sums)
                + numbers.size() * NUMBER_FEATURE_BYTES
                + texts.size() * TEXT_FEATURE_BYTES;
        add(new Part("predictions (what models know)", SubjectId.CUSTOMER, CELL_BYTES + bytes, 0, 2), allTypes());
    }

    void add(Prediction prediction) {
        int wakes = prediction.scoreAt().everyMillis() > 0 ? 1 : 0;
        parts.add(new Part(
                "predictions." + prediction.name(), SubjectId.CUSTOMER, CELL_BYTES + ASSESSED_BYTES, wakes, 1));
    }

    /** @param subject the kind of subject on which its signals are raised */
    void add(AlertRule alert, String subject) {
        int wakes = alert.escalateAfterMillis() > 0 || alert.autoResolveAfterMillis() > 0 || alert.cooldownMillis() > 0
                ? 1
                : 0;
        parts.add(new Part("alerts." + alert.name(), subject, CELL_BYTES + ALERT_BYTES, wakes, 1));
    }

    void add(Policy policy) {
        int bytes = policy.cooldownMillis() > 0 ? CELL_BYTES + CONTACT_BYTES : 0;
        int wakes = policy.cooldownMillis() > 0 ? 1 : 0;
        int looks = policy.candidates().size() + 1;
        parts.add(new Part("policies." + policy.name(), SubjectId.CUSTOMER, bytes, wakes, looks));
    }

    void add(Cap cap) {
        String name = "gate.caps." + (cap.name().isEmpty() ? "any" : cap.name());
        int bytes = CELL_BYTES + CONTACT_BYTES * cap.times();
        parts.add(new Part(name, SubjectId.CUSTOMER, bytes, 0, cap.times()));
    }

    void add(OutcomeRule outcome) {
        parts.add(new Part("outcomes." + outcome.name(), SubjectId.CUSTOMER, PENDING_OUTCOME_BYTES, 1, 1));
    }

    private BitSet allTypes() {
        BitSet all = new BitSet();
        all.set(0, plan.types().size());
        return all;
    }

    private void add(Part part, BitSet types) {
        parts.add(part);
        types.stream().forEach(type -> {
            work[type] += part.work();
            wakeUps[type] += part.wakeUps();
        });
    }

    /** What alerts, policies and outcomes add to the work is only done when a signal is raised, and counted in their parts alone. */
    PackCost total() {
        int bytes = STATE_BYTES;
        for (Part part : parts) {
            bytes += part.subject().equals(SubjectId.CUSTOMER) ? part.bytes() : 0;
        }
        int heaviest = 0;
        int wakes = 0;
        for (int type = 0; type < work.length; type++) {
            heaviest = work[type] > work[heaviest] ? type : heaviest;
            wakes = Math.max(wakes, wakeUps[type]);
        }
        List<EventType> types = plan.types();
        List<Part> sorted = parts.stream()
                .sorted(Comparator.comparingInt(Part::bytes).reversed().thenComparing(Part::name))
                .toList();
        return types.isEmpty()
                ? new PackCost(bytes, "", 0, 0, sorted)
                : new PackCost(bytes, types.get(heaviest).name(), work[heaviest], wakes, sorted);
    }
}
