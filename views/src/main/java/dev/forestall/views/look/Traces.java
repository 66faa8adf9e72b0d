package dev.forestall.views.look;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.alert.Alert;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.Message;
import dev.forestall.loop.host.History;
import dev.forestall.loop.risk.Risk;
import dev.forestall.loop.signal.Cohort;
import dev.forestall.loop.signal.ContextChange;
import dev.forestall.loop.signal.Finding;
import dev.forestall.loop.signal.Signal;
import dev.forestall.loop.signal.SignalRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Walks from an effect back to what it came from. */
public final class Traces {

    /** Of a group, so many members are followed to their own events: the latest. */
    static final int MEMBERS = 8;

    private final Definition definition;
    private final History history;

    public Traces(Definition definition, History history) {
        this.definition = definition;
        this.history = history;
    }

    /** The whole trace behind an effect. */
    public Link of(History.Noted noted) {
        Effect effect = noted.effect();
        List<Link> causes = new ArrayList<>();
        switch (effect) {
            case Effect.OutcomeObserved observed -> {
                causes.add(link(noted, observed.outcome().decision()));
                trigger(effect.id(), List.of(), causes);
            }
            case Effect.ActionRequested requested -> {
                requested.request().source().causes().forEach(cause -> causes.add(link(noted, cause)));
                if (causes.isEmpty()) {
                    trigger(effect.id(), List.of(), causes);
                }
            }
            case Effect.Permitted permitted -> {
                causes.add(link(noted, permitted.permit().request().id()));
                trigger(effect.id(), List.of(), causes);
            }
            case Effect.RequestChanged changed -> {
                causes.add(link(noted, changed.change().request().id()));
                trigger(effect.id(), List.of(), causes);
            }
            case Effect.Assigned assigned -> trigger(effect.id(), List.of(), causes);
            case Effect.Decided decided -> {
                decided.decision().cause().ifPresent(cause -> causes.add(link(noted, cause)));
                if (causes.isEmpty()) {
                    trigger(effect.id(), List.of(), causes);
                }
            }
            case Effect.ContextChanged changed -> {
                if (!changed.change().began().equals(effect.id())) {
                    causes.add(link(noted, changed.change().began()));
                }
                notice(changed.change(), causes);
            }
            case Effect.AlertChanged changed -> alert(noted, changed.alert(), causes);
            case Effect.SignalChanged changed -> signal(noted, changed.signal(), causes);
            case Effect.Transitioned transitioned -> trigger(effect.id(), List.of(), causes);
            case Effect.RiskChanged changed -> {
                if (!changed.risk().since().equals(effect.id())) {
                    causes.add(link(noted, changed.risk().since()));
                }
                explanation(changed.risk(), causes);
                if (!answer(changed.risk(), causes)) {
                    trigger(effect.id(), List.of(), causes);
                }
            }
            case Effect.Explained explained ->
                causes.add(link(noted, explained.explanation().risk()));
            case Effect.Sampled sampled -> trigger(effect.id(), List.of(), causes);
            case Effect.SendMessage send -> {
                if (send.message() instanceof Message.Answer answer) {
                    causes.add(input(Link.Role.TRIGGER, answer.question().position()));
                } else {
                    trigger(effect.id(), List.of(), causes);
                }
            }
        }
        return new Link.Of(effect, noted.isHindsight(), history.inForce(noted.position()), List.copyOf(causes));
    }

    /** What an external model answered with which it came about, if that is why; behind it stands the moment that asked. */
    private boolean answer(Risk risk, List<Link> causes) {
        for (Effect each : history.at(risk.id().position())) {
            if (each instanceof Effect.SendMessage send
                    && send.to().equals(risk.id().subject())
                    && send.message() instanceof Message.Answer answer
                    && answer.prediction().equals(risk.prediction())
                    && answer.probability() == risk.probability().value()) {
                causes.add(of(new History.Noted(send, send.id().position())));
                return true;
            }
        }
        return false;
    }

    /** What the group or entity told with which it came about. */
    private void notice(ContextChange change, List<Link> causes) {
        for (Effect each : history.at(change.id().position())) {
            if (each instanceof Effect.SendMessage send
                    && send.to().equals(change.id().subject())
                    && send.message() instanceof Message.Notice notice
                    && notice.signal().equals(change.signal())
                    && notice.value().equals(change.value())
                    && notice.off() == change.isActive()) {
                causes.add(of(new History.Noted(send, send.id().position())));
                return;
            }
        }
        trigger(change.id(), List.of(), causes);
    }

