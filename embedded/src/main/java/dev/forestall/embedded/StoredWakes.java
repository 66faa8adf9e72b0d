package dev.forestall.embedded;

import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.StateStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The wake-ups that stood in the store at the last commit, each handed on once. Who has changed since then may want another one: that,
 * the partitions know.
 */
final class StoredWakes {

    private final StateStore store;
    private final Deque<StateStore.Wake> ofCohorts = new ArrayDeque<>();
    private final Deque<StateStore.Wake> ofOthers = new ArrayDeque<>();

    /** Up to this instant, which is included, they have been read. */
    private long readMillis = Long.MIN_VALUE;

    StoredWakes(StateStore store) {
        this.store = store;
    }

    /** Reads those that can be taken next, up to an instant, which is included; at once for many ticks. */
    void readUpTo(long millis) {
        if (millis <= readMillis) {
            return;
        }
        for (StateStore.Wake wake : store.due(millis, Integer.MAX_VALUE)) {
            if (wake.atMillis() > readMillis) {
                (Keys.subject(wake.subject()).isOnWatermark() ? ofCohorts : ofOthers).add(wake);
            }
        }
        readMillis = millis;
    }

    /** Hands on who, of the cohorts or of all others, wanted to be woken before an instant, the earliest first. */
    void takeBefore(long millis, boolean cohorts, Consumer<SubjectId> taker) {
        Deque<StateStore.Wake> wakes = cohorts ? ofCohorts : ofOthers;
        while (!wakes.isEmpty() && wakes.getFirst().atMillis() < millis) {
            taker.accept(Keys.subject(wakes.removeFirst().subject()));
        }
    }

    /** There has been a commit: the store knows better now. */
    void committed() {
        ofCohorts.clear();
        ofOthers.clear();
        readMillis = Long.MIN_VALUE;
    }
}
