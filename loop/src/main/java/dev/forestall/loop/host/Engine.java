package dev.forestall.loop.host;

import dev.forestall.loop.Definition;
import dev.forestall.loop.event.EffectNames;
import dev.forestall.loop.event.Rejected;
import dev.forestall.loop.event.SubjectId;
import dev.forestall.loop.identity.Unmerge;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The loop of one tenant, running: all that a server sees of a host. Inputs go in, effects come out to those who subscribe, and anybody may
 * look at what is known.
 *
 * <p>For any thread, and no call waits: what takes time answers later, perhaps from another machine, on a thread that may be held up. An
 * answer that fails does so with {@link EngineBusy} when asking again later helps, with {@link IllegalStateException} when the engine is
 * closed or has failed.
 */
public interface Engine extends AutoCloseable {

    /**
     * Hands records over: events, what was rejected of them, reports, unmerges, and in history the passing of time. Those of one call keep
     * their order. They are taken all or none, and those known already are passed over, so sending again does no harm. A report is completed
     * by the record; one that cannot be used is logged as rejected, and the receipt says so.
     *
     * @throws IllegalArgumentException for what only the engine itself puts into the log
     */
    Acceptance accept(List<Logged> records);

    /**
     * Looks at what is known, as of one place in the log: everything that is committed when the reading begins, and nothing of what comes
     * meanwhile. Holds up neither those who write nor other readers.
     *
     * @param reading is done once, on a thread of the engine; what it throws, the answer fails with. It must not keep what it is given
     */
    <T> CompletionStage<T> look(Function<History, T> reading);

    /**
     * Answers when what was accepted before a place is worked in and committed: whoever looks from then on sees what follows from it.
     *
     * @param position a token, as a receipt gives it
     * @throws IllegalArgumentException when it is no such token
     */
    CompletionStage<Void> worked(String position);

    /**
     * Lets a consumer read the committed effects, batch by batch, on a thread of its own. Under a new name it begins where {@code start}
     * says; under a known one it goes on where it was, unless it says the place itself. It is attached until it or the engine is closed.
     *
     * @throws IllegalStateException when a consumer reads under this name already
     */
    Subscription subscribe(String name, SubscriptionStart start, EffectConsumer consumer, Retries retries);

    /** How all subscriptions stand, in the order of their names; those without a consumer too, for they hold effects. */
    CompletionStage<List<SubscriptionState>> subscriptions();

    /** Forgets the place of a subscription, and detaches its consumer if it has one. Answers whether there was such a subscription. */
    CompletionStage<Boolean> unsubscribe(String name);

    /** The definition by whose plan events have to be given: the one in force behind all that was accepted so far. */
    Definition definition();

    /**
     * Lets another definition take over, at one place in the log, behind all that was accepted so far. What is unchanged keeps its state,
     * what is changed or new is filled from the log. Effects that were said stay as they were said. Rolling back is the same.
     *
     * @return answers when it is in force; fails with {@link StorageException} when it cannot take over
     */
    CompletionStage<Void> activate(Definition next);

    /**
     * Says that two identifiers are not one customer: both sides are worked out anew, as if the events so far had never joined them.
     *
     * @return what was refused of it; empty when the two are apart now
     */
    CompletionStage<List<Rejected>> unmerge(Unmerge unmerge);

    /**
     * Erases a customer: what is stored about them can be read by nobody afterwards.
     *
     * @param customer under any name
     * @param because why, in words that name nobody; stands in the log
     * @return what was erased; empty when nothing is known of the customer
     */
    CompletionStage<Optional<Erased>> erase(SubjectId customer, String because);

    /**
     * Copies all that the engine holds, as of some place at or behind what was durable when it was asked, while it goes on. In two parts: the
     * data, and the keys without which nothing of it can be read. Keep the keys apart, and for a short time.
     *
     * @param into a place for the data, as the engine names places: of an embedded one, the path of a folder that is missing or empty
     * @param keys a place for the keys, not within the data: of an embedded one, the path of a file
     * @return answers when both are durable
     */
    CompletionStage<Void> backup(String into, String keys);

    /** How far the engine is, and whether it is well. */
    EngineProgress progress();

    /** The names under which those outside know effects. */
    EffectNames names();

    /**
     * Takes nothing any more, finishes what it took, and lets go of all it holds.
     *
     * @throws IllegalStateException when the engine has failed: what is not durable has to be sent again
     */
    @Override
    void close();
}
