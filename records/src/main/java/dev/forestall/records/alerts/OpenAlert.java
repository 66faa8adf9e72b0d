package dev.forestall.records.alerts;

import dev.forestall.loop.event.SubjectId;

/**
 * An alert that is not resolved.
 *
 * @param id of the effect that raised it
 * @param owner who should know
 * @param state {@code raised} or {@code escalated}
 * @param triggers how many signals and risks are in it
 */
public record OpenAlert(
        String id,
        String name,
        String owner,
        SubjectId subject,
        String journeyKey,
        String state,
        int triggers,
        long raisedAtMillis,
        long changedAtMillis) {}
