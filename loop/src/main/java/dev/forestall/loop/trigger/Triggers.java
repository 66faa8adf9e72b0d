package dev.forestall.loop.trigger;

import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.reason.Explanation;
import dev.forestall.loop.reason.Reason;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.risk.Risks;
import dev.forestall.loop.signal.ContextChange;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.trigger.Trigger.Change;
import java.util.List;

/** The trigger stage: puts what was found into the form that alerts and policies act on. Immutable. */
public final class Triggers {

    private final Risks risks;

    /** @param risks where probabilities are known */
    public Triggers(Risks risks) {
        this.risks = risks;
    }

    /** Takes the signals, those of others and the risks of the moment, in this order. */
    public void after(Moment moment, TriggerFindings findings) {
        if (findings.signals().isEmpty()
                && findings.contexts().isEmpty()
                && findings.risks().isEmpty()) {
            return;
        }
        var known = risks.known(moment);
        Basis ofSignals = known.isEmpty() ? Basis.NONE : new Basis(known, List.of());
        for (Signal signal : findings.signals()) {
            switch (signal) {
                case Signal.Raised raised ->
                    findings.triggers().add(new Trigger.BySignal(raised, new Change.Began(), ofSignals));
                case Signal.Ended ended ->
                    findings.triggers()
                            .add(new Trigger.BySignal(
                                    ended, new Change.Ended(ended.signal(), ended.raisedAtMillis()), ofSignals));
                case Signal.Withdrawn withdrawn ->
                    findings.triggers()
                            .add(new Trigger.BySignal(
                                    withdrawn,
                                    new Change.Withdrawn(
                                            withdrawn.signal(), withdrawn.raisedAtMillis(), withdrawn.wasActive()),
                                    ofSignals));
                case Signal.Measured measured -> {}
            }
        }
        for (ContextChange context : findings.contexts()) {
            Change change = context.isActive()
                    ? new Change.Began()
                    : new Change.Ended(context.began(), context.beganAtMillis());
            findings.triggers().add(new Trigger.ByContext(context, change, ofSignals));
        }
        for (Risk risk : findings.risks()) {
            Change change = risk.change() == Risk.Change.ROSE
                    ? new Change.Began()
                    : new Change.Ended(risk.since(), risk.sinceMillis());
            findings.triggers().add(new Trigger.ByRisk(risk, change, new Basis(known, reasons(risk, findings))));
        }
    }

    /** Of several levels that are crossed at once, one is explained: it speaks for all. */
    private static List<Reason> reasons(Risk risk, TriggerFindings findings) {
        for (Explanation each : findings.explanations()) {
            if (each.prediction().equals(risk.prediction())) {
                return each.reasons();
            }
        }
        return List.of();
    }
}
