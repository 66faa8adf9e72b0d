package dev.forestall.embedded;

import dev.forestall.loop.host.Cursor;
import java.util.NoSuchElementException;

/** Walks through positions that are stored in runs, leaving out those before a first one. */
final class InputsCursor implements Cursor<Long> {

    private final Cursor<long[]> runs;
    private final long from;
    private long[] run = {};
    private int next;

    InputsCursor(Cursor<long[]> runs, long from) {
        this.runs = runs;
        this.from = from;
    }

    @Override
    public boolean hasNext() {
        while (true) {
            for (; next < run.length; next++) {
                if (run[next] >= from) {
                    return true;
                }
            }
            if (!runs.hasNext()) {
                return false;
            }
            run = runs.next();
            next = 0;
        }
    }

    @Override
    public Long next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no input is left");
        }
        return run[next++];
    }

    @Override
    public void close() {
        runs.close();
    }
}
