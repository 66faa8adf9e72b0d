package dev.forestall.loop.alert;

import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.InWords;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.expression.Moment;
import dev.forestall.loop.journey.Journey;
import dev.forestall.loop.journey.Transition;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.signal.SignalRule;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Slot;
import dev.forestall.loop.state.Slots;
import dev.forestall.loop.trigger.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The alert stage: turns signals into as few notices as possible. Immutable. */
public final class Alerts {

    private final List<Placed> placed = new ArrayList<>();

    /**
     * @param rules the declared alerts
     * @param signals the declared signals: those that never end resolve no alert
     */
    public Alerts(List<AlertRule> rules, List<SignalRule<?>> signals, Slots slots) {
        for (AlertRule rule : rules) {
            placed.add(new Placed(
                    rule,
                    slots.next("alert." + rule.name(), OpenAlert.MEMORY),
                    momentary(rule, signals),
                    journeys(rule, signals)));
        }
    }

    private static List<String> momentary(AlertRule rule, List<SignalRule<?>> signals) {
        return signals.stream()
                .filter(signal -> rule.isOn(signal.name()) && signal.isMomentary())
                .map(SignalRule::name)
                .toList();
    }

    /** The journeys of those signals that are said inside one, by signal. */
    private static Map<String, String> journeys(AlertRule rule, List<SignalRule<?>> signals) {
        Map<String, String> journeys = new TreeMap<>();
        for (SignalRule<?> signal : signals) {
            Journey journey = signal.journey();
            if (journey != null && rule.isOn(signal.name())) {
                journeys.put(signal.name(), journey.name());
            }
        }
        return journeys;
    }

    public List<AlertRule> all() {
        return placed.stream().map(Placed::rule).toList();
    }

    /**
     * Takes what has triggered at the moment, and which runs of journeys ended at it.
     *
     * <p>A signal that the end of its own run has raised will never end: it is over as it is said. It is worth an alert, but holds none
     * open.
     */
    public void after(Moment moment, AlertFindings findings) {
        for (Trigger trigger : findings.triggers()) {
            for (Placed each : placed) {
                if (each.rule.on().contains(trigger.name())) {
                    each.after(moment, trigger, each.isOver(trigger, findings), findings.alerts());
                }
            }
        }
        for (Transition transition : findings.transitions()) {
            if (transition.kind().isEnd()) {
                for (Placed each : placed) {
                    each.runEnded(moment, transition, findings.signals(), findings.alerts());
                }
            }
        }
    }

    /** Escalates and resolves what has been open for too long by the moment. */
    public void due(Moment moment, AlertFindings findings) {
        List<Alert> alerts = findings.alerts();
        for (Placed each : placed) {
            String key = moment.cells().firstDue(each.slot, moment.atMillis());
            while (key != null) {
                each.due(moment, key, alerts);
                key = moment.cells().firstDue(each.slot, moment.atMillis());
            }
        }
    }

