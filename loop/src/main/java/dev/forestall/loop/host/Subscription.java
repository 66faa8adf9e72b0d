package dev.forestall.loop.host;

import java.util.concurrent.CompletionStage;

/** A consumer of effects that reads on from a stored place of its own. For any thread. */
public interface Subscription extends AutoCloseable {

    SubscriptionState state();

    /** Answers when everything that is committed by now has been acknowledged. Not before a consumer that fails or hangs has gone on. */
    CompletionStage<Void> caughtUp();

    /** Gives a consumer that has failed the batch again now, and begins to count its failures anew. */
    void resume();

    /**
     * Stops reading. The place is kept, and a later subscription of the same name goes on there. A consumer that has a batch is
     * interrupted, and not waited for; what it does not acknowledge by then comes again.
     */
    @Override
    void close();
}
