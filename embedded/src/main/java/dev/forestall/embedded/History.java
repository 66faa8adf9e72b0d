package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.Step;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks into the past of a host: any subject as of any instant, any effect, any input. For one thread. */
public final class History {

    private final Definition definition;
    private final InputLog log;
    private final StateStore store;
    private final LoggedCodec codec;

    History(Definition definition, InputLog log, StateStore store) {
        this.definition = definition;
        this.log = log;
        this.store = store;
        this.codec = new LoggedCodec(definition.plan());
    }

    /**
     * A subject as it stood at an instant.
     *
     * @param state what it remembered then
     * @param inputs that had reached it by then, in the order of the log
     * @param effects that had followed by then
     */
    public record Standing(State state, List<Read> inputs, List<Effect> effects) {}

    /**
     * One record of the log.
     *
     * @param position its place
     * @param logged what it says
     */
    public record Read(long position, Logged logged) {}

    /** The record at a position, or nothing when it is not kept any more. */
    public Optional<Read> input(long position) {
        if (position < log.start() || position >= log.durableEnd()) {
            return Optional.empty();
        }
        return Optional.of(new Read(position, codec.read(log.get(position).bytes())));
    }

    /** An effect by its id, or nothing when there is none or it is not kept any more. */
    public Optional<Effect> effect(EffectId id) {
        return at(id.position()).stream()
                .filter(effect -> effect.id().equals(id))
                .findFirst();
    }

    /** All effects that are kept under a position. */
    public List<Effect> at(long position) {
        List<Effect> effects = new ArrayList<>();
        try (Cursor<StateStore.Effect> cursor = store.effects(position)) {
            while (cursor.hasNext()) {
                StateStore.Effect next = cursor.next();
                if (next.position() != position) {
                    break;
                }
                effects.add(EffectCodec.read(next.bytes()));
            }
        }
        return effects;
    }

    /** The effects whose id begins with some characters; for people who type less than all of it. Reads all effects. */
    public List<Effect> effects(String idStart) {
        List<Effect> found = new ArrayList<>();
        try (Cursor<StateStore.Effect> cursor = store.effects(0)) {
            while (cursor.hasNext()) {
                Effect effect = EffectCodec.read(cursor.next().bytes());
                if (effect.id().toString().startsWith(idStart)) {
                    found.add(effect);
                }
            }
        }
        return found;
    }

    /** A subject as it stands now, worked out anew from the log. */
    public Standing now(SubjectId subject) {
        return asOf(subject, Long.MAX_VALUE);
    }

    /**
     * A subject as it was known when the log's clock, the latest event time accepted, stood at an instant: with all that had arrived by
     * then, and nothing that arrived later. Worked out from the log; everything from the beginning must still be kept.
     */
    public Standing asOf(SubjectId subject, long atMillis) {
        Loop loop = new Loop(definition);
        State state = State.EMPTY;
        List<Read> inputs = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        try (Cursor<Long> positions = store.inputs(Keys.of(subject), 0)) {
            while (positions.hasNext()) {
                InputLog.Entry entry = log.get(positions.next());
                if (entry.atMillis() > atMillis) {
                    break;
                }
                Read read = new Read(entry.position(), codec.read(entry.bytes()));
                inputs.add(read);
                state = replay(loop, subject, state, read, effects);
            }
        }
        if (atMillis != Long.MAX_VALUE) {
            long position = inputs.isEmpty() ? 0 : inputs.getLast().position();
            Step settled = loop.step(subject, state, new Input.Passed(position, Short.MAX_VALUE, atMillis));
            state = settled.next();
            effects.addAll(settled.effects());
        }
        return new Standing(state, inputs, effects);
    }

    /** What a record of the log did to one subject: an event, or the passing of time and what others had told it. */
    private State replay(Loop loop, SubjectId subject, State before, Read read, List<Effect> effects) {
        return switch (read.logged()) {
            case Logged.Arrived arrived -> {
                Step step = loop.step(subject, before, new Input.Happened(read.position(), arrived.event()));
                effects.addAll(step.effects());
                yield step.next();
            }
            case Logged.SetAside aside -> before;
            case Logged.Ticked ticked -> replayTick(loop, subject, before, read.position(), ticked.atMillis(), effects);
        };
    }

    /** As {@link Worker} lets time pass: customers hear of it before they hear messages, cohorts after. */
    private State replayTick(
            Loop loop, SubjectId subject, State before, long position, long atMillis, List<Effect> effects) {
        State state = before;
        int part = 0;
        List<Input> inputs = new ArrayList<>();
        for (Effect effect : at(position)) {
            if (effect instanceof Effect.Tell tell && tell.to().equals(subject)) {
                inputs.add(new Input.Told(position, 0, tell.atMillis(), tell.subject(), tell.message()));
            }
        }
        inputs.add(subject.isCohort() ? inputs.size() : 0, new Input.Passed(position, 0, atMillis));
        for (Input input : inputs) {
            Step step = loop.step(subject, state, input.asPart(part));
            state = step.next();
            effects.addAll(step.effects());
            part += step.effects().isEmpty() ? 0 : 1;
        }
        return state;
    }
}
