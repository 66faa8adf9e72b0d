package dev.forestall.testkit;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.Step;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.ExternalAnswers;
import dev.forestall.loop.host.ExternalModel;
import dev.forestall.loop.identity.Change;
import dev.forestall.loop.identity.IdentityGraph;
import dev.forestall.loop.identity.IdentityView;
import dev.forestall.loop.identity.Members;
import dev.forestall.loop.identity.Resolution;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Runs the loop over any number of subjects in memory: the reference for the order that every host keeps. For one thread.
 *
 * <p>Events are applied in the order in which they are given, each to the customer and to every entity that it names, and stand at one
 * position of the log each. The watermark is the latest event time seen minus the definition's lateness. When an event lifts it to a
 * multiple of the definition's tick or beyond, the event itself included, a tick at the last such multiple comes before the event, at a
 * position of its own; so does one before the very first event. At a tick:
 *
 * <ol>
 *   <li>customers and entities that wanted to be woken before the tick's time hear that time has passed, in the order of their ids;
 *   <li>what subjects have told each other since the last tick is delivered in the order of position, subject and index of the
 *       telling effects, and what is told in answer likewise, until nobody has anything to say;
 *   <li>cohorts that wanted to be woken before the tick's time hear that time has passed;
 *   <li>what they tell is delivered like the rest.
 *   <li>what is asked of external models is answered when all else of its round has been delivered.
 * </ol>
 *
 * <p>Where customers have several identifiers, an event belongs to whoever bears its identifiers by then. An input that changes who is who
 * has everybody concerned worked out anew from the whole log before it is applied; of the effects of that, nothing is said. A message
 * reaches whoever bears the name to which it was addressed.
 */
public final class MemoryHost {

    /** How a subject is moved by one input. */
    @FunctionalInterface
    public interface Stepper {
        Step step(SubjectId subject, State before, Input input);
    }

    private static final Comparator<Effect.SendMessage> MESSAGE_ORDER = Comparator.comparingLong(
                    (Effect.SendMessage send) -> send.id().position())
            .thenComparing(Effect.SendMessage::subject)
            .thenComparingInt(send -> send.id().index());

    private final Definition definition;
    private final Stepper stepper;
    private final SortedMap<SubjectId, State> states = new TreeMap<>();
    private final SortedMap<SubjectId, Long> wakes = new TreeMap<>();
    private final TreeMap<SubjectId, Integer> parts = new TreeMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private List<Effect.SendMessage> pending = new ArrayList<>();
    private final ExternalAnswers external;
    private int answers;
    private final IdentityGraph graph;
    private final List<Entry> log = new ArrayList<>();
    private final List<Rejected> notices = new ArrayList<>();
    private long position;
    private long latestMillis = Long.MIN_VALUE;
    private long tickedMillis = Long.MIN_VALUE;
    /** Of the latest tick. */
    private Receipt receipt = Receipt.HISTORY;

    /** What stands at one position of the log, as far as it concerns customers. */
    private sealed interface Entry {
        long position();

        record EventReceived(long position, Event event, Receipt receipt) implements Entry {}

        record Reported(long position, Report report, Receipt receipt) implements Entry {}

        record Ticked(long position, long atMillis, Receipt receipt, List<Effect.SendMessage> messages)
                implements Entry {}
    }

    public MemoryHost(Definition definition) {
        this(definition, new Loop(definition)::step);
    }

    /** @param stepper takes the place of the loop's own step, for tests of the loop itself */
    public MemoryHost(Definition definition, Stepper stepper) {
        this(definition, stepper, new TreeMap<>());
    }

    /** @param external by their names, the models that the loop cannot compute */
    public MemoryHost(Definition definition, Stepper stepper, SortedMap<String, ExternalModel> external) {
        this.external = new ExternalAnswers(definition.risks().external(), external);
        this.definition = definition;
        this.stepper = stepper;
        this.graph = new IdentityGraph(definition.plan(), new MemoryIdentityStore());
    }

    /** Everything in a log, up to its end. */
    public static MemoryHost run(Definition definition, List<Event> log) {
        MemoryHost host = new MemoryHost(definition);
        log.forEach(host::happened);
        host.end();
        return host;
    }

    /** The next event of the log, of history. Answers its position. */
    public long happened(Event event) {
        return happened(event, Receipt.HISTORY);
    }

