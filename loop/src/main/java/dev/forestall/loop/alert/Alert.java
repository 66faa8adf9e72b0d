package dev.forestall.loop.alert;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.trigger.Basis;

/** What the alert stage has to say about one subject. */
public sealed interface Alert {

    EffectId id();

    /** The alert's name in the pack. */
    String name();

    /** The run of the journey it is about; empty when it is about the subject. */
    String journeyKey();

    /** When, in event time. */
    long atMillis();

    /**
     * The effect that brought it about: the signal that raised, merged into or ended it, the end of the run it was about, or the
     * alert whose time had come.
     */
    EffectId cause();

    /** Somebody should know. @param owner who owns it @param basis the risks and reasons that were known */
    record Raised(EffectId id, String name, String journeyKey, long atMillis, EffectId cause, String owner, Basis basis)
            implements Alert {}

    /** One more signal for an alert that is open. @param alert the open alert @param count signals in it by now @param basis as when it is raised */
    record Merged(
            EffectId id,
            String name,
            String journeyKey,
            long atMillis,
            EffectId cause,
            EffectId alert,
            int count,
            Basis basis)
            implements Alert {}

    /** Open for so long that its owner is called. @param alert the open alert */
    record Escalated(EffectId id, String name, String journeyKey, long atMillis, EffectId cause, EffectId alert)
            implements Alert {}

    /** Over. @param alert the alert that was resolved @param why in one word @param raisedAtMillis since when it was open */
    record Resolved(
            EffectId id,
            String name,
            String journeyKey,
            long atMillis,
            EffectId cause,
            EffectId alert,
            Why why,
            long raisedAtMillis)
            implements Alert {}

    /** Not raised, and why not. @param reason for people @param basis as when it is raised */
    record Suppressed(
            EffectId id, String name, String journeyKey, long atMillis, EffectId cause, String reason, Basis basis)
            implements Alert {}

    /** Why an alert was resolved. */
    enum Why {
        /** All its signals have ended, or the run of the journey they were about. */
        ENDED,
        /** All its signals were withdrawn, or ended and the last one withdrawn. */
        WITHDRAWN,
        /** Nothing was added for so long. */
        SILENT
    }
}
