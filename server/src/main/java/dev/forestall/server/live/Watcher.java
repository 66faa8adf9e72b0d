package dev.forestall.server.live;

import dev.forestall.records.database.Tenant;
import dev.forestall.records.effects.EffectRow;
import dev.forestall.records.effects.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One who watches effects, by a thread of its own. */
public final class Watcher implements AutoCloseable {

    /** Who is further behind than this is let go. */
    private static final int MAX_BEHIND = 1_000;

    private static final int PAGE = 500;

    private final LiveEffects live;
    private final Timeline timeline;
    private final Tenant tenant;
    private final BlockingQueue<News> queue = new LinkedBlockingQueue<>();
    private volatile int waiting;

    // Of the watching thread:
    private String place;
    private boolean isCaughtUp;

    /** What a watcher is told. */
    public sealed interface News {
        /** These effects, in the order of the record. */
        record Said(List<EffectRow> rows) implements News {}

        /** Nothing of effects: the time that was waited is over, or there is something else to look at. */
        record Silence() implements News {}

        /** The watcher was too slow, and is told no more: it has to begin again where it is. */
        record TooSlow() implements News {}

        /** There is no more to come. */
        record End() implements News {}
    }

    Watcher(LiveEffects live, Timeline timeline, Tenant tenant, String place) {
        this.live = live;
        this.timeline = timeline;
        this.tenant = tenant;
        this.place = place;
    }

    synchronized void tell(List<EffectRow> rows) {
        if (waiting > MAX_BEHIND) {
            return;
        }
        waiting += rows.size();
        queue.add(waiting > MAX_BEHIND ? new News.TooSlow() : new News.Said(rows));
    }

    /** Wakes the watcher up, to look at something else than effects. */
    synchronized void nudge() {
        if (queue.isEmpty()) {
            queue.add(new News.Silence());
        }
    }

    void end() {
        queue.add(new News.End());
    }

    /** Waits for news. What was said since the place that was asked for comes first. */
    public News next(Duration patience) throws InterruptedException {
        if (!isCaughtUp) {
            List<EffectRow> missed = timeline.since(tenant, place, PAGE);
            if (!missed.isEmpty()) {
                place = missed.getLast().cursor();
                return new News.Said(missed);
            }
            isCaughtUp = true;
        }
        News news = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return switch (news) {
            case null -> new News.Silence();
            case News.Said said -> {
                release(said.rows().size());
                // What came while the missed was read has been read with it.
                List<EffectRow> fresh = new ArrayList<>(said.rows());
                fresh.removeIf(row -> Timeline.compare(row.cursor(), place) <= 0);
                if (!fresh.isEmpty()) {
                    place = fresh.getLast().cursor();
                }
                yield fresh.isEmpty() ? new News.Silence() : new News.Said(fresh);
            }
            case News other -> other;
        };
    }

    private synchronized void release(int rows) {
        waiting -= rows;
    }

    @Override
    public void close() {
        live.leave(this);
    }
}
