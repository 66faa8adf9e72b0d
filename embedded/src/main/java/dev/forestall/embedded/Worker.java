package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.Input;
import dev.forestall.loop.event.Event;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.EffectCodec;
import dev.forestall.loop.host.ExternalAnswers;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.StorageException;
import dev.forestall.loop.identity.Change;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.IdentityError;
import dev.forestall.loop.identity.Resolution;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.state.Cells;
import dev.forestall.loop.state.Reader;
import dev.forestall.loop.state.State;
import dev.forestall.loop.state.Writer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Works log records into the subjects, chunk by chunk, and commits at once what came of one or several chunks. Whoever calls it, there is
 * one thread at a time; the partitions may use several within.
 *
 * <p>Events between two ticks concern different subjects in different partitions, so these may run beside each other. At a tick all
 * wait for each other, and what subjects have told each other is delivered in an order that depends on the log alone.
 *
 * <p>Who is who is settled before anything else. When an input shows that a customer's past is another one than was thought, all that
 * came before it is stepped, the customer is worked out anew from the log, and the work goes on.
 */
final class Worker implements AutoCloseable {

    static final String PROGRESS = "progress";
    static final String PENDING = "pending-messages";

    /**
     * So many times the records of a chunk, with the effects counted in, are committed together while more records follow. A subject whose
     * state changed ten times is written once. What that gains, and where it gains nothing: decision 0026.
     */
    private static final int CHUNKS_TO_COMMIT = 8;

    /** Fewer inputs than this are stepped by the calling thread: handing them over would take longer. */
    private static final int WORTH_SHARING = 256;

    private final Definition definition;
    private final StateStore store;
    private final Subjects subjects;
    private final Identities identities;
    private final Ticks ticks;
    private final CustomerPast past;
    private final EffectRecord record;
    private final PutOff putOff;
    private final FoldingAhead ahead;
    private final ExchangeNotes notes;
    private final Runnable onCommit;
    private final ExternalAnswers external;
    private final TickOrder tickOrder = new TickOrder(new Everyone());
    private final List<Partition> partitions = new ArrayList<>();
    private final ExecutorService threads;

    private final Progress progress;
    private final List<Effect.SendMessage> pending = new ArrayList<>();
    private final KeptEffects kept;
    private final StoredWakes storedWakes;
    private final long worthCommitting;
    private final int longPast;
    private final int longestPast;

    /** Is told of everybody whom something has reached, when that is committed. */
    private @Nullable Consumer<SubjectId> watcher;

    private final Set<SubjectId> toTell = new HashSet<>();

    /** Of the chunk that is under way. */
    private long lastTickMillis;

    /** Behind the last record that was worked in. */
    private long reached;

    /** Behind the last record whose consequences the store has. */
    private long committed;

    /** Delivered at the tick that is under way. */
    private int messages;

    /** Given by external models at the tick that is under way. */
    private int answers;

    /** Messages are kept behind all effects of the subject at that position. */
    static final int FIRST_MESSAGE = 1 << 30;

    /** One input on its way to one subject. */
    private record Delivery(SubjectId subject, Input input) {}

    /**
     * @param notes what a definition that has taken over would have said
     * @param onCommit is told that there is more to read in the store; does not wait for anybody
     * @param onFolded is told that something has to be said in the log; does not wait for anybody
     */
    Worker(
            Definition definition,
            InputLog log,
            StateStore store,
            ExchangeNotes notes,
            Runnable onCommit,
            Runnable onFolded,
            HostOptions options) {
        this.definition = definition;
        this.store = store;
        this.notes = notes;
        this.storedWakes = new StoredWakes(store);
        this.subjects = new Subjects(definition.plan());
        Filing filing = new Filing(store);
        this.worthCommitting = (long) CHUNKS_TO_COMMIT * options.chunk();
        this.longPast = options.longPast();
        this.longestPast = options.longestPast();
        this.committed = store.position();
        this.reached = committed;
        this.kept = new KeptEffects(committed);
        this.identities = new Identities(definition.plan(), store, filing);
        this.ticks = new Ticks(log, store, new LoggedCodec(definition.plan(), log.seals()));
        this.record = new EffectRecord(store, filing, kept);
        this.past = new CustomerPast(definition, log, filing, ticks, record);
        this.onCommit = onCommit;
        this.putOff = PutOff.of(store);
        this.ahead = new FoldingAhead(definition, log, store, notes, options.longestPast(), onFolded);
        this.external = new ExternalAnswers(definition.risks().external(), options.external());
        if (!external.missing().isEmpty()) {
            throw missing(external.missing());
        }
        for (int i = 0; i < options.partitions(); i++) {
            partitions.add(new Partition(definition, store, options.cacheBytes() / options.partitions()));
        }
        if (identities.areNeeded()) {
            partitions.forEach(Partition::leaveNotingOfCustomers);
        }
        this.threads = Executors.newFixedThreadPool(options.partitions(), task -> {
            Thread thread = new Thread(task, "forestall-partition");
            thread.setDaemon(true);
            return thread;
        });
        this.progress = store.named(PROGRESS).map(Progress::read).orElseGet(Progress::new);
        store.named(PENDING).ifPresent(this::readPending);
    }

