package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.identity.CustomerIdentifiers;
import dev.forestall.loop.report.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the loop over a stream of events in memory, in the order that every host keeps: for learning from history and for measuring.
 * Nothing survives it. Where customers are known by several identifiers, all inputs stay in memory too, for whoever has to be worked
 * out anew.
 */
public final class MemoryRun {

    private static final Comparator<Effect.SendMessage> MESSAGE_ORDER = Comparator.comparingLong(
                    (Effect.SendMessage send) -> send.id().position())
            .thenComparing(Effect.SendMessage::subject)
            .thenComparingInt(send -> send.id().index());

    private final Partition partition;
    private final Subjects named;
    private final Consumer<List<Effect>> effects;
    private final TickOrder tickOrder = new TickOrder(new Everyone());
    private final long tickMillis;
    private final long latenessMillis;
    private long latestMillis = Long.MIN_VALUE;
    /** The first event time at which the next tick is due. */
    private long nextTickMillis = Long.MIN_VALUE;

    private long position;
    /** Told since the last tick; null when subjects of the definition tell each other nothing. */
    private final @Nullable List<Effect.SendMessage> pending;

    /** Null when customers have one identifier at most. */
    private final @Nullable MemoryPast past;

    /** @param effects is shown the effects of each step that had any, in the order of the events */
    public MemoryRun(Definition definition, Consumer<List<Effect>> effects) {
        this.named = new Subjects(definition.plan());
        this.partition = new Partition(definition, null, Long.MAX_VALUE);
        this.pending = definition.hasMessages() ? new ArrayList<>() : null;
        this.past = new CustomerIdentifiers(definition.plan()).areAtMostOne()
                ? null
                : new MemoryPast(definition, partition);
        this.effects = effects;
        this.tickMillis = definition.tick().toMillis();
        this.latenessMillis = definition.lateness().toMillis();
    }

    /** Lets one event happen to every subject that it names. */
    public void accept(Event event) {
        passUpTo(event);
        Input.EventReceived input = new Input.EventReceived(position++, event);
        if (named.areOne()) {
            stepOne(input);
        } else {
            for (SubjectId subject : named(input.position(), event)) {
                partition.step(subject, input);
            }
        }
        drain();
    }

    private void stepOne(Input.EventReceived input) {
        String customer = named.one(input.event());
        if (customer != null) {
            Held held = partition.held(SubjectId.hash(SubjectId.CUSTOMER, customer), SubjectId.CUSTOMER, customer);
            if (held != null) {
                partition.step(held, input);
            }
        }
    }

    /** Lets a report reach whoever bears the name by now under which it was reported. */
    public void accept(Report report) {
        Input.ReportReceived input = new Input.ReportReceived(position++, report, Receipt.HISTORY);
        if (!(report instanceof Report.KillSwitch)) {
            SubjectId name = report.subject();
            partition.step(past != null && name.isCustomer() ? past.reported(input) : name, input);
            drain();
        }
    }

    private List<SubjectId> named(long at, Event event) {
        if (past == null) {
            return named.named(event);
        }
        List<SubjectId> subjects = new ArrayList<>(2);
        past.happened(at, event).ifPresent(subjects::add);
        named.addEntities(event, subjects);
        return subjects;
    }

    /** Who bears a customer's name by now: they themselves, or who they have turned out to be. */
    public SubjectId present(SubjectId customer) {
        return past == null ? customer : past.present(customer);
    }

    /** Shows what came about, and keeps what is to be told. */
    private void drain() {
        if (pending == null) {
            partition.drain(effects);
            return;
        }
        partition.drain(followed -> {
            for (Effect each : followed) {
                if (each instanceof Effect.SendMessage send) {
                    pending.add(send);
                }
            }
            effects.accept(followed);
        });
    }

    /** As {@link #accept(Event)}, for one after the other. */
    public void accept(List<Event> events) {
        events.forEach(this::accept);
    }

    private void passUpTo(Event event) {
        long at = event.atMillis();
        if (at > latestMillis) {
            latestMillis = at;
            if (at >= nextTickMillis) {
                long due = Math.floorDiv(at - latenessMillis, tickMillis) * tickMillis;
                nextTickMillis = due + tickMillis + latenessMillis;
                tick(due);
            }
        }
    }

    /** The stream has ended: lets time pass up to the end of its last instant. */
    public void finish() {
        if (latestMillis != Long.MIN_VALUE) {
            tick(latestMillis + 1);
            drain();
        }
    }

    private void tick(long atMillis) {
        long at = position++;
        if (past != null) {
            past.ticked(at, atMillis);
        }
        if (pending == null) {
            partition.pass(at, atMillis);
        } else {
            tickOrder.tick(at, atMillis, Receipt.HISTORY);
        }
    }

    private final class Everyone implements TickOrder.Everyone {

        @Override
        public List<SubjectId> due(long beforeMillis, boolean onWatermark) {
            List<SubjectId> due = new ArrayList<>();
            partition.addDue(beforeMillis, onWatermark, due);
            return due;
        }

        @Override
        public boolean step(SubjectId subject, Input input) {
            return partition.step(subject, input);
        }

        @Override
        public void woke(long at, SubjectId subject) {}

        @Override
        public List<Effect.SendMessage> takeMessages() {
            drain();
            if (pending == null || pending.isEmpty()) {
                return List.of();
            }
            List<Effect.SendMessage> said = new ArrayList<>(pending);
            said.sort(MESSAGE_ORDER);
            pending.clear();
            return said;
        }

        @Override
        public SubjectId deliver(Effect.SendMessage send, Input.MessageReceived input) {
            return past != null && send.to().isCustomer() ? past.received(send, input) : send.to();
        }

        /** Nobody asks external models here: who learns has none, and who measures counts the loop alone. */
        @Override
        public List<Effect.SendMessage> answers(long at, List<Effect.SendMessage> questions) {
            return List.of();
        }
    }

    /** The subjects, for those who measure them. */
    public Partition partition() {
        return partition;
    }
}
