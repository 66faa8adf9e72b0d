package dev.forestall.embedded;

import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.Step;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.state.State;
import java.util.Optional;
import java.util.function.Consumer;

/** One customer on the way through all that is theirs, from the beginning: woken at the ticks at which they would have been woken. */
final class Folding {

    private final Loop loop;
    private final SubjectId customer;
    private final Consumer<Effect> effects;
    private Clock clock;
    private State state = State.EMPTY;
    private long wakeMillis = StateStore.NEVER;
    private long passed = -1;
    private long partsOf = -1;
    private int parts;

    /** When time has passed for everyone. */
    @FunctionalInterface
    interface Clock {

        /** The first tick between two positions, both excluded, that is later than an instant. */
        Optional<Ticks.Tick> firstBehind(long after, long millis, long before);
    }

    /** @param effects is shown what follows, in the order in which it comes about; messages to others are not among it */
    Folding(Loop loop, SubjectId customer, Clock clock, Consumer<Effect> effects) {
        this.loop = loop;
        this.customer = customer;
        this.clock = clock;
        this.effects = effects;
    }

    /** Somebody else goes on with it, who has another clock. */
    void goOnBy(Clock other) {
        clock = other;
    }

    SubjectId customer() {
        return customer;
    }

    State state() {
        return state;
    }

    long wakeMillis() {
        return wakeMillis;
    }

    /** Lets time pass at every tick before a position at which something is due. */
    void passTo(long position) {
        while (wakeMillis != StateStore.NEVER) {
            Optional<Ticks.Tick> tick = clock.firstBehind(passed, wakeMillis, position);
            if (tick.isEmpty()) {
                break;
            }
            long at = tick.get().position();
            step(new Input.TimeAdvanced(
                    at, part(at), tick.get().atMillis(), tick.get().receipt()));
            passed = at;
        }
        passed = Math.max(passed, position - 1);
    }

    /** How many inputs at a position have had effects so far. */
    int part(long position) {
        return partsOf == position ? parts : 0;
    }

    void step(Input input) {
        Step step = loop.step(customer, state, input);
        state = step.next();
        wakeMillis = step.wakeMillis();
        if (step.effects().isEmpty()) {
            return;
        }
        parts = part(input.position()) + 1;
        partsOf = input.position();
        for (Effect effect : step.effects()) {
            if (!(effect instanceof Effect.SendMessage)) {
                effects.accept(effect);
            }
        }
    }
}
