package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.SubjectId;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs the loop over a stream of events in memory: for learning from history and for measuring. Nothing survives it. Messages between
 * subjects are shown like other effects but not delivered.
 */
public final class MemoryRun {

    private final Partition partition;
    private final Subjects named;
    private final Consumer<List<Effect>> effects;
    private final long tickMillis;
    private final long latenessMillis;
    private long latestMillis = Long.MIN_VALUE;
    private long tickedMillis = Long.MIN_VALUE;
    private long position;

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
        long at = event.atMillis();
        if (at > latestMillis) {
            latestMillis = at;
            long due = Math.floorDiv(at - latenessMillis, tickMillis) * tickMillis;
            if (due > tickedMillis) {
                tickedMillis = due;
                partition.pass(position++, due);
            }
        }
        Input.Happened input = new Input.Happened(position++, event);
        List<SubjectId> subjects = named.named(event);
        for (int i = 0; i < subjects.size(); i++) {
            partition.step(subjects.get(i), input);
        }
        partition.drain(effects);
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
