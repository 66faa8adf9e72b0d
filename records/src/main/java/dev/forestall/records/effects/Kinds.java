package dev.forestall.records.effects;

import dev.forestall.loop.Effect;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.signal.Signal;
import java.util.ArrayList;
import java.util.List;

/** What the timeline says of every kind of effect: what it is called, and what brought it about. */
final class Kinds {

    private Kinds() {}

    /** The name of what it is about in the pack: of a signal, a policy, an outcome. */
    static String name(Effect effect) {
        return switch (effect) {
            case Effect.Transitioned transitioned -> transitioned.transition().journey();
            case Effect.SignalChanged changed -> changed.signal().name();
            case Effect.ContextChanged changed -> changed.change().signal();
            case Effect.RiskChanged changed -> changed.risk().prediction();
            case Effect.Explained explained -> explained.explanation().prediction();
            case Effect.AlertChanged changed -> changed.alert().name();
            case Effect.Assigned assigned -> assigned.assignment().identifier();
            case Effect.Decided decided -> decided.decision().policy();
            case Effect.ActionRequested requested -> requested.request().task().action();
            case Effect.Permitted permitted -> permitted.permit().request().action();
            case Effect.RequestChanged changed -> changed.change().request().action();
            case Effect.OutcomeObserved observed -> observed.outcome().name();
            case Effect.Sampled sampled -> sampled.sample().prediction();
            case Effect.SendMessage send -> send.to().kind();
        };
    }

    /** The run of the journey that it is about; empty when it is about the subject. */
    static String journeyKey(Effect effect) {
        return switch (effect) {
            case Effect.Transitioned transitioned -> transitioned.transition().journeyKey();
            case Effect.SignalChanged changed -> changed.signal().journeyKey();
            case Effect.AlertChanged changed -> changed.alert().journeyKey();
            case Effect.Decided decided -> decided.decision().journeyKey();
            case Effect.ActionRequested requested -> requested.request().journeyKey();
            case Effect.Permitted permitted -> permitted.permit().request().journeyKey();
            case Effect.RequestChanged changed -> changed.change().request().journeyKey();
            case Effect.OutcomeObserved observed -> observed.outcome().journeyKey();
            case Effect.ContextChanged changed -> "";
            case Effect.RiskChanged changed -> "";
            case Effect.Explained explained -> "";
            case Effect.Assigned assigned -> "";
            case Effect.Sampled sampled -> "";
            case Effect.SendMessage send -> "";
        };
    }

    /** The effects that brought it about, the most telling first. */
    static List<EffectId> causes(Effect effect) {
        List<EffectId> causes = new ArrayList<>();
        switch (effect) {
            case Effect.SignalChanged changed -> addTo(causes, changed.signal());
            case Effect.ContextChanged changed -> causes.add(changed.change().began());
            case Effect.RiskChanged changed -> causes.add(changed.risk().since());
            case Effect.Explained explained ->
                causes.add(explained.explanation().risk());
            case Effect.AlertChanged changed -> addTo(causes, changed.alert());
            case Effect.Decided decided -> decided.decision().cause().ifPresent(causes::add);
            case Effect.ActionRequested requested ->
                causes.addAll(requested.request().source().causes());
            case Effect.Permitted permitted ->
                causes.add(permitted.permit().request().id());
            case Effect.RequestChanged changed ->
                causes.add(changed.change().request().id());
            case Effect.OutcomeObserved observed ->
                causes.add(observed.outcome().decision());
            case Effect.Transitioned transitioned -> {}
            case Effect.Assigned assigned -> {}
            case Effect.Sampled sampled -> {}
            case Effect.SendMessage send -> {}
        }
        // What begins something names itself.
        causes.removeIf(effect.id()::equals);
        return causes;
    }

    private static void addTo(List<EffectId> causes, Signal signal) {
        switch (signal) {
            case Signal.Ended ended -> causes.add(ended.signal());
            case Signal.Withdrawn withdrawn -> causes.add(withdrawn.signal());
            case Signal.Raised raised -> {}
            case Signal.Measured measured -> {}
        }
    }

    private static void addTo(List<EffectId> causes, Alert alert) {
        causes.add(alert.cause());
        switch (alert) {
            case Alert.Merged merged -> causes.add(merged.alert());
            case Alert.Escalated escalated -> causes.add(escalated.alert());
            case Alert.Resolved resolved -> causes.add(resolved.alert());
            case Alert.Raised raised -> {}
            case Alert.Suppressed suppressed -> {}
        }
    }
}