    private record Placed(
            AlertRule rule, Slot<OpenAlert> slot, List<String> momentary, Map<String, String> journeyBySignal) {

        void after(Moment moment, Trigger trigger, boolean isOver, List<Alert> alerts) {
            String key = rule.groupKey(trigger.journeyKey());
            switch (trigger.change()) {
                case Trigger.Change.Began began -> raise(moment, key, trigger, isOver, alerts);
                case Trigger.Change.Ended ended -> end(moment, key, trigger, ended, alerts);
                case Trigger.Change.Withdrawn withdrawn -> withdraw(moment, key, trigger, withdrawn, alerts);
            }
        }

        /** Whether the run that a signal is about ended at the moment at which it was raised, without ending the signal. */
        boolean isOver(Trigger trigger, AlertFindings findings) {
            return trigger instanceof Trigger.BySignal by
                    && by.signal() instanceof Signal.Raised raised
                    && findings.transitions().stream()
                            .anyMatch(each -> each.kind().isEnd() && isAbout(raised, each))
                    && findings.signals().stream().noneMatch(each -> raised.id().equals(endedBy(each)));
        }

        private boolean isAbout(Signal.Raised signal, Transition transition) {
            return transition.journey().equals(journeyBySignal.get(signal.name()))
                    && transition.journeyKey().equals(signal.journeyKey());
        }

        private static @Nullable EffectId endedBy(Signal signal) {
            return switch (signal) {
                case Signal.Ended ended -> ended.signal();
                case Signal.Withdrawn withdrawn -> withdrawn.signal();
                case Signal.Raised raised -> null;
                case Signal.Measured measured -> null;
            };
        }

        /**
         * Nothing stands any more in an alert about a run that is over: it resolves. One that is about the whole subject resolves if only
         * what the end itself has raised is in it. What was added right now stays for its time of silence, if the rule has one.
         */
        void runEnded(Moment moment, Transition transition, List<Signal> signals, List<Alert> alerts) {
            if (!journeyBySignal.containsValue(transition.journey())) {
                return;
            }
            boolean isAdded = signals.stream()
                    .anyMatch(each -> each instanceof Signal.Raised raised && isAbout(raised, transition));
            boolean isConcerned =
                    isAdded ? rule.autoResolveAfterMillis() == 0 : rule.groupBy() == AlertRule.GroupBy.RUN;
            String key = rule.groupKey(transition.journeyKey());
            OpenAlert alert = isConcerned ? moment.cells().find(slot, key) : null;
            if (alert != null && alert.open && alert.active == 0) {
                resolve(moment, key, alert, transition.id(), Alert.Why.ENDED, alerts);
            }
        }

        private boolean isMomentary(Trigger trigger) {
            return trigger instanceof Trigger.BySignal by
                    && momentary.contains(by.signal().name());
        }

        private void raise(Moment moment, String key, Trigger trigger, boolean isOver, List<Alert> alerts) {
            OpenAlert alert = moment.cells().open(slot, key);
            int stands = isOver || isMomentary(trigger) ? 0 : 1;
            if (alert.open) {
                alert.count++;
                alert.active += stands;
                alert.lastMillis = Math.max(alert.lastMillis, trigger.atMillis());
                alerts.add(new Alert.Merged(
                        moment.nextEffect(),
                        rule.name(),
                        key,
                        trigger.atMillis(),
                        trigger.id(),
                        id(moment, alert),
                        alert.count,
                        trigger.basis()));
            } else if (alert.resolvedAtMillis != Long.MIN_VALUE
                    && trigger.atMillis() < alert.resolvedAtMillis + rule.cooldownMillis()) {
                alerts.add(new Alert.Suppressed(
                        moment.nextEffect(),
                        rule.name(),
                        key,
                        trigger.atMillis(),
                        trigger.id(),
                        "already raised within the rest of " + InWords.duration(rule.cooldownMillis()),
                        trigger.basis()));
                return;
            } else {
                EffectId id = moment.nextEffect();
                alert.open = true;
                alert.raisedOn = moment.subject().key();
                alert.raisedAtMillis = trigger.atMillis();
                alert.position = id.position();
                alert.index = id.index();
                alert.count = 1;
                alert.active = stands;
                alert.escalated = false;
                alert.lastMillis = trigger.atMillis();
                alerts.add(new Alert.Raised(
                        id, rule.name(), key, trigger.atMillis(), trigger.id(), rule.owner(), trigger.basis()));
            }
            await(moment, key, alert);
        }

        private void end(Moment moment, String key, Trigger trigger, Trigger.Change.Ended ended, List<Alert> alerts) {
            OpenAlert alert = moment.cells().find(slot, key);
            if (alert == null || !holds(alert, ended.began(), ended.beganAtMillis())) {
                return;
            }
            alert.active--;
            if (alert.active == 0) {
                resolve(moment, key, alert, trigger.id(), Alert.Why.ENDED, alerts);
            }
        }

        private void withdraw(
                Moment moment, String key, Trigger trigger, Trigger.Change.Withdrawn withdrawn, List<Alert> alerts) {
            OpenAlert alert = moment.cells().find(slot, key);
            if (alert == null || !holds(alert, withdrawn.began(), withdrawn.beganAtMillis())) {
                return;
            }
            alert.count--;
            alert.active -= withdrawn.wasActive() ? 1 : 0;
            if (alert.count == 0 || withdrawn.wasActive() && alert.active == 0) {
                resolve(moment, key, alert, trigger.id(), Alert.Why.WITHDRAWN, alerts);
            }
        }

        /** Whether a signal was raised into an open alert, and not before it. */
        private static boolean holds(OpenAlert alert, EffectId signal, long raisedAtMillis) {
            if (!alert.open || signal.position() != alert.position) {
                return alert.open && signal.position() > alert.position;
            }
            // Raised by the input that raised the alert: behind it, or at the same instant as its first signal.
            return signal.index() > alert.index || raisedAtMillis >= alert.raisedAtMillis;
        }

        void due(Moment moment, String key, List<Alert> alerts) {
            OpenAlert alert = moment.cells().open(slot, key);
            moment.cells().wake(slot, key, Cells.NEVER);
            if (!alert.open) {
                // The cooldown is over: nothing needs remembering any more.
                alert.resolvedAtMillis = Long.MIN_VALUE;
                return;
            }
            if (resolvesAt(alert) <= moment.atMillis()) {
                resolve(moment, key, alert, id(moment, alert), Alert.Why.SILENT, alerts);
                return;
            }
            alert.escalated = true;
            EffectId open = id(moment, alert);
            alerts.add(new Alert.Escalated(moment.nextEffect(), rule.name(), key, moment.atMillis(), open, open));
            await(moment, key, alert);
        }

        private void resolve(
                Moment moment, String key, OpenAlert alert, EffectId cause, Alert.Why why, List<Alert> alerts) {
            alerts.add(new Alert.Resolved(
                    moment.nextEffect(),
                    rule.name(),
                    key,
                    moment.atMillis(),
                    cause,
                    id(moment, alert),
                    why,
                    alert.raisedAtMillis));
            alert.open = false;
            alert.resolvedAtMillis = rule.cooldownMillis() > 0 ? moment.atMillis() : Long.MIN_VALUE;
            moment.cells()
                    .wake(
                            slot,
                            key,
                            rule.cooldownMillis() > 0 ? moment.atMillis() + rule.cooldownMillis() : Cells.NEVER);
        }

        private void await(Moment moment, String key, OpenAlert alert) {
            long escalate = rule.escalateAfterMillis() > 0 && !alert.escalated
                    ? alert.raisedAtMillis + rule.escalateAfterMillis()
                    : Cells.NEVER;
            moment.cells().wake(slot, key, Math.min(escalate, resolvesAt(alert)));
        }

        private long resolvesAt(OpenAlert alert) {
            return rule.autoResolveAfterMillis() > 0 ? alert.lastMillis + rule.autoResolveAfterMillis() : Cells.NEVER;
        }

        private static EffectId id(Moment moment, OpenAlert alert) {
            return new EffectId(new SubjectId(moment.subject().kind(), alert.raisedOn), alert.position, alert.index);
        }
    }
}
