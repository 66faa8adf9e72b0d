package dev.forestall.records.signals;

import dev.forestall.loop.event.SubjectId;

/**
 * A risk that is above a level now.
 *
 * @param level that is exceeded, in 0..1
 * @param probability when it was crossed, in 0..1
 * @param effect that told of it
 */
public record HighRisk(
        String prediction, SubjectId subject, double level, double probability, long sinceMillis, String effect) {}
