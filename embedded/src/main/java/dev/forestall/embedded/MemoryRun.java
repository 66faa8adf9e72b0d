package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the loop over a stream of events in memory: for learning from history and for measuring. Nothing survives it. Messages between
 * subjects are shown like other effects but not delivered.
 */
public final class MemoryRun {

    /** So many subjects are looked up at once: as many as memory answers in the time of one, and then some. */
    private static final int AHEAD = 32;

    private final Partition partition;
    private final Subjects named;
    private final Consumer<List<Effect>> effects;
    private final long tickMillis;
    private final long latenessMillis;
    private long latestMillis = Long.MIN_VALUE;
    /** The first event time at which the next tick is due. */
    private long nextTickMillis = Long.MIN_VALUE;

    private long position;
    private final @Nullable Held[] ahead = new @Nullable Held[AHEAD];
    private int glances;

    /** @param effects is shown the effects of each step that had any, in the order of the events */
    public MemoryRun(Definition definition, Consumer<List<Effect>> effects) {
        this.named = new Subjects(definition.plan());
        this.partition = new Partition(definition, null, Long.MAX_VALUE);
        this.effects = effects;
        this.tickMillis = definition.tick().toMillis();
        this.latenessMillis = definition.lateness().toMillis();
    }

    /** Lets one event happen to every subject that it names. */
    public void accept(Event event) {
        passUpTo(event);
        Input.Happened input = new Input.Happened(position++, event);
        for (SubjectId subject : named.named(event)) {
            partition.step(subject, input);
        }
        partition.drain(effects);
    }

    /** As {@link #accept(Event)} for one after the other; faster than one by one, when they are there already. */
    public void accept(List<Event> events) {
        if (!named.areOne()) {
            events.forEach(this::accept);
            return;
        }
        for (int from = 0; from < events.size(); from += AHEAD) {
            int to = Math.min(from + AHEAD, events.size());
            for (int i = from; i < to; i++) {
                String customer = named.one(events.get(i));
                ahead[i - from] = customer == null ? null : partition.held(SubjectId.CUSTOMER, customer);
            }
            for (int i = from; i < to; i++) {
                Held held = ahead[i - from];
                glances += held == null ? 0 : partition.glance(held);
            }
            for (int i = from; i < to; i++) {
                Held held = ahead[i - from];
                passUpTo(events.get(i));
                Input.Happened input = new Input.Happened(position++, events.get(i));
                if (held != null) {
                    partition.step(held, input);
                    partition.drain(effects);
                }
            }
        }
    }

    private void passUpTo(Event event) {
        long at = event.atMillis();
        if (at > latestMillis) {
            latestMillis = at;
            if (at >= nextTickMillis) {
                long due = Math.floorDiv(at - latenessMillis, tickMillis) * tickMillis;
                nextTickMillis = due + tickMillis + latenessMillis;
                partition.pass(position++, due);
            }
        }
    }

    /** The stream has ended: lets time pass up to the end of its last instant. */
    public void finish() {
        if (latestMillis != Long.MIN_VALUE) {
            partition.pass(position++, latestMillis + 1);
            partition.drain(effects);
        }
    }

    /** The subjects, for those who measure them. */
    public Partition partition() {
        return partition;
    }
}
