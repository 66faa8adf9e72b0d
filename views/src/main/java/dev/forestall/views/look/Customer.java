package dev.forestall.views.look;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Loop;
import dev.forestall.loop.action.Decision;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.roi.Outcome;
import dev.forestall.loop.signal.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that was known of one subject at an instant.
 *
 * @param subject who it is
 * @param atMillis the instant
 * @param runs of journeys, open and ended, by the order in which they started
 * @param known traits and what else conditions could ask for
 * @param active signals that were raised and neither ended nor withdrawn
 * @param recent the latest signals that are over, momentary ones too
 * @param alerts that were open
 * @param decisions about the customer, each with what became of it by then
 * @param events the latest ones
 * @param eventsInAll how many had happened
 */
public record Customer(
        SubjectId subject,
        long atMillis,
        List<Run> runs,
        List<Loop.Known> known,
        List<Signal.Raised> active,
        List<Signal.Raised> recent,
        List<Open> alerts,
        List<Decided> decisions,
        List<Logged.Arrived> events,
        long eventsInAll) {

    private static final int RECENT = 10;

    /**
     * One run of a journey.
     *
     * @param last how it stands: the latest transition
     * @param startedAtMillis when it started
     */
    public record Run(Transition last, long startedAtMillis) {

        public boolean isOpen() {
            return !last.kind().isEnd();
        }
    }

    /** An open alert, and how many signals are in it. */
    public record Open(Alert.Raised alert, int signals) {}

    /** A decision and what became of it by then. */
    public record Decided(Decision decision, List<Outcome> outcomes) {}

    /**
     * Puts together what a subject's past says.
     *
     * @param atMillis the instant at which the past ends
     */
    public static Customer of(Definition definition, SubjectId subject, History.Standing past, long atMillis) {
        Past told = new Past(definition);
        past.effects().forEach(told::take);
        List<Logged.Arrived> events = past.inputs().stream()
                .map(History.Read::logged)
                .filter(Logged.Arrived.class::isInstance)
                .map(Logged.Arrived.class::cast)
                .toList();
        return new Customer(
                subject,
                atMillis,
                List.copyOf(told.runs.values()),
                new Loop(definition).known(subject, past.state(), atMillis),
                List.copyOf(told.active.values()),
                last(told.over),
                List.copyOf(told.open.values()),
                told.decisions.values().stream()
                        .map(each -> new Decided(each, told.outcomes.getOrDefault(each.id(), List.of())))
                        .toList(),
                last(events),
                events.size());
    }

    private static <T> List<T> last(List<T> all) {
        return List.copyOf(all.subList(Math.max(0, all.size() - RECENT), all.size()));
    }

    /** Reads the effects one after the other. */
    private static final class Past {
        private final Definition definition;
        private final Map<String, Run> runs = new LinkedHashMap<>();
        private final Map<EffectId, Signal.Raised> active = new LinkedHashMap<>();
        private final List<Signal.Raised> over = new ArrayList<>();
        private final Map<EffectId, Open> open = new LinkedHashMap<>();
        private final Map<EffectId, Decision> decisions = new LinkedHashMap<>();
        private final Map<EffectId, List<Outcome>> outcomes = new LinkedHashMap<>();

        Past(Definition definition) {
            this.definition = definition;
        }

        void take(Effect effect) {
            switch (effect) {
                case Effect.Transitioned transitioned -> {
                    Transition transition = transitioned.transition();
                    String run =
                            transition.journey() + "/" + transition.journeyKey() + "/" + transition.startedAtMillis();
                    runs.put(run, new Run(transition, transition.startedAtMillis()));
                }
                case Effect.SignalChanged changed -> signal(changed.signal());
                case Effect.AlertChanged changed -> alert(changed.alert());
                case Effect.Decided decided -> decisions.put(decided.id(), decided.decision());
                case Effect.OutcomeObserved observed ->
                    outcomes.computeIfAbsent(observed.outcome().decision(), decision -> new ArrayList<>())
                            .add(observed.outcome());
                case Effect.Assigned assigned -> {}
                case Effect.ActionRequested requested -> {}
                case Effect.Permitted permitted -> {}
                case Effect.RequestChanged changed -> {}
                case Effect.ContextChanged changed -> {}
                case Effect.RiskChanged changed -> {}
                case Effect.Explained explained -> {}
                case Effect.Sampled sampled -> {}
                case Effect.SendMessage send -> {}
            }
        }

        private void signal(Signal signal) {
            switch (signal) {
                case Signal.Raised raised -> {
                    boolean isMomentary = definition
                            .signals()
                            .named(raised.name())
                            .map(watch -> watch.isMomentary())
                            .orElse(false);
                    if (isMomentary) {
                        over.add(raised);
                    } else {
                        active.put(raised.id(), raised);
                    }
                }
                case Signal.Ended ended -> over(ended.signal());
                case Signal.Withdrawn withdrawn -> {
                    active.remove(withdrawn.signal());
                    over.removeIf(raised -> raised.id().equals(withdrawn.signal()));
                }
                case Signal.Measured measured -> {}
            }
        }

        private void over(EffectId id) {
            Signal.Raised raised = active.remove(id);
            if (raised != null) {
                over.add(raised);
            }
        }

        private void alert(Alert alert) {
            switch (alert) {
                case Alert.Raised raised -> open.put(raised.id(), new Open(raised, 1));
                case Alert.Merged merged ->
                    open.computeIfPresent(merged.alert(), (id, was) -> new Open(was.alert(), merged.count()));
                case Alert.Resolved resolved -> open.remove(resolved.alert());
                case Alert.Escalated escalated -> {}
                case Alert.Suppressed suppressed -> {}
            }
        }
    }
}
