package dev.forestall.loop;

import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one input did to one subject.
 *
 * @param next the subject's state from now on
 * @param effects on the outside, in the order in which they came about
 * @param wakeMillis when the subject wants to be told that time has passed; {@link Cells#NEVER} for not at all
 * @param isLate whether the input was older than something the subject had already seen
 */
public record Step(State next, List<Effect> effects, long wakeMillis, boolean isLate) {

    public Optional<Instant> wake() {
        return wakeMillis == Cells.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(wakeMillis));
    }
}