    /** The next event of the log. Answers its position. */
    public long happened(Event event, Receipt receipt) {
        latestMillis = Math.max(latestMillis, event.atMillis());
        long tick = definition.tick().toMillis();
        long known = receipt.isLive() ? Math.min(latestMillis, receipt.atMillis()) : latestMillis;
        long passed = Math.floorDiv(known - definition.lateness().toMillis(), tick) * tick;
        if (passed > tickedMillis) {
            tick(passed, receipt);
        }
        Resolution resolution = graph.resolve(position, event);
        regroup(resolution.change());
        log.add(new Entry.EventReceived(position, event, receipt));
        TreeSet<SubjectId> subjects = entities(event);
        resolution.customer().ifPresent(subjects::add);
        for (SubjectId subject : subjects) {
            step(subject, new Input.EventReceived(position, event, receipt));
        }
        return position++;
    }

    /** Somebody says that two identifiers are not one customer. Answers the position at which that stands. */
    public long unmerged(Unmerge unmerge) {
        regroup(graph.unmerge(position, unmerge));
        return position++;
    }

    /** People, a channel or a workflow report, just then. Answers the position. */
    public long reported(Report report) {
        return reported(report, Receipt.live(report.atMillis()));
    }

    /** People, a channel or a workflow report. What it says of a request is completed from what was said. Answers the position. */
    public long reported(Report given, Receipt receipt) {
        Report report = given instanceof Report.OfRequest about ? complete(about) : given;
        if (!(report instanceof Report.KillSwitch)) {
            SubjectId name = report.subject();
            SubjectId subject = name.isCustomer() ? graph.now().customer(name) : name;
            log.add(new Entry.Reported(position, report, receipt));
            step(subject, new Input.ReportReceived(position, report, receipt));
        }
        return position++;
    }

    private Report complete(Report.OfRequest report) {
        for (Effect each : effects) {
            if (each instanceof Effect.ActionRequested requested
                    && requested.id().equals(report.request().id())) {
                return report.about(
                        requested.request().reported(report.request().channel()));
            }
        }
        return report;
    }

    /** Something stands in the log that concerns nobody. Answers its position. */
    public long skip() {
        return position++;
    }

    private void regroup(Change change) {
        notices.addAll(change.notices());
        List<SubjectId> rebuild = change.rebuild(this::isHeld);
        List<State> said = rebuild.stream()
                .map(customer -> change.said(customer, this::state, definition.said()))
                .toList();
        change.gone().forEach(this::forget);
        for (int i = 0; i < rebuild.size(); i++) {
            forget(rebuild.get(i));
            rebuild(rebuild.get(i));
            keep(rebuild.get(i), said.get(i));
        }
    }

    private void forget(SubjectId customer) {
        states.remove(customer);
        wakes.remove(customer);
    }

    /** Whether anything is known of a customer, or anything was addressed to them under that name. */
    private boolean isHeld(SubjectId customer) {
        return states.containsKey(customer)
                || log.stream().anyMatch(entry -> switch (entry) {
                    case Entry.EventReceived happened ->
                        graph.filedUnder(happened.event).equals(Optional.of(customer));
                    case Entry.Reported reported -> reported.report.subject().equals(customer);
                    case Entry.Ticked ticked ->
                        ticked.messages.stream().anyMatch(send -> send.to().equals(customer));
                });
    }

    /** What was really said stays said, whatever follows from another past. */
    private void keep(SubjectId customer, State real) {
        State kept = definition.said().keep(state(customer), real);
        forget(customer);
        if (!kept.isEmpty()) {
            states.put(customer, kept);
        }
        if (Cells.nextWake(kept) != Cells.NEVER) {
            wakes.put(customer, Cells.nextWake(kept));
        }
    }

    private void rebuild(SubjectId customer) {
        IdentityView view = graph.now();
        Members members = view.members(customer);
        for (Entry entry : log) {
            switch (entry) {
                case Entry.EventReceived happened -> {
                    if (view.belongs(happened.event, members)) {
                        move(customer, new Input.EventReceived(happened.position, happened.event, happened.receipt));
                    }
                }
                case Entry.Reported reported -> {
                    if (view.customer(reported.report.subject()).equals(customer)) {
                        move(customer, new Input.ReportReceived(reported.position, reported.report, reported.receipt));
                    }
                }
                case Entry.Ticked ticked -> {
                    int part = 0;
                    if (wakeOf(customer) < ticked.atMillis) {
                        Step step = move(
                                customer, new Input.TimeAdvanced(ticked.position, 0, ticked.atMillis, ticked.receipt));
                        part += step.effects().isEmpty() ? 0 : 1;
                    }
                    for (Effect.SendMessage send : ticked.messages) {
                        if (send.to().isCustomer() && view.customer(send.to()).equals(customer)) {
                            Step step = move(customer, received(ticked.position, part, send, ticked.receipt));
                            part += step.effects().isEmpty() ? 0 : 1;
                        }
                    }
                }
            }
        }
    }

