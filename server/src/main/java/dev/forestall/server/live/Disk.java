package dev.forestall.server.live;

import dev.forestall.loop.host.HostClock;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** How full the disk is that holds the data. For any thread; it looks at most once a second. */
public final class Disk {

    private static final long LOOKED_FOR_MILLIS = 1_000;

    private final Path data;
    private final double warn;
    private final double refuse;
    private final HostClock clock;
    private volatile Use latest = new Use(0, 0);
    private volatile long lookedAtMillis;

    /**
     * How much of it is in use.
     *
     * @param usedBytes that are in use
     * @param usableBytes that can still be written: what is kept for the system is neither
     */
    public record Use(long usedBytes, long usableBytes) {

        /** From 0 to 1, as {@code df} counts it; 0 when nobody knows. */
        public double share() {
            long all = usedBytes + usableBytes;
            return all <= 0 ? 0 : (double) usedBytes / all;
        }

        /** In whole percents. */
        public long percent() {
            return Math.round(share() * 100);
        }
    }

    /**
     * @param warn from this share of use on somebody should know, from 0 to 1
     * @param refuse from this share of use on no events are taken
     */
    public Disk(Path data, double warn, double refuse, HostClock clock) {
        this.data = data;
        this.warn = warn;
        this.refuse = refuse;
        this.clock = clock;
    }

    public Use use() {
        long now = clock.nowMillis();
        if (now - lookedAtMillis >= LOOKED_FOR_MILLIS || now < lookedAtMillis) {
            lookedAtMillis = now;
            latest = look();
        }
        return latest;
    }

    private Use look() {
        try {
            FileStore store = Files.getFileStore(data);
            return new Use(store.getTotalSpace() - store.getUnallocatedSpace(), store.getUsableSpace());
        } catch (IOException unknown) {
            // Writing will say what is wrong.
            return new Use(0, 0);
        }
    }

    /** Whether somebody should make room. */
    public boolean isFilling() {
        return use().share() >= warn;
    }

    /** Whether nothing more is taken: what was taken needs room too. */
    public boolean isFull() {
        return use().share() >= refuse;
    }
}
