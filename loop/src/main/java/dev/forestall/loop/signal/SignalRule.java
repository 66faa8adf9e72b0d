package dev.forestall.loop.signal;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.journey.Journey;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a signal: a detector, and on what it looks. Immutable.
 *
 * @param name as the pack calls it
 * @param detector what looks for the pattern
 * @param subjectKind the kind of subjects it looks at
 * @param journey when not null, it looks at each run of that journey by itself, from its start to its end
 * @param fires once while the condition holds, or at each event that meets it
 * @param description what it means, for people
 * @param isLearning whether baselines are being learned, so that detectors report what they measure
 * @param affectsMillis for how long a customer who was named together with an entity depends on it, and so learns of this signal of it; 0 when
 *     nobody learns of it
 * @param <C> what the detector remembers
 */
public record SignalRule<C>(
        String name,
        Detector<C> detector,
        String subjectKind,
        @Nullable Journey journey,
        Fires fires,
        String description,
        boolean isLearning,
        long affectsMillis) {

    public SignalRule {
        boolean isOfEntity = !subjectKind.equals(SubjectId.CUSTOMER) && !subjectKind.equals(SubjectId.COHORT);
        if (affectsMillis < 0 || affectsMillis > 0 && (!isOfEntity || fires == Fires.EACH || detector.isMomentary())) {
            throw new IllegalArgumentException("signal " + name + " of a " + subjectKind + " cannot be told for "
                    + affectsMillis + " ms: only one of an entity can, and only one that stands for a while");
        }
    }

    /** So many of the customers who depend on it an entity keeps itself; the others are kept by its shards. */
    public static final int MAX_OWN_DEPENDANTS = 256;

    /** How often a signal is raised while its condition holds. */
    public enum Fires {
        /** Once; again when the condition has ended and become true anew. */
        ONCE,
        /** At each event that meets the condition; such signals never end and are not withdrawn. */
        EACH
    }

    public static <C> SignalRule<C> ofCustomers(String name, Detector<C> detector) {
        return new SignalRule<>(name, detector, SubjectId.CUSTOMER, null, Fires.ONCE, name, false, 0);
    }

    public SignalRule<C> within(Journey run) {
        return new SignalRule<>(name, detector, subjectKind, run, fires, description, isLearning, affectsMillis);
    }

    public SignalRule<C> firing(Fires often) {
        return new SignalRule<>(name, detector, subjectKind, journey, often, description, isLearning, affectsMillis);
    }

    /** As {@link #affectsMillis} says. */
    public SignalRule<C> affecting(long millis) {
        return new SignalRule<>(name, detector, subjectKind, journey, fires, description, isLearning, millis);
    }

    /** Whether customers learn of its signals: those of a group they are in, or of an entity they depend on. */
    public boolean affectsCustomers() {
        return affectsMillis > 0 || detector instanceof Cohort;
    }

    /** Whether its signals are over as soon as they are raised. */
    public boolean isMomentary() {
        return fires == Fires.EACH || detector.isMomentary();
    }
}
