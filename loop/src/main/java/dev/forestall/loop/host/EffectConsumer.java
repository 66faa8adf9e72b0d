package dev.forestall.loop.host;

/**
 * Takes effects, batch by batch, in the order of the record and only those that a crash cannot take back. Called by one thread at a time,
 * which is its own: it may take its time. After a failure or a crash the latest batch may come again, perhaps cut elsewhere, with the same
 * ids: at least once.
 */
@FunctionalInterface
public interface EffectConsumer {

    /**
     * Takes a batch. When it returns, the batch is acknowledged.
     *
     * @throws Exception when the batch could not be taken: it comes again after a while
     */
    void accept(EffectBatch batch) throws Exception;
}