    static StorageException missing(List<String> models) {
        return EmbeddedError.MODEL_MISSING.because("the definition asks models " + models
                + ", which lie outside of it. Give them to the host by their names");
    }

    Progress progress() {
        return progress;
    }

    /** @param watcher is told of everybody whom something reaches from now on, when that is committed; null when nobody wants to know */
    void watch(@Nullable Consumer<SubjectId> watcher) {
        this.watcher = watcher;
        toTell.clear();
    }

    private void reaches(SubjectId subject) {
        if (watcher != null) {
            toTell.add(subject);
        }
    }

    private void tell() {
        Consumer<SubjectId> told = watcher;
        if (told != null) {
            partitions.forEach(partition -> partition.forEachChanged(told));
            toTell.forEach(told);
            toTell.clear();
        }
    }

    Identities identities() {
        return identities;
    }

    /** Works in the records from a position on. What comes of them is committed by {@link #commit}, at the latest when it has become much. */
    void work(long firstPosition, List<Logged> records) {
        lastTickMillis = lastTick(records);
        List<Delivery> deliveries = new ArrayList<>();
        long position = firstPosition;
        for (Logged logged : records) {
            if (kept.size() >= worthCommitting) {
                deliver(deliveries);
                deliveries.clear();
                commit(position);
            }
            switch (logged) {
                case Logged.Arrived arrived -> {
                    Input.EventReceived input = new Input.EventReceived(
                            position, arrived.event(), arrived.origin().receipt());
                    if (identities.areNeeded()) {
                        resolve(input, deliveries);
                    } else {
                        route(input, deliveries);
                    }
                }
                case Logged.Rejection rejection -> {}
                case Logged.Ticked ticked -> {
                    deliver(deliveries);
                    deliveries.clear();
                    tick(position, ticked);
                }
                case Logged.Reported reported -> report(position, reported, deliveries);
                case Logged.Unmerged unmerged ->
                    regroup(
                            position,
                            identities.unmerge(position, unmerged.unmerge()),
                            unmerged.origin().receipt(),
                            deliveries);
                case Logged.Folded folded -> {
                    deliver(deliveries);
                    deliveries.clear();
                    folded(position, folded);
                }
                case Logged.Erased erased -> {}
                case Logged.Unreadable unreadable -> {}
                case Logged.Activated activated ->
                    throw new IllegalStateException(
                            "a worker is of one definition, and at position " + position + " another one is activated");
            }
            progress.saw(logged);
            position++;
        }
        deliver(deliveries);
        reached = position;
        if (reached - committed + kept.size() >= worthCommitting
                || partitions.stream().anyMatch(Partition::isFull)) {
            commit(position);
        }
    }

    /** Commits what was worked in since the last commit. */
    void commit() {
        if (reached > committed) {
            commit(reached);
        }
    }

