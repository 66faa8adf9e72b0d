package dev.forestall.pack;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Property;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lets one customer live with a pack, and collects what comes of it. */
final class Run {

    private static final SubjectId ANNA = SubjectId.customer("anna");
    private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");

    private final Definition definition;
    private final Loop loop;
    private final List<Effect> effects = new ArrayList<>();
    private State state = State.EMPTY;
    private long position;

    Run(Pack pack) {
        this.definition = pack.definition();
        this.loop = new Loop(definition);
    }

    /** An event so long after the beginning; values are those of the properties in turn: name, value, name, value. */
    Run at(Duration since, String type, Object... values) {
        EventType eventType = definition.plan().type(type).orElseThrow();
        Event.Builder event =
                Event.of(definition.plan(), eventType, "", BEGIN.plus(since).toEpochMilli());
        for (int i = 0; i < values.length; i += 2) {
            set(event, eventType, String.valueOf(values[i]), values[i + 1]);
        }
        take(new Input.EventReceived(position++, event.build()));
        return this;
    }

    private void set(Event.Builder event, EventType type, String name, Object value) {
        var identifier = definition.plan().identifier(name);
        if (identifier.isPresent()) {
            event.identifier(identifier.get(), String.valueOf(value));
            return;
        }
        Property property = type.property(name).orElseThrow();
        switch (value) {
            case String text -> event.text(property.slot(), text);
            case Boolean flag -> event.whole(property.slot(), flag ? 1 : 0);
            case Integer whole -> event.whole(property.slot(), whole);
            case Long whole -> event.whole(property.slot(), whole);
            case Double number -> event.number(property.slot(), number);
            default -> throw new IllegalArgumentException("no property holds " + value);
        }
    }

    /** Nothing happens until so long after the beginning. */
    Run until(Duration since) {
        take(new Input.TimeAdvanced(position++, 0, BEGIN.plus(since).toEpochMilli()));
        return this;
    }

    private void take(Input input) {
        var step = loop.step(ANNA, state, input);
        state = step.next();
        effects.addAll(step.effects());
    }

    List<Effect> effects() {
        return effects;
    }

    /** The names of the signals that were raised, in order. */
    List<String> raised() {
        return signals().stream()
                .filter(Signal.Raised.class::isInstance)
                .map(Signal::name)
                .toList();
    }

    List<Signal> signals() {
        return effects.stream()
                .filter(Effect.SignalChanged.class::isInstance)
                .map(effect -> ((Effect.SignalChanged) effect).signal())
                .toList();
    }
}