    private static Input.MessageReceived received(long position, int part, Effect.SendMessage send, Receipt receipt) {
        return new Input.MessageReceived(position, part, send.atMillis(), send.subject(), send.message(), receipt);
    }

    /** What was refused when it was settled who is who. */
    public List<Rejected> notices() {
        return Collections.unmodifiableList(notices);
    }

    /** Who is who. */
    public IdentityView identity() {
        return graph.now();
    }

    /** Nothing more comes: a last tick, one millisecond after the latest event. */
    public void end() {
        if (latestMillis >= tickedMillis && latestMillis != Long.MIN_VALUE) {
            tick(latestMillis + 1);
        }
    }

    /** Time passes for everyone in history, as if a source that says nothing else had been heard. */
    public void tick(long atMillis) {
        tick(atMillis, Receipt.HISTORY);
    }

    /** Time passes for everyone. */
    public void tick(long atMillis, Receipt tickReceipt) {
        receipt = tickReceipt;
        tickedMillis = atMillis;
        answers = 0;
        parts.clear();
        List<Effect.SendMessage> messages = new ArrayList<>();
        wake(atMillis, subject -> !subject.isOnWatermark());
        deliver(messages);
        wake(atMillis, SubjectId::isOnWatermark);
        deliver(messages);
        log.add(new Entry.Ticked(position, atMillis, receipt, messages));
        position++;
    }

    /** All effects so far, in the order in which they came about. */
    public List<Effect> effects() {
        return Collections.unmodifiableList(effects);
    }

    /** {@link State#EMPTY} when nothing happened to the subject. */
    public State state(SubjectId subject) {
        return states.getOrDefault(subject, State.EMPTY);
    }

    /** Everything every subject remembers. */
    public SortedMap<SubjectId, State> states() {
        return Collections.unmodifiableSortedMap(states);
    }

    /** Every entity that an event names. */
    private TreeSet<SubjectId> entities(Event event) {
        List<IdentifierType> identifiers = definition.plan().identifiers();
        TreeSet<SubjectId> entities = new TreeSet<>();
        for (int i = 0; i < identifiers.size(); i++) {
            String value = event.identifier(i);
            String kind = identifiers.get(i).subjectKind();
            if (value != null && !value.isEmpty() && !kind.equals(SubjectId.CUSTOMER)) {
                entities.add(new SubjectId(kind, value));
            }
        }
        return entities;
    }

    private void wake(long atMillis, Predicate<SubjectId> which) {
        List<SubjectId> due = wakes.keySet().stream()
                .filter(subject -> which.test(subject) && wakeOf(subject) < atMillis)
                .toList();
        for (SubjectId subject : due) {
            step(subject, new Input.TimeAdvanced(position, parts.getOrDefault(subject, 0), atMillis, receipt));
        }
    }

    private long wakeOf(SubjectId subject) {
        return wakes.getOrDefault(subject, Cells.NEVER);
    }

    private void deliver(List<Effect.SendMessage> messages) {
        while (!pending.isEmpty()) {
            List<Effect.SendMessage> round = pending;
            pending = new ArrayList<>();
            round.sort(MESSAGE_ORDER);
            List<Effect.SendMessage> questions =
                    round.stream().filter(each -> each.to().isModel()).toList();
            round.removeAll(questions);
            for (Effect.SendMessage send : round) {
                SubjectId to = send.to().isCustomer() ? graph.now().customer(send.to()) : send.to();
                messages.add(send);
                step(to, received(position, parts.getOrDefault(to, 0), send, receipt));
            }
            List<Effect.SendMessage> given = external.answers(position, answers, questions, notices::add);
            answers += given.size();
            pending.addAll(given);
        }
    }

    /** Lets an input reach a subject, and says nothing of it. */
    private Step move(SubjectId subject, Input input) {
        Step step = stepper.step(subject, state(subject), input);
        states.put(subject, step.next());
        if (step.wakeMillis() == Cells.NEVER) {
            wakes.remove(subject);
        } else {
            wakes.put(subject, step.wakeMillis());
        }
        return step;
    }

    private void step(SubjectId subject, Input input) {
        Step step = move(subject, input);
        if (!step.effects().isEmpty()) {
            parts.merge(subject, 1, Integer::sum);
        }
        for (Effect effect : step.effects()) {
            effects.add(effect);
            if (effect instanceof Effect.SendMessage send) {
                pending.add(send);
            }
        }
    }
}