    /** Why it rose, as it was worked out then. */
    private void explanation(Risk risk, List<Link> causes) {
        for (Effect each : history.at(risk.id().position())) {
            if (each instanceof Effect.Explained explained
                    && explained.explanation().risk().equals(risk.id())) {
                causes.add(new Link.Of(each, false, history.inForce(each.id().position()), List.of()));
            }
        }
    }

    private Link link(History.Noted from, EffectId id) {
        Optional<History.Noted> cause = history.behind(from, id);
        return cause.isPresent()
                ? of(cause.get())
                : new Link.Note("effect " + history.names().of(id) + " is not kept any more");
    }

    private void alert(History.Noted noted, Alert alert, List<Link> causes) {
        causes.add(link(noted, alert.cause()));
        if (alert instanceof Alert.Resolved resolved && !resolved.alert().equals(resolved.cause())) {
            causes.add(link(noted, resolved.alert()));
        }
        if (alert instanceof Alert.Merged merged) {
            causes.add(link(noted, merged.alert()));
        }
    }

    private void signal(History.Noted noted, Signal signal, List<Link> causes) {
        switch (signal) {
            case Signal.Raised raised -> raised(raised, causes);
            case Signal.Ended ended -> {
                causes.add(link(noted, ended.signal()));
                trigger(ended.id(), List.of(), causes);
            }
            case Signal.Withdrawn withdrawn -> {
                causes.add(link(noted, withdrawn.signal()));
                trigger(withdrawn.id(), List.of(), causes);
            }
            case Signal.Measured measured -> trigger(measured.id(), List.of(), causes);
        }
    }

    private void raised(Signal.Raised raised, List<Link> causes) {
        Optional<Cohort> cohort = definition
                .signals()
                .named(raised.name())
                .map(SignalRule::detector)
                .flatMap(detector -> detector instanceof Cohort each ? Optional.of(each) : Optional.empty());
        if (cohort.isPresent()) {
            members(raised, cohort.get(), causes);
            return;
        }
        Finding finding = raised.finding();
        List<Long> evidence = new ArrayList<>();
        for (long position : finding.evidence()) {
            evidence.add(position);
            causes.add(input(Link.Role.EVIDENCE, position));
        }
        trigger(raised.id(), evidence, causes);
    }

    /** The customers behind a group's signal: the latest ones to whom it happened, within the window that was judged. */
    private void members(Signal.Raised raised, Cohort cohort, List<Link> causes) {
        long end = raised.atMillis();
        long start = end - cohort.buckets() * cohort.bucketMillis();
        List<Effect.SendMessage> messages = new ArrayList<>();
        for (History.Read read : history.now(raised.id().subject()).inputs()) {
            if (read.position() > raised.id().position()) {
                break;
            }
            for (Effect effect : history.at(read.position())) {
                if (effect instanceof Effect.SendMessage send
                        && send.to().equals(raised.id().subject())
                        && send.message() instanceof Message.Count count
                        && count.hit() > 0
                        && count.bucketMillis() >= start
                        && count.bucketMillis() < end) {
                    messages.add(send);
                }
            }
        }
        for (Effect.SendMessage send :
                messages.reversed().stream().limit(MEMBERS).toList()) {
            causes.add(of(new History.Noted(send, send.id().position())));
        }
        if (messages.size() > MEMBERS) {
            causes.add(new Link.Note(messages.size() - MEMBERS + " further members to whom it happened are not shown"));
        }
    }

    /** The input at which an effect came about, unless it was named already. */
    private void trigger(EffectId id, List<Long> named, List<Link> causes) {
        if (!new TreeSet<>(named).contains(id.position())) {
            causes.add(input(Link.Role.TRIGGER, id.position()));
        }
    }

    private Link input(Link.Role role, long position) {
        Optional<History.Read> read = history.input(position);
        return read.isPresent()
                ? new Link.Input(role, position, read.get().logged())
                : new Link.Note("input " + position + " is not kept any more");
    }
}