    /**
     * Forgets customers: their states, wake-ups and what was on its way to them. What they have sent goes on without their name. Commits.
     *
     * @param standIn who stands for a sender that is forgotten; null for all others
     */
    void forget(
            List<SubjectId> customers, List<Identifier> identifiers, Function<SubjectId, @Nullable SubjectId> standIn) {
        ahead.forget(customers);
        customers.stream()
                .filter(this::hasState)
                .forEach(customer -> partition(customer).replace(customer, State.EMPTY, StateStore.NEVER));
        identities.forget(identifiers);
        putOff.forget(customers);
        pending.removeIf(send -> customers.contains(send.to()));
        pending.replaceAll(send -> {
            SubjectId other = standIn.apply(send.subject());
            return other == null ? send : Anonymous.of(send, other);
        });
        commit(reached);
        ahead.forgot(customers);
    }

    private void route(Input.EventReceived input, List<Delivery> deliveries) {
        for (SubjectId subject : subjects.named(input.event())) {
            deliveries.add(new Delivery(subject, input));
        }
    }

    /** A report reaches whoever bears the name by now under which it was reported. A kill switch concerns no subject. */
    private void report(long position, Logged.Reported reported, List<Delivery> deliveries) {
        Report report = reported.report();
        if (!(report instanceof Report.KillSwitch)) {
            SubjectId subject = addressee(position, report.subject());
            deliveries.add(new Delivery(
                    subject,
                    new Input.ReportReceived(position, report, reported.origin().receipt())));
        }
    }

    /** As {@link #route}, where it has to be settled first whose event it is. */
    private void resolve(Input.EventReceived input, List<Delivery> deliveries) {
        long position = input.position();
        Event event = input.event();
        Resolution resolution = identities.resolve(position, event);
        regroup(position, resolution.change(), input.receipt(), deliveries);
        identities.file(position, event);
        List<SubjectId> named = new ArrayList<>(2);
        resolution.customer().ifPresent(named::add);
        subjects.addEntities(event, named);
        for (SubjectId subject : named) {
            deliveries.add(new Delivery(subject, input));
        }
    }

    /** Follows what an input has changed about who is who: customers whose past is another one now are worked out anew. */
    private void regroup(long position, Change change, Receipt receipt, List<Delivery> deliveries) {
        if (change.equals(Change.NONE)) {
            return;
        }
        // Who is held can be told only when all has arrived: an event is filed under a name it carries, and that may
        // not be its customer's.
        deliver(deliveries);
        deliveries.clear();
        List<SubjectId> rebuild = change.rebuild(this::isHeld);
        List<State> said = rebuild.stream()
                .map(customer -> change.said(customer, this::state, definition.said()))
                .toList();
        change.gone().forEach(putOff::dropFold);
        change.gone().stream()
                .filter(this::hasState)
                .forEach(customer -> partition(customer).replace(customer, State.EMPTY, StateStore.NEVER));
        for (int i = 0; i < rebuild.size(); i++) {
            SubjectId customer = rebuild.get(i);
            if (isPutOff(customer, receipt)) {
                putOff.fold(new PutOff.Key(position, i), customer);
                replace(customer, definition.said().join(state(customer), said.get(i)));
            } else {
                putOff.dropFold(customer);
                rebuild(position, customer, said.get(i));
            }
        }
        change.notices().forEach(progress::refused);
        identities.note(position, change.notices());
    }

    /** Until a past that is put off takes effect, the customer goes on with what is known under the present name. */
    private boolean isPutOff(SubjectId customer, Receipt receipt) {
        return putOff.isToBeNoted(customer)
                || receipt.isLive() && past.isLongerThan(longPast, identities.now(), customer);
    }

    /** What was put off takes effect, unless it is not needed any more. */
    private void folded(long position, Logged.Folded folded) {
        PutOff.Key key = new PutOff.Key(folded.position(), folded.index());
        switch (folded.stage()) {
            case STATE -> putOff.takeFold(key).ifPresent(customer -> foldPutOff(position, key, customer));
            case NOTED -> notePutOff(position, folded.position());
            case GIVEN_UP ->
                putOff.takeFold(key).ifPresent(customer -> {
                    Rejected refused = new Rejected(
                            IdentityError.TOO_LONG,
                            "",
                            "who is who has changed with input " + folded.position() + ", and more than " + longestPast
                                    + " inputs belong to the customer");
                    progress.refused(refused);
                    identities.note(position, List.of(refused));
                });
        }
    }

