package dev.forestall.testkit;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.Step;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Row;
import dev.forestall.loop.state.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Steps subjects as a busy host does: their cells stay open from step to step, until they are closed to serve another subject. What
 * follows must not depend on it.
 */
public final class KeptOpen {

    private final Loop loop;
    private final Dice dice;
    private final Map<SubjectId, Cells> open = new HashMap<>();
    private final Map<SubjectId, Row> rows = new HashMap<>();

    private @Nullable Cells spare;

    private KeptOpen(Definition definition, long seed) {
        this.loop = new Loop(definition);
        this.dice = new Dice(seed);
    }

    /** @param seed of the moments at which subjects are closed */
    public static MemoryHost.Stepper steps(Definition definition, long seed) {
        return new KeptOpen(definition, seed)::step;
    }

    private Step step(SubjectId subject, State before, Input input) {
        Row row = rows.computeIfAbsent(subject, unused -> new Row());
        Cells cells = open.computeIfAbsent(subject, unused -> opened(row));
        List<Effect> effects = loop.step(subject, cells, input);
        long wake = cells.nextWake();
        boolean isLate = loop.isLate();
        cells.save(row);
        if (dice.percent(20)) {
            spare = open.remove(subject);
        }
        return new Step(row.state(), effects, wake, isLate);
    }

    /** Cells that have served another subject are used again. */
    private Cells opened(Row row) {
        Cells cells = spare != null ? spare : loop.newCells();
        spare = null;
        cells.load(row);
        return cells;
    }
}
