package dev.forestall.records.effects;

import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.SubjectId;
import java.time.Instant;
import java.util.List;

/**
 * A committed effect, as the tables take it.
 *
 * @param definition hash of the definition that answered
 * @param names under which those outside know effects
 */
public record Seen(Effect effect, String definition, EffectNames names) {

    /** The name of the effect. */
    public String id() {
        return names.of(effect.id());
    }

    /** The name of another one. */
    public String id(EffectId other) {
        return names.of(other);
    }

    public List<String> ids(List<EffectId> others) {
        return others.stream().map(names::of).toList();
    }

    public SubjectId subject() {
        return effect.subject();
    }

    public long position() {
        return effect.id().position();
    }

    public int index() {
        return effect.id().index();
    }

    public Instant at() {
        return at(effect.atMillis());
    }

    /** The database keeps years that people write; what lies beyond is as good as its last one. */
    public static Instant at(long millis) {
        return Instant.ofEpochMilli(Math.clamp(millis, EARLIEST, LATEST));
    }

    private static final long EARLIEST = Instant.parse("-4000-01-01T00:00:00Z").toEpochMilli();
    private static final long LATEST = Instant.parse("+200000-01-01T00:00:00Z").toEpochMilli();
}
