package dev.forestall.records.effects;

import dev.forestall.records.database.Session;

/** A table that is made of effects alone. For one thread. */
public interface Projected {

    /** Notes what an effect means for the table. Effects come in the order of the record, each once. */
    void take(Seen seen);

    /** Writes what was noted, and forgets it. */
    void write(Session session);

    /** Forgets what was noted: the transaction that it was for failed. */
    void forget();
}
