package dev.forestall.records.signals;

import dev.forestall.loop.event.SubjectId;

/**
 * A signal that holds now.
 *
 * @param id of the effect that raised it
 * @param journeyKey the run of the journey it is about; empty when it is about the subject
 * @param raisedAtMillis since when, in event time
 */
public record ActiveSignal(String id, String name, SubjectId subject, String journeyKey, long raisedAtMillis) {}
