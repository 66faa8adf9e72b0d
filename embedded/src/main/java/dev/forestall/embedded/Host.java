package dev.forestall.embedded;

import dev.forestall.loop.Definition;
import dev.forestall.loop.Effect;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.EventType;
import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.Difference;
import dev.forestall.loop.host.EffectConsumer;
import dev.forestall.loop.host.EffectOffset;
import dev.forestall.loop.host.ExternalAnswers;
import dev.forestall.loop.host.History;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.loop.host.Origin;
import dev.forestall.loop.host.Positions;
import dev.forestall.loop.host.Retries;
import dev.forestall.loop.host.StateStore;
import dev.forestall.loop.host.Subscription;
import dev.forestall.loop.host.SubscriptionStart;
import dev.forestall.loop.host.SubscriptionState;
import dev.forestall.loop.identity.CustomerIdentifiers;
import dev.forestall.loop.identity.Identifier;
import dev.forestall.loop.identity.Unmerge;
import dev.forestall.loop.report.Report;
import dev.forestall.loop.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the loop over one log and one store.
 *
 * <p>What {@link #accept accepted} is acknowledged when {@link #commit} (or a full chunk) has made it durable in the log.
 * Then it is worked in. The states, wake-ups and effects that come of one or several chunks are committed together with the position
 * they belong to; after a crash the log is read again from there, and because a step is pure, the same comes of it.
 *
 * <p>For one thread. Log and store are the caller's to close.
 */
public final class Host implements AutoCloseable {

    /** Others than the owner may ask for it. */
    private volatile Definition definition;

    private final InputLog log;
    private final StateStore store;
    private final HostOptions options;
    private LoggedCodec codec;
    /** Of definitions that were in force before: senders may still hold events of their plans. */
    private final List<Definition> earlier = new ArrayList<>();

    private final Subscriptions subscriptions;
    private final Succession worker;
    private final Pipeline pipeline;
    private final Progress accepted;
    private final Reports reports;
    private @Nullable RecentIds recent;
    private final List<Logged> chunk = new ArrayList<>();
    private long chunkStart;
    private volatile Runnable whenFolded = () -> {};

    /**
     * Opens, and works in what the log holds beyond the last commit.
     *
     * @throws dev.forestall.loop.host.StorageException when another definition is in force in the store, and {@link #activate} was not asked for
     */
    public Host(Definition definition, InputLog log, StateStore store, HostOptions options) {
        this(definition, log, store, options, Advance.UNHEARD);
    }

    /**
     * As the constructor, with whatever definition is in force: the one that is given, in a store that is new.
     *
     * @param options with definitions among which that one is found
     */
    public static Host asInForce(Definition first, InputLog log, StateStore store, HostOptions options) {
        return new Host(first, log, store, options, Advance.UNHEARD, false);
    }

    Host(Definition definition, InputLog log, StateStore store, HostOptions options, Advance advance) {
        this(definition, log, store, options, advance, true);
    }

    private Host(
            Definition definition,
            InputLog log,
            StateStore store,
            HostOptions options,
            Advance advance,
            boolean isGivenInForce) {
        this.log = log;
        this.store = store;
        this.options = options;
        this.subscriptions = new Subscriptions(store, options.clock());
        this.worker = new Succession(definition, log, store, subscriptions::signal, () -> whenFolded.run(), options);
        this.definition = worker.definition();
        this.codec = new LoggedCodec(this.definition.plan(), log.seals());
        recover(advance);
        worker.current().lookAhead();
        this.accepted = worker.progress().copy();
        this.reports = new Reports(store);
        this.chunkStart = log.end();
        this.pipeline = new Pipeline(worker);
        if (isGivenInForce) {
            settleOn(definition);
        }
    }

    /** The definition in force is the one that was given; if only the program answers otherwise by now, that is said in the log. */
    private void settleOn(Definition given) {
        String inForce = definition.hash();
        if (!inForce.equals(given.hash())) {
            close();
            throw EmbeddedError.OTHER_DEFINITION.because("the data is under definition " + Succession.brief(inForce)
                    + ", but the pack is now " + Succession.brief(given.hash())
                    + ". Deploy the changed pack: ./forestall deploy; or use another data directory");
        }
        if (definition.semantics() != given.semantics()) {
            activate(given);
        }
    }

    private void recover(Advance advance) {
        try (Cursor<InputLog.Entry> entries = log.read(Math.max(store.position(), log.start()))) {
            List<Logged> records = new ArrayList<>();
            long first = 0;
            long next = 0;
            while (entries.hasNext()) {
                InputLog.Entry entry = entries.next();
                if (records.size() == options.chunk() || entry.position() != next) {
                    recover(first, records, advance);
                    first = entry.position();
                }
                Logged logged = codec.read(entry.bytes());
                records.add(logged);
                next = entry.position() + 1;
                if (logged instanceof Logged.Activated) {
                    recover(first, records, advance);
                    first = next;
                    takeOver();
                }
            }
            recover(first, records, advance);
        }
        worker.commit();
    }

    /** Works in records whose positions follow each other, and forgets them. */
    private void recover(long first, List<Logged> records, Advance advance) {
        if (!records.isEmpty()) {
            worker.work(first, records);
            advance.reached(first + records.size(), log.end());
            records.clear();
        }
    }

    /** The ids of the latest events: read from the end of the log when the first sender comes that may repeat itself. */
    private RecentIds recent() {
        if (recent != null) {
            return recent;
        }
        RecentIds ids = new RecentIds();
        try (Cursor<InputLog.Entry> entries = log.read(log.latest(RecentIds.LIMIT))) {
            while (entries.hasNext()) {
                switch (codec.read(entries.next().bytes())) {
                    case Logged.Arrived arrived
                    when !arrived.origin().isReplayable() ->
                        ids.add(arrived.origin().source(), arrived.event().id());
                    case Logged.Reported reported
                    when !reported.origin().isReplayable() ->
                        ids.add(
                                reported.origin().source(),
                                reported.report().head().id());
                    default -> {}
                }
            }
        }
        recent = ids;
        return ids;
    }

    /**
     * Takes one record in, unless it is in the log already: a source that can be read again is known by its ordinals, exactly; for any
     * other, the ids of the latest {@link RecentIds#LIMIT} events are remembered. Time that the record lets pass for everyone is put
     * into the log before it. Durable after {@link #commit}, or when the chunk is full.
     *
     * @return whether it was new
     */
    public boolean accept(Logged logged) {
        sayFolded();
        return take(logged);
    }

    private boolean take(Logged logged) {
        if (isKnown(logged)) {
            return false;
        }
        if (logged instanceof Logged.Arrived arrived) {
            Receipt receipt = arrived.origin().receipt();
            long latest = Math.max(accepted.latestMillis(), arrived.event().atMillis());
            // A sender whose clock is ahead lets time pass for nobody but itself.
            long known = receipt.isLive() ? Math.min(latest, receipt.atMillis()) : latest;
            tickUpTo(known - definition.lateness().toMillis(), receipt);
        }
        append(translated(logged));
        return true;
    }

    /**
     * Lets another definition take over, or the same one as answered by another version of the program: puts that into the log, behind all
     * that was accepted so far, and waits until it is in force. What is unchanged keeps its state; what is changed or new is filled from
     * the log beside, see {@link Difference}. Effects that were said stay as they were said.
     *
     * @throws dev.forestall.loop.host.StorageException when customers would be named in another way than before
     */
    public void activate(Definition next) {
        takeOver(next);
        worker.awaitNoted();
    }

    /**
     * Lets what another definition needs to take over be made beside, while the one in force goes on. Whoever then activates it waits only for
     * what has come since.
     *
     * @return completes when most is done, on a thread that must not be held up; exceptionally when another one was prepared or has taken
     *     over meanwhile
     * @throws dev.forestall.loop.host.StorageException as {@link #activate}
     */
    public CompletionStage<Boolean> prepare(Definition next) {
        if (isInForce(next)) {
            return CompletableFuture.completedFuture(true);
        }
        requireFits(next);
        commit();
        return worker.prepare(next);
    }

    private boolean isInForce(Definition next) {
        return next.hash().equals(definition.hash()) && next.semantics() == definition.semantics();
    }

    /** As {@link #activate}, without waiting for what is noted in hindsight. */
    void takeOver(Definition next) {
        if (isInForce(next)) {
            return;
        }
        requireFits(next);
        worker.know(next);
        append(new Logged.Activated(next.hash(), next.semantics(), definition.hash()));
        commit();
    }

    private void requireFits(Definition next) {
        boolean isNamedAlike = new CustomerIdentifiers(next.plan()).areAtMostOne()
                == new CustomerIdentifiers(definition.plan()).areAtMostOne();
        if (!isNamedAlike) {
            throw EmbeddedError.OTHER_DEFINITION.because("under definition " + Succession.brief(next.hash())
                    + " customers are known by several identifiers and under " + Succession.brief(definition.hash())
                    + " by one, or the other way round, so what is known of them cannot be told apart. Keep the kinds of"
                    + " identifiers, or use another data directory");
        }
        List<String> missing = new ExternalAnswers(next.risks().external(), options.external()).missing();
        if (!missing.isEmpty()) {
            throw Worker.missing(missing);
        }
    }

    /** From here on, records are of the definition that has come into force. */
    private void takeOver() {
        earlier.add(definition);
        definition = worker.definition();
        codec = new LoggedCodec(definition.plan(), log.seals());
    }

    /** An event of the plan in force: one of an earlier plan is read as if it stood in the log. */
    private Logged translated(Logged logged) {
        if (earlier.isEmpty() || !(logged instanceof Logged.Arrived arrived)) {
            return logged;
        }
        EventType type = arrived.event().type();
        if (definition.plan().typeOrNull(type.name()) == type) {
            return logged;
        }
        return earlier.reversed().stream()
                .filter(each -> each.plan().typeOrNull(type.name()) == type)
                .findFirst()
                .map(each -> codec.read(new LoggedCodec(each.plan(), log.seals()).write(logged)))
                .orElse(logged);
    }

    /** What has been in force, in the order of the log. */
    public List<Activation> activations() {
        pipeline.settle();
        return Activation.all(store);
    }

    private boolean isKnown(Logged logged) {
        return switch (logged) {
            case Logged.Arrived arrived ->
                arrived.origin().isReplayable()
                        ? arrived.origin().ordinal()
                                < accepted.nextOrdinal(arrived.origin().source())
                        : !recent().add(
                                        arrived.origin().source(),
                                        arrived.event().id());
            case Logged.Rejection rejection -> isKnown(rejection.origin());
            case Logged.Ticked ticked -> ticked.atMillis() <= accepted.tickMillis();
            case Logged.Reported reported -> isKnown(reported);
            case Logged.Unmerged unmerged -> isKnown(unmerged.origin());
            case Logged.Erased erased -> isKnown(erased.origin());
            case Logged.Unreadable unreadable -> isKnown(unreadable.origin());
            case Logged.Folded folded -> false;
            case Logged.Activated activated -> activated.definition().equals(definition.hash());
        };
    }

    private boolean isKnown(Origin origin) {
        return origin.isReplayable() && origin.ordinal() < accepted.nextOrdinal(origin.source());
    }

    private boolean isKnown(Logged.Reported reported) {
        Origin origin = reported.origin();
        String id = reported.report().head().id();
        return origin.isReplayable()
                ? origin.ordinal() < accepted.nextOrdinal(origin.source())
                : !id.isEmpty() && !recent().add(origin.source(), id);
    }

    /**
     * Takes a report in, unless it is known already. What it is about must stand in the record: a report is completed by it, so that it says
     * the same for ever. Else it is rejected, and counted as such. Durable after {@link #commit}, or when the chunk is full.
     *
     * @param origin whence it comes; of a source that cannot be read again, the report's id tells whether it is known
     * @return what is wrong with it; nothing when it was taken or is known
     */
    public Optional<Rejected> report(Origin origin, Report report) {
        Logged completed = completed(new Logged.Reported(origin, report));
        accept(completed);
        return completed instanceof Logged.Rejection rejection ? Optional.of(rejection.rejected()) : Optional.empty();
    }

    /** A record as it goes into the log: a report is completed by the record, or rejected. */
    Logged completed(Logged logged) {
        if (!(logged instanceof Logged.Reported reported)) {
            return logged;
        }
        Origin origin = reported.origin();
        return switch (reports.complete(reported.report(), definition)) {
            case Reports.Complete complete -> new Logged.Reported(origin, complete.report());
            case Reports.Refused refused ->
                new Logged.Rejection(
                        origin, refused.rejected(), reported.report().head().id());
        };
    }

    /**
     * Somebody says that two identifiers are not one customer: both sides are worked out anew, as if the events so far had never joined
     * them. Commits.
     *
     * @return what was refused of it; empty when the two are apart now
     */
    public List<Rejected> unmerge(Unmerge unmerge) {
        return unmerge(Origin.BY_HAND, unmerge);
    }

    /** As {@link #unmerge(Unmerge)}, while others go on: long pasts are worked out beside, and take effect later. */
    List<Rejected> unmergeLive(Unmerge unmerge, long nowMillis) {
        return unmerge(Origin.BY_HAND.live(nowMillis, nowMillis), unmerge);
    }

    private List<Rejected> unmerge(Origin origin, Unmerge unmerge) {
        long position = log.end();
        take(new Logged.Unmerged(origin, unmerge));
        commit();
        return notices().stream()
                .filter(notice -> notice.position() == position)
                .map(Noticed::rejected)
                .toList();
    }

    /** By what a customer is known now. */
    List<Identifier> identifiers(SubjectId customer) {
        return worker.current().identities().identifiers(customer);
    }

    /** The customer whose strongest identifier this is. */
    SubjectId named(Identifier identifier) {
        return worker.current().identities().named(identifier);
    }

    LoggedCodec codec() {
        return codec;
    }

    /** Puts an erasure into the log and follows it, but for what only the owner of the keys can do. Commits. */
    void forget(
            Logged.Erased erased,
            List<SubjectId> customers,
            List<Identifier> identifiers,
            Function<SubjectId, @Nullable SubjectId> standIn) {
        accept(erased);
        commit();
        worker.forget(customers, identifiers, standIn);
    }

    /** What is left of effects on those who were erased, in the order of the log. */
    public Cursor<Tombstone> tombstones() {
        pipeline.settle();
        return EffectRecord.tombstones(store);
    }

    /** Lets time pass up to the last full tick before a watermark, if it has not yet. */
    private void tickUpTo(long watermarkMillis, Receipt receipt) {
        long tick = definition.tick().toMillis();
        long due = Math.floorDiv(watermarkMillis, tick) * tick;
        if (due > accepted.tickMillis()) {
            append(new Logged.Ticked(due, receipt));
        }
    }

    /**
     * A live source is silent: lets time pass up to now, less the lateness of the definition. Not for history that is being replayed.
     *
     * @param nowMillis the wall clock
     */
    public void passTime(long nowMillis) {
        tickUpTo(nowMillis - definition.lateness().toMillis(), Receipt.live(nowMillis));
    }

    /** Every source has ended: lets time pass up to the end of the last event's instant, commits, and {@link #awaitFolded}. */
    public void finish() {
        if (accepted.events() > 0 && accepted.tickMillis() <= accepted.latestMillis()) {
            append(new Logged.Ticked(accepted.latestMillis() + 1));
        }
        awaitFolded();
    }

    /**
     * Commits, and waits until every past that was put off has taken effect, and all is noted in hindsight that is to be. Nobody has to who only
     * goes on.
     */
    public void awaitFolded() {
        commit();
        while (worker.current().awaitToSay()) {
            sayFolded();
            commit();
        }
        worker.awaitNoted();
    }

    private void append(Logged logged) {
        accepted.saw(logged);
        long clock = accepted.latestMillis() == Long.MIN_VALUE ? 0 : accepted.latestMillis();
        log.append(codec.write(logged), clock);
        chunk.add(logged);
        if (logged instanceof Logged.Activated) {
            handOver();
            pipeline.settle();
            takeOver();
        } else if (chunk.size() >= options.chunk()) {
            handOver();
        }
    }

    /** Makes all that was accepted durable and waits until it is worked in and committed. */
    public void commit() {
        handOver();
        pipeline.settle();
    }

    /** How many more records can be accepted without waiting for the worker, at least 1. */
    int room() {
        return Math.max(1, options.chunk() - chunk.size());
    }

    /** Makes durable what was accepted, whether or not it is worked in, and answers the position behind it. */
    long sync() {
        return log.sync();
    }

    /**
     * Lets what is durable be worked in, if the worker has room for it; does not wait.
     *
     * @param commit whether it is to be committed at once
     * @return whether a commit was asked for, or nothing is left to commit
     */
    boolean workOn(boolean commit) {
        if (!pipeline.hasRoom()) {
            return false;
        }
        handOver(commit);
        return commit;
    }

    /** @param listener is told from now on, beside those before, whenever the worker has done something, on its thread */
    void whenWorked(Runnable listener) {
        Runnable before = whenFolded;
        Runnable all = () -> {
            before.run();
            listener.run();
        };
        whenFolded = all;
        pipeline.whenWorked(all);
        // Something may be ready already.
        listener.run();
    }

    /** Says in the log what has been worked out beside, so that it takes effect. */
    void sayFolded() {
        worker.current().takeToSay().forEach(this::append);
    }

    /** How long it takes by the clock until {@link #passTime} lets time pass for everyone. */
    Duration untilNextTick(long nowMillis) {
        long tick = definition.tick().toMillis();
        return Duration.ofMillis(
                tick - Math.floorMod(nowMillis - definition.lateness().toMillis(), tick));
    }

    private void handOver() {
        handOver(false);
    }

    private void handOver(boolean commit) {
        if (chunk.isEmpty()) {
            if (commit) {
                pipeline.commit();
            }
            return;
        }
        log.sync();
        pipeline.work(chunkStart, List.copyOf(chunk), commit);
        chunkStart += chunk.size();
        chunk.clear();
    }

    /** What has been accepted so far, committed or not. */
    public Progress accepted() {
        return accepted;
    }

    /** What has been committed. */
    public Progress progress() {
        pipeline.settle();
        return worker.progress();
    }

    /** The names under which those outside know effects. */
    public EffectNames names() {
        return options.names();
    }

    public Definition definition() {
        return definition;
    }

    /** The committed state of a subject. */
    public State state(SubjectId subject) {
        pipeline.settle();
        return store.get(Keys.of(subject)).map(saved -> State.of(saved.state())).orElse(State.EMPTY);
    }

    /** How many subjects of a kind there are, and how many bytes they take. */
    public StateStore.Statistics statistics(String kind) {
        pipeline.settle();
        return store.statistics(Keys.prefix(kind));
    }

    /** Every committed effect that was said, in the order of the log. What was found in hindsight, {@link History} shows. */
    public Cursor<Effect> effects() {
        pipeline.settle();
        return new EffectRecord(store).said(0);
    }

    /**
     * Lets a consumer read the committed effects, batch by batch, on a thread of its own. Under a new name it begins where {@code start}
     * says; under a known one it goes on where it was, unless it says the place itself. It is attached until it or the host is closed.
     *
     * @throws IllegalStateException when a consumer reads under this name already
     */
    public Subscription subscribe(String name, SubscriptionStart start, EffectConsumer consumer, Retries retries) {
        return subscriptions.attach(name, start, consumer, retries);
    }

    /**
     * Forgets the place of a subscription, and detaches its consumer if it has one.
     *
     * @return whether there was such a subscription
     */
    public boolean unsubscribe(String name) {
        return subscriptions.forget(name);
    }

    /** How all subscriptions stand, in the order of their names; those without a consumer too, for they hold effects. */
    public List<SubscriptionState> subscriptions() {
        return subscriptions.states();
    }

    /** The latest of what was refused when it was settled who is who, in the order of the log; all of it is counted in the progress. */
    public List<Noticed> notices() {
        pipeline.settle();
        return Identities.notices(store);
    }

    /**
     * Looks at what is committed by now. For any thread: neither waits for whoever writes, nor holds them up.
     *
     * @param reading sees one commit, whatever is committed meanwhile, and must not keep what it is given
     */
    public <T> T look(Function<History, T> reading) {
        try (StateStore.Snapshot committed = store.snapshot()) {
            return reading.apply(new StoredHistory(worker.inForce(committed), log, committed, options.names()));
        }
    }

    /**
     * How far everything is.
     *
     * @param durable behind the last record that no loss of power takes away
     * @param worked behind the last record that was worked in
     * @param putOff how much was put off and has still to take effect
     * @param progress of what was worked in
     */
    record Reached(long durable, long worked, int putOff, Progress progress) {

        /** How many records are durable and not worked in. */
        long behind() {
            // In an earlier epoch everything was worked in before the present one began.
            return Positions.epoch(durable) == Positions.epoch(worked) ? durable - worked : Positions.ordinal(durable);
        }
    }

    /** Behind the last record whose consequences are committed. For any thread. */
    long committed() {
        try (StateStore.Snapshot committed = store.snapshot()) {
            return committed.position();
        }
    }

    /** For any thread. */
    Reached reached() {
        try (StateStore.Snapshot committed = store.snapshot()) {
            Progress progress =
                    committed.named(Worker.PROGRESS).map(Progress::read).orElseGet(Progress::new);
            return new Reached(
                    log.durableEnd(),
                    committed.position(),
                    PutOff.of(committed).size() + ExchangeNotes.waiting(committed),
                    progress);
        }
    }

    /** Looks into the past: of subjects, effects and inputs. */
    public History history() {
        pipeline.settle();
        return new StoredHistory(definition, log, store, options.names());
    }

    /**
     * Frees room: forgets inputs and effects older than an instant, as far as that can be done in whole pieces. States stay, and go on as if
     * nothing had been forgotten. What needs the log from its beginning is then refused: a look at a subject's past. Customers
     * who turn out to be one are worked out from what is kept. Effects that a subscription has not acknowledged stay, however old.
     *
     * @param beforeMillis by the clock of the log, the latest event time when an input was accepted
     * @return the subscriptions that hold effects which would have gone, and up to where each has read
     */
    public SequencedMap<String, EffectOffset> retain(long beforeMillis) {
        commit();
        worker.awaitNoted();
        return subscriptions.retain(log.retain(beforeMillis, store.position()));
    }

    /** Commits what was accepted and stops the threads. */
    @Override
    public void close() {
        try {
            commit();
        } finally {
            subscriptions.close();
            pipeline.close();
            worker.close();
        }
    }
}
