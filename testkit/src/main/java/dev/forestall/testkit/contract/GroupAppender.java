package dev.forestall.testkit.contract;

import dev.forestall.loop.host.InputLog;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets many threads append to one log and share the syncs: each waits until its own record is durable, and one sync
 * serves all who appended meanwhile. While it is in use, nobody else may write to the log.
 */
public final class GroupAppender {

    private final InputLog log;

    /**
     * Fair, and that is what makes the groups: whoever has appended queues again behind all who are waiting to append,
     * so by the time it may sync, their records are in.
     */
    private final ReentrantLock turn = new ReentrantLock(true);

    public GroupAppender(InputLog log) {
        this.log = log;
    }

    /** Appends a record and returns its position once it is durable. */
    public long append(byte[] bytes, long atMillis) {
        var position = appended(bytes, atMillis);
        turn.lock();
        try {
            if (log.durableEnd() <= position) {
                log.sync();
            }
        } finally {
            turn.unlock();
        }
        return position;
    }

    private long appended(byte[] bytes, long atMillis) {
        turn.lock();
        try {
            return log.append(bytes, atMillis);
        } finally {
            turn.unlock();
        }
    }
}
