package dev.forestall.acceptance.sending;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** When a process says that it is at a point, and stands still until it is killed. For any thread. */
final class Killing {

    static final Killing NEVER = new Killing(null);

    private final @Nullable Point point;
    private final AtomicBoolean isThere = new AtomicBoolean();

    /** @param point where to stand still; null for nowhere */
    Killing(@Nullable Point point) {
        this.point = point;
    }

    void at(Point here) {
        if (here == point && isThere.compareAndSet(false, true)) {
            System.out.println(KilledSender.AT + here);
            System.out.flush();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
