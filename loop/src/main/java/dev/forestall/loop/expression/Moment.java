package dev.forestall.loop.expression;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.state.Cells;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instant in the life of one subject, as the stages see it one after the other: an event happens, or time alone passes.
 * Reused from moment to moment and from step to step; stages do not keep it.
 */
public final class Moment implements Scope {

    private static final SubjectId NOBODY = SubjectId.customer("nobody");

    private Cells cells;
    private final List<Variable> variables;

    private SubjectId subject = NOBODY;
    private long position;
    private Receipt receipt = Receipt.HISTORY;
    private long atMillis;
    private @Nullable Event event;
    private @Nullable String journeyKey;
    private double uplift = Double.NaN;
    private double cost = Double.NaN;
    private int effects;

    /** So many effects one input can have on one subject. */
    private static final int MAX_EFFECTS = 1 << 16;

    /**
     * @param cells what there is to remember before the first step
     * @param variables by the numbers that conditions use
     */
    public Moment(Cells cells, List<Variable> variables) {
        this.cells = cells;
        this.variables = variables;
    }

    /**
     * Turns to the next step.
     *
     * @param subject whose moments they are
     * @param cells what the subject remembers
     * @param position of the input in the log
     * @param part of that input, see {@code Input.part}
     * @param receipt whether that input is news
     */
    public void enter(SubjectId subject, Cells cells, long position, int part, Receipt receipt) {
        this.subject = subject;
        this.cells = cells;
        this.position = position;
        this.receipt = receipt;
        this.effects = part * MAX_EFFECTS;
        this.uplift = Double.NaN;
        this.cost = Double.NaN;
    }

    /** Turns to a step in history. */
    public void enter(SubjectId subject, Cells cells, long position, int part) {
        enter(subject, cells, position, part, Receipt.HISTORY);
    }

    /** Moves on to another instant of the same step. */
    public void begin(long atMillis, @Nullable Event event) {
        this.atMillis = atMillis;
        this.event = event;
        this.journeyKey = null;
    }

    public SubjectId subject() {
        return subject;
    }

    /** The place in the log of the input that is being processed: the evidence for whatever follows from it. */
    public long position() {
        return position;
    }

    /** Whether the input that is being processed is news or history. */
    public Receipt receipt() {
        return receipt;
    }

    public Cells cells() {
        return cells;
    }

    @Override
    public @Nullable Event event() {
        return event;
    }

    @Override
    public long atMillis() {
        return atMillis;
    }

    /** What time it is for the subject: the latest it has seen, also when the event of the moment is older than that. */
    public long nowMillis() {
        return Math.max(atMillis, cells.clock());
    }

    public Instant at() {
        return Instant.ofEpochMilli(atMillis);
    }

    /** Whether the event is older than something the subject has already seen. */
    public boolean isLate() {
        return event != null && atMillis < cells.clock();
    }

    /** The id of the next effect of this input on this subject. Each call gives another one. */
    public EffectId nextEffect() {
        return new EffectId(subject, position, effects++);
    }

    /** Looks at one run of a journey: variables about journeys answer for it until the next moment or call. */
    public void focus(@Nullable String journeyKey) {
        this.journeyKey = journeyKey;
    }

    public @Nullable String journeyKey() {
        return journeyKey;
    }

    /** Looks at one candidate of a decision, for the formula that ranks them. */
    public void weigh(double uplift, double costMinor) {
        this.uplift = uplift;
        this.cost = costMinor;
    }

    public double uplift() {
        return uplift;
    }

    public double costMinor() {
        return cost;
    }

    @Override
    public double number(int variable) {
        return variables.get(variable).number(this);
    }

    @Override
    public @Nullable String text(int variable) {
        return variables.get(variable).text(this);
    }

    public Variable variable(int number) {
        return variables.get(number);
    }
}
