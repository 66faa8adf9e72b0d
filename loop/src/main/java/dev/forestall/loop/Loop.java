package dev.forestall.loop;

import dev.forestall.loop.action.SessionAnswer;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.reason.Change;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.reason.Reasons;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.risk.Asking;
import dev.forestall.loop.risk.Model;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The loop of one definition. {@link #step} is a pure function; the object only keeps room to work in, so that millions of steps do
 * not allocate it anew. For one thread; make one per thread.
 */
public final class Loop {

    /**
     * Which answers the program gives: raised whenever a step answers differently than it did under the same definition. It stands in the
     * log beside the definition, so that each effect can be traced to the program that made it.
     */
    public static final int SEMANTICS = 1;

    private final Definition definition;
    private final Cells.Workroom workroom = new Cells.Workroom();
    /** For subjects that are open for one step only. */
    private final Cells own;

    /** Room for the features that a model looks at. */
    private final float[] row;

    private final Findings findings = new Findings();
    private final Reasons reasons;
    private final boolean predicts;
    private final List<Effect> effects = new ArrayList<>();
    private final Moment moment;
    private boolean isLate;

    public Loop(Definition definition) {
        this.definition = definition;
        this.own = newCells();
        this.row = new float[definition.risks().width()];
        this.reasons = definition.newReasons();
        this.predicts = !definition.risks().areNone();
        this.moment = new Moment(own, definition.variables());
    }

    /** Room for a subject that is to be kept open. */
    public Cells newCells() {
        return new Cells(definition.layout().fingerprint(), workroom);
    }

    /** As {@link #step(SubjectId, State, Input)}, for a single step. */
    public static Step step(Definition definition, SubjectId subject, State before, Input input) {
        return new Loop(definition).step(subject, before, input);
    }

    /**
     * Moves one subject forward by one input. Whatever was due before the input's time is settled first, each thing at its own
     * instant; then the input is applied; then whatever a late input shows to have been due in the past is settled, again each thing
     * at its own instant.
     *
     * @param subject who it is
     * @param before all it remembers; {@link State#EMPTY} when nothing happened to it yet
     * @param input what reached it
     * @throws IllegalStateException when the state belongs to another definition or is damaged
     */
    public Step step(SubjectId subject, State before, Input input) {
        own.load(before);
        List<Effect> followed = step(subject, own, input);
        return new Step(own.save(), followed, own.nextWake(), isLate);
    }

    /**
     * As {@link #step(SubjectId, State, Input)}, for a subject that is open: its cells hold the next state afterwards.
     *
     * @param cells of this definition
     * @return the effects
     */
    public List<Effect> step(SubjectId subject, Cells cells, Input input) {
        List<Effect> followed = apply(subject, cells, input);
        cells.settle();
        return followed;
    }

    /** Whether the latest input was older than something its subject had already seen. */
    public boolean isLate() {
        return isLate;
    }

    private List<Effect> apply(SubjectId subject, Cells cells, Input input) {
        moment.enter(subject, cells, input.position(), input.part(), input.receipt());
        isLate = false;
        switch (input) {
            case Input.EventReceived happened -> arrived(cells, happened.event());
            case Input.ReportReceived received -> reported(cells, received.report());
            case Input.TimeAdvanced advanced -> settle(cells, advanced.atMillis());
            case Input.MessageReceived received -> {
                if (!subject.isOnWatermark()) {
                    settle(cells, received.atMillis());
                }
                moment.begin(received.atMillis(), null);
                definition.signals().received(moment, received.message(), findings);
                if (predicts) {
                    definition.features().received(moment, received.message());
                }
                definition.requests().received(moment, received.from(), received.message(), findings);
                if (received.message() instanceof Message.Answer answer) {
                    answered(cells, answer);
                }
                if (!findings.contexts().isEmpty()) {
                    moment.begin(moment.nowMillis(), null);
                    act();
                    definition.outcomes().after(moment, null, findings);
                }
                collect();
            }
        }
        if (effects.isEmpty()) {
            return List.of();
        }
        List<Effect> followed = List.copyOf(effects);
        effects.clear();
        return followed;
    }

    private void arrived(Cells cells, Event event) {
        isLate = event.atMillis() < cells.clock();
        settle(cells, event.atMillis());
        happened(cells, event.atMillis(), event);
        settle(cells, cells.clock());
    }

    /**
     * Somebody has reported. What it says about requests and about reaching the customer holds before anything is decided on it. Where the pack
     * uses the report as an event, it happens like one. Else no time passes by it: who reports stands at another clock than the customer, who
     * may still be telling what they did before.
     */
    private void reported(Cells cells, Report report) {
        boolean isAsked = report instanceof Report.Asked;
        moment.begin(isAsked ? Math.max(report.atMillis(), cells.clock()) : report.atMillis(), null);
        definition.gate().reported(moment, report);
        definition.requests().reported(moment, report, findings);
        if (report instanceof Report.Asked asked) {
            definition.assignments().asked(moment, asked, findings.assignments());
        }
        definition.actions().reported(moment, report, findings);
        if (!findings.decisions().isEmpty()) {
            definition.outcomes().after(moment, null, findings);
        }
        collect();
        definition.reportEvents().of(report).ifPresent(event -> arrived(cells, event));
    }

    /** An external model has answered: it is known from now on, whenever it was asked. */
    private void answered(Cells cells, Message.Answer answer) {
        moment.begin(Math.max(moment.atMillis(), cells.clock()), null);
        definition.risks().received(moment, answer, findings);
        if (!findings.risks().isEmpty()) {
            reasons.after(moment, answer, findings);
            act();
            definition.outcomes().after(moment, null, findings);
            collect();
        }
    }

    /** Alerts and decisions on what the moment brought. */
    private void act() {
        definition.triggers().after(moment, findings);
        definition.alerts().after(moment, findings);
        definition.actions().after(moment, findings);
        definition.requests().after(moment, findings);
    }

    /** What is known of a subject: every variable that conditions could ask for, at an instant. For people who look. */
    public List<Known> known(SubjectId subject, State state, long atMillis) {
        own.load(state);
        moment.enter(subject, own, 0, 0, Receipt.HISTORY);
        moment.begin(atMillis, null);
        return definition.variables().stream()
                .map(variable -> new Known(
                        variable.name(),
                        variable.isText() ? Double.NaN : variable.number(moment),
                        variable.isText() ? Optional.ofNullable(variable.text(moment)) : Optional.empty()))
                .filter(known -> known.text().isPresent() || !Double.isNaN(known.number()))
                .toList();
    }

    /**
     * What is known when a page or an app asks what to show to a customer.
     *
     * @param policy one that is asked in session
     */
    public SessionAnswer asked(SubjectId customer, State state, long atMillis, String policy) {
        own.load(state);
        moment.enter(customer, own, 0, 0, Receipt.HISTORY);
        moment.begin(Math.max(atMillis, own.clock()), null);
        return definition.actions().asked(moment, policy);
    }

    /**
     * Why a prediction's probability is what it is for a subject. For people who look.
     *
     * @param external asks models that the loop cannot compute
     * @return nothing when no model answers the prediction, or when it is not asked about them at the instant
     */
    public Optional<Explanation> why(
            SubjectId subject, State state, long atMillis, String prediction, Asking external) {
        own.load(state);
        moment.enter(subject, own, 0, 0, Receipt.HISTORY);
        moment.begin(atMillis, null);
        Optional<Model> model = definition.risks().model(prediction, subject);
        EffectId id = moment.nextEffect();
        return definition.risks().isAsked(moment, prediction)
                ? model.map(each -> each.isExternal()
                        ? reasons.explain(moment, each, external.answer(question(each), id), id, id)
                        : reasons.explain(moment, prediction, each, id, id))
                : Optional.empty();
    }

    /**
     * What would have to be different for a prediction's probability to be lower. For people who look.
     *
     * @param most so many steps at most
     * @param external asks models that the loop cannot compute
     */
    public List<Change> whatIf(
            SubjectId subject, State state, long atMillis, String prediction, int most, Asking external) {
        own.load(state);
        moment.enter(subject, own, 0, 0, Receipt.HISTORY);
        moment.begin(atMillis, null);
        return definition
                .risks()
                .model(prediction, subject)
                .map(each -> each.isExternal()
                        ? reasons.changes(
                                moment,
                                each,
                                row -> external.logOdds(each.name(), row),
                                external.logOdds(each.name(), each.fitted().usual()),
                                most)
                        : reasons.changes(moment, each, most))
                .orElse(List.of());
    }

    private Message.Question question(Model model) {
        definition.features().read(moment, model.space(), row);
        return model.question(row, 0);
    }

    /**
     * The value of one variable; what is absent is not listed.
     *
     * @param name as conditions write it
     * @param number when it is numeric (booleans are 0 and 1), else NaN
     * @param text when it holds words
     */
    public record Known(String name, double number, Optional<String> text) {}

    /** Lets pass all instants before a time at which something is due, one after the other. */
    private void settle(Cells cells, long untilMillis) {
        long due = cells.nextWake();
        int guard = 0;
        while (due < untilMillis) {
            due(cells, due);
            long next = cells.nextWake();
            guard = next == due ? guard + 1 : 0;
            if (guard > 1_000) {
                throw new IllegalStateException("subject " + moment.subject().kind() + " at position "
                        + moment.position() + " asks again and again to be woken at " + due);
            }
            due = next;
        }
    }

    /** An event happens: through all stages from left to right. */
    private void happened(Cells cells, long atMillis, Event event) {
        moment.begin(atMillis, event);
        definition.traits().after(moment, event);
        if (moment.subject().isCustomer()) {
            definition.journeys().after(moment, event, findings);
        }
        definition.signals().after(moment, event, findings);
        predict(event);
        definition.gate().after(moment, event);
        definition.assignments().after(moment, event, findings.assignments());
        conclude(cells, event);
    }

    /** What is due by an instant falls due: through all stages from left to right. */
    private void due(Cells cells, long atMillis) {
        moment.begin(atMillis, null);
        cells.advance(atMillis);
        definition.journeys().due(moment, findings);
        definition.signals().after(moment, null, findings);
        definition.signals().due(moment, findings);
        predict(null);
        definition.alerts().due(moment, findings);
        definition.gate().due(moment);
        definition.actions().due(moment);
        definition.requests().due(moment, findings);
        definition.outcomes().due(moment, findings);
        conclude(cells, null);
    }

    private void conclude(Cells cells, @Nullable Event event) {
        if (!findings.signals().isEmpty()
                || !findings.transitions().isEmpty()
                || !findings.risks().isEmpty()) {
            act();
        }
        definition.outcomes().after(moment, event, findings);
        cells.advance(moment.atMillis());
        collect();
    }

    private void predict(@Nullable Event event) {
        if (!predicts) {
            return;
        }
        if (moment.subject().isCustomer()) {
            definition.features().after(moment, event, findings);
            definition.risks().after(moment, event, row, findings);
            if (!findings.risks().isEmpty()) {
                reasons.after(moment, null, findings);
            }
        } else if (event == null) {
            definition.features().due(moment, findings);
        }
    }

    private void collect() {
        if (!findings.areNone()) {
            findings.moveTo(effects, moment);
        }
    }
}
