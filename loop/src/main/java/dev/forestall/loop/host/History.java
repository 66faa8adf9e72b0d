package dev.forestall.loop.host;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.IdentityView;
import dev.forestall.loop.state.State;
import java.util.List;
import java.util.Optional;

/**
 * Looks into the past of a host, as of one place in the log: any subject as of any instant, any effect, any input, and who was who. All
 * answers belong to that place, however much is worked in meanwhile. Answers may take a while, and some read a whole past. For one thread.
 */
public interface History {

    /** The place: behind the last input whose consequences are known here. */
    long position();

    /** What the log's clock, the latest event time, stood at there; {@link Long#MIN_VALUE} when nothing had happened. */
    long clockMillis();

    /** The definition in force at the place. */
    Definition definition();

    /**
     * A subject as it stood at an instant.
     *
     * @param subject under its name at that instant
     * @param state what it remembered then
     * @param inputs that had reached it by then, in the order of the log
     * @param effects that had followed by then; of a customer known by several identifiers, as they follow from all that was known to be
     *     theirs by then
     */
    record Standing(SubjectId subject, State state, List<Read> inputs, List<Effect> effects) {}

    /**
     * One record of the log.
     *
     * @param position its place
     * @param logged what it says
     */
    record Read(long position, Logged logged) {}

    /**
     * An effect in the record.
     *
     * @param position of the input with which it came to be known: that of its id when it was said, a later one when it was found in
     *     hindsight; of a message, the tick at which it was delivered
     */
    record Noted(Effect effect, long position) {

        /** Whether it was never said, but follows from what was learned later about who is who. */
        public boolean isHindsight() {
            return position != effect.id().position() && !(effect instanceof Effect.SendMessage);
        }
    }

    /** Where to read a source on that can be read again: the ordinal of the first record that is not in the log, 0 when nothing of it is. */
    long nextOrdinal(String source);

    /** The names under which those outside know effects. */
    EffectNames names();

    /** What a subject remembers; a customer under any of their names. Found at once, and also when the log no longer reaches back. */
    State state(SubjectId subject);

    /** The record at a position, or nothing when it is not kept any more. */
    Optional<Read> input(long position);

    /** An effect as it was said, by its id, or nothing when there is none or it is not kept any more. */
    Optional<Effect> effect(EffectId id);

    /**
     * What another effect goes back to, as it was known when that one came about: in hindsight, when the subject's past had turned out to
     * be another one by then.
     */
    Optional<Noted> behind(Noted effect, EffectId cause);

    /** Which definition, and which version of the program, answers the inputs at a position. */
    InForce inForce(long position);

    /**
     * What was said of a subject, in the order of the record; of a customer under any of their names.
     *
     * @param from only effects of inputs from this position on
     * @param limit so many, and then all of the last position that has any
     */
    List<Effect> said(SubjectId subject, long from, int limit);

    /** All effects that were said at a position, and messages delivered there. */
    List<Effect> at(long position);

    /**
     * The effects whose name outside begins with some characters; for people who type less than all of it. Each once, as it was said if it
     * was. Reads all effects: who has the id at hand asks for {@link #effect}.
     */
    List<Noted> effects(String nameStart);

    /** By what a customer is known now, under any of the names. */
    List<Identifier> identifiers(SubjectId customer);

    /** Who is who now. */
    IdentityView identity();

    /** Who was who by what had arrived when the log's clock stood at an instant. */
    IdentityView identityAsOf(long atMillis);

    /**
     * The customers, under their present names, whom a key can mean: a name of now or of former times, or else the bare value of any
     * identifier.
     */
    List<SubjectId> called(String key);

    /**
     * The same as of an instant: the customers, under the names they had then, to whom the identifiers belonged that a key can mean.
     */
    List<SubjectId> called(String key, long atMillis);

    /** A subject as it stands now, worked out anew from the log; a customer under any of their names. */
    Standing now(SubjectId subject);

    /**
     * A subject as it was known when the log's clock, the latest event time accepted, stood at an instant: with all that had arrived by
     * then, and nothing that arrived later. A customer under any of their names, with all that was known to be theirs by then. Worked out from
     * the log.
     *
     * @throws StorageException when the beginning of the log is no longer kept
     */
    Standing asOf(SubjectId subject, long atMillis);
}
