package dev.forestall.loop;

import dev.forestall.loop.action.ActionRequest;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.event.Message.Addressed;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.gate.Assignment;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.request.Permit;
import dev.forestall.loop.request.RequestChange;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.risk.Sample;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.loop.roi.OutcomeFindings;
import dev.forestall.loop.signal.ContextChange;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.trigger.Trigger;
import java.util.ArrayList;
import java.util.List;

/**
 * What one moment has brought. It grows from left to right: each stage reads what stands to its left and adds what it has found itself. Used
 * again for each moment, so that a moment that brings nothing leaves nothing behind.
 */
final class Findings implements OutcomeFindings {

    private final List<Sample> samples = new ArrayList<>();
    private final List<Transition> transitions = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private final List<ContextChange> contexts = new ArrayList<>();
    private final List<Risk> risks = new ArrayList<>();
    private final List<Explanation> explanations = new ArrayList<>();
    private final List<Trigger> triggers = new ArrayList<>();
    private final List<Alert> alerts = new ArrayList<>();
    private final List<Assignment> assignments = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final List<ActionRequest> requests = new ArrayList<>();
    private final List<Permit> permits = new ArrayList<>();
    private final List<RequestChange> changes = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Addressed> messages = new ArrayList<>();

    /** Adds what was found to the effects of the step, in the order of the stages, and starts anew. */
    void moveTo(List<Effect> effects, Moment moment) {
        samples.forEach(each -> effects.add(new Effect.Sampled(each)));
        transitions.forEach(each -> effects.add(new Effect.Transitioned(each)));
        signals.forEach(each -> effects.add(new Effect.SignalChanged(each)));
        contexts.forEach(each -> effects.add(new Effect.ContextChanged(each)));
        risks.forEach(each -> effects.add(new Effect.RiskChanged(each)));
        explanations.forEach(each -> effects.add(new Effect.Explained(each)));
        alerts.forEach(each -> effects.add(new Effect.AlertChanged(each)));
        assignments.forEach(each -> effects.add(new Effect.Assigned(each)));
        decisions.forEach(each -> effects.add(new Effect.Decided(each)));
        requests.forEach(each -> effects.add(new Effect.ActionRequested(each)));
        permits.forEach(each -> effects.add(new Effect.Permitted(each)));
        changes.forEach(each -> effects.add(new Effect.RequestChanged(each)));
        outcomes.forEach(each -> effects.add(new Effect.OutcomeObserved(each)));
        messages.forEach(each ->
                effects.add(new Effect.SendMessage(moment.nextEffect(), moment.atMillis(), each.to(), each.message())));
        clear();
    }

    /** Whether nothing was found that has an effect. Explanations come with what they follow from. */
    boolean areNone() {
        return transitions.isEmpty()
                && signals.isEmpty()
                && contexts.isEmpty()
                && risks.isEmpty()
                && alerts.isEmpty()
                && assignments.isEmpty()
                && decisions.isEmpty()
                && requests.isEmpty()
                && permits.isEmpty()
                && changes.isEmpty()
                && outcomes.isEmpty()
                && messages.isEmpty()
                && samples.isEmpty();
    }

    private void clear() {
        samples.clear();
        transitions.clear();
        signals.clear();
        contexts.clear();
        risks.clear();
        explanations.clear();
        triggers.clear();
        alerts.clear();
        assignments.clear();
        decisions.clear();
        requests.clear();
        permits.clear();
        changes.clear();
        outcomes.clear();
        messages.clear();
    }

    @Override
    public List<Sample> samples() {
        return samples;
    }

    @Override
    public List<Transition> transitions() {
        return transitions;
    }

    @Override
    public List<Signal> signals() {
        return signals;
    }

    @Override
    public List<ContextChange> contexts() {
        return contexts;
    }

    @Override
    public List<Risk> risks() {
        return risks;
    }

    @Override
    public List<Explanation> explanations() {
        return explanations;
    }

    @Override
    public List<Trigger> triggers() {
        return triggers;
    }

    @Override
    public List<Alert> alerts() {
        return alerts;
    }

    List<Assignment> assignments() {
        return assignments;
    }

    @Override
    public List<Decision> decisions() {
        return decisions;
    }

    @Override
    public List<ActionRequest> requests() {
        return requests;
    }

    @Override
    public List<Permit> permits() {
        return permits;
    }

    @Override
    public List<RequestChange> changes() {
        return changes;
    }

    @Override
    public List<Outcome> outcomes() {
        return outcomes;
    }

    @Override
    public List<Addressed> messages() {
        return messages;
    }
}
