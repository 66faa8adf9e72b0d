package dev.forestall.dispatch;

import dev.forestall.records.database.Session;

/** Takes note of what people change about sending, in the transaction of the change: there is none of which nothing is known. */
@FunctionalInterface
public interface ChangeLog {

    /** Nobody wants to know. */
    ChangeLog NONE = (session, actor, action, target, after) -> {};

    /**
     * Notes a change.
     *
     * @param actor who did it, such as {@code user:admin}
     * @param action such as {@code sending.stopped}
     * @param target what was changed: a channel, a policy, a request
     * @param after how it is now, or why; no secrets
     */
    void note(Session session, String actor, String action, String target, String after);
}
