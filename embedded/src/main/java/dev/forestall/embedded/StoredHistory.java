package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.Loop;
import dev.forestall.loop.Step;
import dev.forestall.loop.action.ActionRequest.Source;
import dev.forestall.loop.event.EffectId;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.IdentifierType;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.InForce;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.loop.host.StateView;
import dev.forestall.loop.identity.CustomerIdentifiers;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.IdentityGraph;
import dev.forestall.loop.identity.IdentityView;
import dev.forestall.loop.request.RequestRef;
import dev.forestall.loop.state.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks into the past by what the log and the store hold. For one thread. */
final class StoredHistory implements History {

    private final Definition definition;
    private final long position;
    private final InputLog log;
    private final StateView store;
    private final EffectNames names;
    private final LoggedCodec codec;
    private final EffectRecord record;
    private final IdentityGraph graph;
    private final CustomerIdentifiers identifiers;
    private final boolean areIdentitiesJoined;
    private final CustomerPast past;

    StoredHistory(Definition definition, InputLog log, StateView store, EffectNames names) {
        this.names = names;
        this.definition = definition;
        this.position = store.position();
        this.log = log;
        this.store = store;
        this.codec = new LoggedCodec(definition.plan(), log.seals());
        this.record = new EffectRecord(store);
        this.graph = new IdentityGraph(definition.plan(), new StoredNodes(store));
        this.identifiers = new CustomerIdentifiers(definition.plan());
        this.areIdentitiesJoined = !identifiers.areAtMostOne();
        this.past = new CustomerPast(definition, log, new Filing(store), new Ticks(log, store, codec), record);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long clockMillis() {
        return store.named(Worker.PROGRESS)
                .map(Progress::read)
                .map(Progress::latestMillis)
                .orElse(Long.MIN_VALUE);
    }

    @Override
    public Definition definition() {
        return definition;
    }

    @Override
    public EffectNames names() {
        return names;
    }

    @Override
    public long nextOrdinal(String source) {
        return store.named(Worker.PROGRESS)
                .map(Progress::read)
                .orElseGet(Progress::new)
                .nextOrdinal(source);
    }

    @Override
    public State state(SubjectId subject) {
        SubjectId present = isJoined(subject) ? graph.now().customer(subject) : subject;
        return store.get(Keys.of(present)).map(saved -> State.of(saved.state())).orElse(State.EMPTY);
    }

    @Override
    public Optional<Read> input(long position) {
        return log.has(position) ? Optional.of(read(position)) : Optional.empty();
    }

    private Read read(long position) {
        return new Read(position, codec.read(log.get(position).bytes()));
    }

    @Override
    public Optional<Effect> effect(EffectId id) {
        return record.said(id)
                .or(() -> at(id.position()).stream()
                        .filter(effect -> effect.id().equals(id))
                        .findFirst());
    }

    @Override
    public Optional<Noted> behind(Noted effect, EffectId cause) {
        return record.known(cause, effect.position(), found -> canBeBehind(found, effect.effect()));
    }

    /** Two effects can bear one id, one said and one found in hindsight: which is meant follows from who refers to it. */
    private static boolean canBeBehind(Effect found, Effect referring) {
        return switch (referring) {
            case Effect.SignalChanged each ->
                found instanceof Effect.SignalChanged before
                        && before.signal().name().equals(each.signal().name());
            case Effect.ContextChanged each ->
                found instanceof Effect.ContextChanged before
                        && before.change().signal().equals(each.change().signal());
            case Effect.RiskChanged each ->
                found instanceof Effect.RiskChanged before
                        && before.risk().prediction().equals(each.risk().prediction());
            case Effect.Explained each ->
                found instanceof Effect.RiskChanged before
                        && before.risk().prediction().equals(each.explanation().prediction());
            case Effect.ActionRequested each ->
                each.request().source() instanceof Source.OfPolicy
                        ? found instanceof Effect.Decided
                        : found instanceof Effect.ActionRequested;
            case Effect.Permitted each -> isRequested(found, each.permit().request());
            case Effect.RequestChanged each -> isRequested(found, each.change().request());
            case Effect.OutcomeObserved each -> found instanceof Effect.Decided;
            case Effect.Transitioned each -> true;
            case Effect.AlertChanged each -> true;
            case Effect.Decided each -> true;
            case Effect.Assigned each -> true;
            case Effect.Sampled each -> true;
            case Effect.SendMessage each -> true;
        };
    }

    private static boolean isRequested(Effect found, RequestRef request) {
        return found instanceof Effect.ActionRequested requested
                && requested.request().task().action().equals(request.action());
    }

    @Override
    public InForce inForce(long position) {
        List<Activation> all = Activation.all(store);
        Activation found = all.getFirst();
        for (Activation each : all) {
            if (each.position() <= position) {
                found = each;
            }
        }
        return found.inForce();
    }

    @Override
    public List<Effect> said(SubjectId subject, long from, int limit) {
        List<SubjectId> names = List.of(subject);
        List<SubjectId> filed = List.of(subject);
        if (isJoined(subject)) {
            names = graph.now().members(subject).filedUnder();
            filed = names.stream()
                    .flatMap(name -> Stream.of(Keys.filed(name), Keys.woken(name)))
                    .toList();
        }
        List<Effect> said = new ArrayList<>();
        for (long at : new Filing(store).positions(filed, from, Long.MAX_VALUE)) {
            if (said.size() >= limit) {
                break;
            }
            for (SubjectId name : names) {
                said.addAll(record.saidAt(at, name));
            }
        }
        return said;
    }

    @Override
    public List<Effect> at(long position) {
        return record.saidAt(position);
    }

    @Override
    public List<Noted> effects(String nameStart) {
        SequencedMap<EffectId, Noted> found = new LinkedHashMap<>();
        try (Cursor<Noted> all = record.all()) {
            while (all.hasNext()) {
                Noted noted = all.next();
                if (names.of(noted.effect().id()).startsWith(nameStart)) {
                    found.putIfAbsent(noted.effect().id(), noted);
                }
            }
        }
        return List.copyOf(found.values());
    }

    @Override
    public List<Identifier> identifiers(SubjectId customer) {
        return areIdentitiesJoined
                ? graph.now().members(customer).identifiers()
                : List.of(identifiers.namedAfter(customer));
    }

    @Override
    public IdentityView identity() {
        return graph.now();
    }

    @Override
    public IdentityView identityAsOf(long atMillis) {
        return graph.asOf(endAsOf(atMillis) - 1);
    }

    @Override
    public List<SubjectId> called(String key) {
        return called(key, graph.now());
    }

    @Override
    public List<SubjectId> called(String key, long atMillis) {
        return called(key, identityAsOf(atMillis));
    }

    private List<SubjectId> called(String key, IdentityView view) {
        if (!areIdentitiesJoined) {
            return List.of(SubjectId.customer(key));
        }
        SequencedSet<SubjectId> found = new TreeSet<>();
        for (IdentifierType type : definition.plan().identifiers()) {
            if (type.subjectKind().equals(SubjectId.CUSTOMER)) {
                add(new Identifier(type.name(), key), view, found);
                if (key.startsWith(type.name() + ":")
                        && key.length() > type.name().length() + 1) {
                    add(new Identifier(type.name(), key.substring(type.name().length() + 1)), view, found);
                }
            }
        }
        return List.copyOf(found);
    }

    /** Adds the customer who bears an identifier, unless the log holds nothing under it. */
    private void add(Identifier identifier, IdentityView view, SequencedSet<SubjectId> customers) {
        SubjectId name = identifiers.customer(identifier);
        boolean isKnown = store.node(Keys.of(identifier)).isPresent();
        if (!isKnown) {
            try (Cursor<Long> filed = store.inputs(Keys.of(Keys.filed(name)), 0)) {
                isKnown = filed.hasNext();
            }
        }
        if (isKnown) {
            customers.add(view.customer(identifier));
        }
    }

    @Override
    public Standing now(SubjectId subject) {
        requireWhole();
        return isJoined(subject) ? standing(graph.now(), subject, store.position()) : asOf(subject, Long.MAX_VALUE);
    }

    @Override
    public Standing asOf(SubjectId subject, long atMillis) {
        requireWhole();
        long end = endAsOf(atMillis);
        if (isJoined(subject)) {
            return settled(standing(graph.asOf(end - 1), subject, end), atMillis);
        }
        Loop loop = new Loop(definition);
        State state = State.EMPTY;
        List<Read> inputs = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        try (Cursor<Long> positions = store.inputs(Keys.of(subject), 0)) {
            while (positions.hasNext()) {
                InputLog.Entry entry = log.get(positions.next());
                if (entry.position() >= end) {
                    break;
                }
                Read read = new Read(entry.position(), codec.read(entry.bytes()));
                inputs.add(read);
                state = replay(loop, subject, state, read, effects);
            }
        }
        Standing standing = new Standing(subject, state, inputs, effects);
        return atMillis == Long.MAX_VALUE ? standing : settled(standing, atMillis);
    }

    private void requireWhole() {
        if (log.start() > 0) {
            throw EmbeddedError.HISTORY_GONE.because(
                    "a subject is worked out from the beginning of the log, but this one begins at record "
                            + log.start()
                            + ", what was before having been let go for its age. Ask the host for the state as it is now, or"
                            + " for an effect by its id");
        }
    }

    private boolean isJoined(SubjectId subject) {
        return areIdentitiesJoined && subject.isCustomer();
    }

    private Standing standing(IdentityView view, SubjectId customer, long before) {
        SubjectId then = view.customer(customer);
        List<Read> inputs = new ArrayList<>();
        CustomerPast.Folded folded = past.fold(view, then, before, inputs::add);
        return new Standing(then, folded.state(), inputs, folded.effects());
    }

    /** Lets time pass up to an instant. */
    private Standing settled(Standing standing, long atMillis) {
        List<Effect> effects = new ArrayList<>(standing.effects());
        long position =
                standing.inputs().isEmpty() ? 0 : standing.inputs().getLast().position();
        Step step = new Loop(definition)
                .step(
                        standing.subject(),
                        standing.state(),
                        new Input.TimeAdvanced(position, Short.MAX_VALUE, atMillis));
        effects.addAll(step.effects());
        return new Standing(standing.subject(), step.next(), standing.inputs(), effects);
    }

    /**
     * The position behind all that had been worked in and had arrived when the log's clock stood at an instant. A tick stands in front of the
     * record that lets time pass, and so before the clock has moved: the time that it lets pass is later, and no part of it.
     */
    private long endAsOf(long atMillis) {
        long end = log.firstLater(atMillis, Math.max(log.start(), store.position()));
        while (log.has(end - 1)
                && codec.read(log.get(end - 1).bytes()) instanceof Logged.Ticked ticked
                && ticked.atMillis() > atMillis) {
            end--;
        }
        return end;
    }

    /** What a record of the log did to one subject: an event, or the passing of time and what others had told it. */
    private State replay(Loop loop, SubjectId subject, State before, Read read, List<Effect> effects) {
        return switch (read.logged()) {
            case Logged.Arrived arrived -> {
                Step step = loop.step(
                        subject,
                        before,
                        new Input.EventReceived(
                                read.position(),
                                arrived.event(),
                                arrived.origin().receipt()));
                effects.addAll(step.effects());
                yield step.next();
            }
            case Logged.Reported reported -> {
                Step step = loop.step(
                        subject,
                        before,
                        new Input.ReportReceived(
                                read.position(),
                                reported.report(),
                                reported.origin().receipt()));
                effects.addAll(step.effects());
                yield step.next();
            }
            case Logged.Rejection rejection -> before;
            case Logged.Unmerged unmerged -> before;
            case Logged.Erased erased -> before;
            case Logged.Unreadable unreadable -> before;
            case Logged.Ticked ticked -> replayTick(loop, subject, before, read.position(), ticked, effects);
            case Logged.Activated activated -> before;
            case Logged.Folded folded -> before;
        };
    }

    /** As {@link TickOrder} has it for one subject: customers hear of it before they hear messages, cohorts after. */
    private State replayTick(
            Loop loop, SubjectId subject, State before, long position, Logged.Ticked ticked, List<Effect> effects) {
        State state = before;
        int part = 0;
        List<Input> inputs = new ArrayList<>();
        for (Effect.SendMessage send : record.messages(position)) {
            if (send.to().equals(subject)) {
                inputs.add(new Input.MessageReceived(
                        position, 0, send.atMillis(), send.subject(), send.message(), ticked.receipt()));
            }
        }
        inputs.add(
                subject.isOnWatermark() ? inputs.size() : 0,
                new Input.TimeAdvanced(position, 0, ticked.atMillis(), ticked.receipt()));
        for (Input input : inputs) {
            Step step = loop.step(subject, state, input.asPart(part));
            state = step.next();
            effects.addAll(step.effects());
            part += step.effects().isEmpty() ? 0 : 1;
        }
        return state;
    }
}
