package dev.forestall.embedded;

import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.Writer;

/**
 * What is left of an effect on somebody who was erased.
 *
 * @param name under which those outside know the effect
 * @param kind of the effect, as the store numbers kinds
 * @param position of the input that caused it; by it the definition is known that was in force
 * @param atMillis when it came about
 */
public record Tombstone(String name, int kind, long position, long atMillis) {

    /** The kind of subject under which tombstones are kept; nothing of them is sealed. */
    static final String SUBJECT_KIND = "erased";

    /** @param bytes of the effect as they were stored: a schema, the kind, and more */
    static byte[] of(Effect effect, byte[] bytes, EffectNames names) {
        Reader from = new Reader(bytes);
        from.size();
        return new Writer()
                .text(names.of(effect.id()))
                .count(from.size())
                .count(effect.id().position())
                .whole(effect.atMillis())
                .toBytes();
    }

    static Tombstone read(byte[] bytes) {
        Reader from = new Reader(bytes);
        return new Tombstone(from.text(), from.size(), from.count(), from.whole());
    }
}