    /** Does what is left of it; all of it, when nobody has worked it out beside: then the log is being read again. */
    private void foldPutOff(long position, PutOff.Key key, SubjectId customer) {
        FoldingAhead.Ready ready = ahead.take(key)
                .filter(each -> each.customer().equals(customer))
                .orElseGet(() -> new FoldingAhead.Ready(customer, past.begin(customer, effect -> {}), past.begins()));
        Folding folding = ready.folding();
        past.goOn(folding, identities.now(), ready.before(), position, input -> {});
        replace(customer, definition.said().keep(folding.state(), state(customer)));
        putOff.note(position, customer);
    }

    private void notePutOff(long position, long since) {
        SubjectId customer = putOff.hindsight().get(new PutOff.Key(since, 0));
        if (customer == null) {
            return;
        }
        if (!ahead.isNoted(since)) {
            commit(position);
            ahead.writeHindsight(since, customer);
        }
        putOff.takeNote(since);
        identities.fileHindsight(since, customer);
    }

    /** Lets what is put off be worked out beside. */
    void lookAhead() {
        if (!putOff.isEmpty()) {
            ahead.look();
        }
    }

    /** Waits until there is something to be said in the log. Answers whether anything is put off by what is committed. */
    boolean awaitToSay() {
        if (putOff.isEmpty()) {
            return false;
        }
        ahead.awaitToSay();
        return true;
    }

    /** What is to be said in the log by now. For any thread. */
    List<Logged.Folded> takeToSay() {
        return ahead.takeToSay();
    }

    private boolean isHeld(SubjectId customer) {
        return hasState(customer) || identities.isFiled(customer);
    }

    private boolean hasState(SubjectId customer) {
        return !state(customer).isEmpty();
    }

    private State state(SubjectId customer) {
        return partition(customer).state(customer);
    }

    private void replace(SubjectId customer, State state) {
        partition(customer).replace(customer, state, Cells.nextWake(state));
    }

    /**
     * Folds all that belongs to a customer, up to before a position. What of it is news goes into the record, and nowhere else.
     *
     * @param said what was really said to them and done for them
     */
    private void rebuild(long position, SubjectId customer, State said) {
        CustomerPast.Folded folded = past.fold(identities.now(), customer, position, input -> {});
        notes.ensure(customer);
        replace(customer, definition.said().keep(folded.state(), said));
        List<Effect> news = record.news(customer, position, folded.effects());
        for (int i = 0; i < news.size(); i++) {
            kept.find(position, customer, i, news.get(i));
        }
        if (!news.isEmpty()) {
            identities.fileHindsight(position, customer);
        }
    }

    /** Steps subjects that do not hear of each other, in the order of the log for each of them. */
    private void deliver(List<Delivery> deliveries) {
        if (watcher != null) {
            deliveries.forEach(each -> reaches(each.subject));
        }
        if (partitions.size() == 1 || deliveries.size() < WORTH_SHARING) {
            if (partitions.size() == 1) {
                step(partitions.getFirst(), deliveries);
            } else {
                deliveries.forEach(each -> partition(each.subject).step(each.subject, each.input));
            }
        } else {
            share(deliveries);
        }
        collect();
    }

    private static void step(Partition partition, List<Delivery> deliveries) {
        deliveries.forEach(each -> partition.step(each.subject, each.input));
    }

    private void share(List<Delivery> deliveries) {
        List<List<Delivery>> shares = new ArrayList<>();
        partitions.forEach(partition -> shares.add(new ArrayList<>()));
        for (Delivery each : deliveries) {
            shares.get(place(each.subject)).add(each);
        }
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            Partition partition = partitions.get(i);
            List<Delivery> share = shares.get(i);
            tasks.add(() -> {
                step(partition, share);
                return true;
            });
        }
        try {
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while partitions were at work; nothing of it is committed", interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a partition failed: " + failed.getCause(), failed.getCause());
        }
    }

    /** Puts the effects of all partitions into the order of the log and keeps messages for the next tick. */
    private void collect() {
        List<Produced> produced = new ArrayList<>();
        for (Partition partition : partitions) {
            produced.addAll(partition.takeProduced());
            progress.late(partition.takeLate());
        }
        produced.sort(Produced.IN_ORDER);
        for (Produced each : produced) {
            for (Effect effect : each.effects()) {
                if (effect instanceof Effect.SendMessage send) {
                    pending.add(send);
                } else {
                    progress.came(effect);
                    kept.say(each.position(), each.subject(), effect.id().index(), effect);
                }
            }
        }
    }

    /** Time passes for everyone. */
    private void tick(long position, Logged.Ticked ticked) {
        ticks.add(new Ticks.Tick(position, ticked.atMillis(), ticked.receipt()));
        identities.fileTick(position);
        storedWakes.readUpTo(lastTickMillis - 1);
        messages = 0;
        answers = 0;
        tickOrder.tick(position, ticked.atMillis(), ticked.receipt());
    }

    private final class Everyone implements TickOrder.Everyone {

        @Override
        public List<SubjectId> due(long beforeMillis, boolean onWatermark) {
            List<SubjectId> due = new ArrayList<>();
            storedWakes.takeBefore(beforeMillis, onWatermark, subject -> {
                if (!partition(subject).isDirty(subject)) {
                    due.add(subject);
                }
            });
            partitions.forEach(partition -> partition.addDue(beforeMillis, onWatermark, due));
            due.sort(null);
            return due;
        }

        @Override
        public boolean step(SubjectId subject, Input input) {
            return partition(subject).step(subject, input);
        }

        @Override
        public void woke(long position, SubjectId subject) {
            if (identities.areNeeded() && subject.isCustomer()) {
                identities.fileWoken(position, subject);
            }
        }

        @Override
        public List<Effect.SendMessage> takeMessages() {
            collect();
            List<Effect.SendMessage> said = List.copyOf(pending);
            pending.clear();
            return said;
        }

        @Override
        public SubjectId deliver(Effect.SendMessage send, Input.MessageReceived input) {
            kept.say(input.position(), send.to(), FIRST_MESSAGE + messages++, send);
            return addressee(input.position(), send.to());
        }

        @Override
        public List<Effect.SendMessage> answers(long position, List<Effect.SendMessage> questions) {
            List<Effect.SendMessage> given = external.answers(position, answers, questions, progress::refused);
            answers += given.size();
            return given;
        }
    }

    /** Who hears what was addressed to a name: whoever bears it by now. */
    private SubjectId addressee(long position, SubjectId name) {
        SubjectId present = name;
        if (identities.areNeeded() && name.isCustomer()) {
            identities.file(position, name);
            present = identities.present(name);
        }
        reaches(present);
        return present;
    }

    private static long lastTick(List<Logged> records) {
        long last = Long.MIN_VALUE;
        for (Logged logged : records) {
            if (logged instanceof Logged.Ticked ticked) {
                last = ticked.atMillis();
            }
        }
        return last;
    }

    private void commit(long position) {
        try (StateStore.Batch batch = store.batch()) {
            partitions.forEach(partition -> partition.write(batch));
            kept.write(batch);
            identities.write(batch);
            putOff.write(batch);
            batch.named(PROGRESS, progress.write());
            batch.named(PENDING, writePending());
            batch.position(position);
            store.commit(batch);
        }
        tell();
        partitions.forEach(Partition::committed);
        identities.committed();
        putOff.committed();
        storedWakes.committed();
        committed = position;
        kept.clear(position);
        onCommit.run();
        lookAhead();
    }

    private byte[] writePending() {
        EffectCodec codec = new EffectCodec();
        Writer to = new Writer();
        to.count(pending.size());
        for (Effect.SendMessage send : pending) {
            byte[] bytes = codec.write(send);
            to.count(bytes.length).raw(bytes, 0, bytes.length);
        }
        return to.toBytes();
    }

    private void readPending(byte[] bytes) {
        Reader from = new Reader(bytes);
        int size = from.size();
        for (int i = 0; i < size; i++) {
            pending.add((Effect.SendMessage) EffectCodec.read(from.raw(from.size())));
        }
    }

    private Partition partition(SubjectId subject) {
        return partitions.get(place(subject));
    }

    private int place(SubjectId subject) {
        return Math.floorMod(subject.key().hashCode() * 31 + subject.kind().hashCode(), partitions.size());
    }

    /** Tells the threads to stop. What is not committed is worked in again from the log. */
    @Override
    public void close() {
        ahead.close();
        threads.shutdownNow();
    }
}
