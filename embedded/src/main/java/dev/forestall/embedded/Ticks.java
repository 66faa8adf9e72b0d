package dev.forestall.embedded;

import dev.forestall.loop.event.Receipt;
import dev.forestall.loop.host.Cursor;
import dev.forestall.loop.host.InputLog;
import dev.forestall.loop.host.Logged;
import dev.forestall.loop.host.LoggedCodec;
import dev.forestall.loop.host.StateView;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where in the log time passes for everyone, and to when: so that whoever is worked out anew is woken at the ticks at which it would have
 * been woken. Positions are read from the store when they are first asked for, instants from the log as they are needed.
 */
final class Ticks {

    private static final long UNKNOWN = Long.MIN_VALUE;

    private final InputLog log;
    private final StateView store;
    private final LoggedCodec codec;
    private long[] positions = new long[16];
    private long[] instants = new long[16];
    private Receipt[] receipts = new Receipt[16];
    private int size;
    private boolean isLoaded;

    /** One tick. */
    record Tick(long position, long atMillis, Receipt receipt) {}

    Ticks(InputLog log, StateView store, LoggedCodec codec) {
        this.log = log;
        this.store = store;
        this.codec = codec;
    }

    /** Takes notice of a tick that the store does not know yet; in the order of the log. */
    void add(Tick tick) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, size * 2);
            instants = Arrays.copyOf(instants, size * 2);
            receipts = Arrays.copyOf(receipts, size * 2);
        }
        positions[size] = tick.position;
        receipts[size] = tick.receipt;
        instants[size++] = tick.atMillis;
    }

    /** The first tick between two positions, both excluded, that is later than an instant. */
    Optional<Tick> firstBehind(long after, long millis, long before) {
        if (!isLoaded) {
            load();
        }
        int low = place(after + 1);
        int high = place(before);
        int step = 1;
        // Mostly it is near: look ahead further and further, then halve.
        while (low + step <= high && instant(low + step - 1) <= millis) {
            low += step;
            step *= 2;
        }
        high = Math.min(high, low + step - 1);
        while (low < high) {
            int middle = low + high >>> 1;
            if (instant(middle) > millis) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low < place(before) && instant(low) > millis
                ? Optional.of(new Tick(positions[low], instant(low), receipts[low]))
                : Optional.empty();
    }

    /** The index of the first tick at or behind a position. */
    private int place(long position) {
        int found = Arrays.binarySearch(positions, 0, size, position);
        return found >= 0 ? found : -found - 1;
    }

    private long instant(int index) {
        if (instants[index] == UNKNOWN) {
            if (!(codec.read(log.get(positions[index]).bytes()) instanceof Logged.Ticked ticked)) {
                throw new IllegalStateException("the log has no tick at position " + positions[index]
                        + ", where the store has noted one. Do log and store belong together?");
            }
            instants[index] = ticked.atMillis();
            receipts[index] = ticked.receipt();
        }
        return instants[index];
    }

    private void load() {
        long until = size == 0 ? Long.MAX_VALUE : positions[0];
        long[] later = Arrays.copyOf(positions, size);
        long[] laterInstants = Arrays.copyOf(instants, size);
        Receipt[] laterReceipts = Arrays.copyOf(receipts, size);
        size = 0;
        try (Cursor<Long> stored = store.inputs(Keys.of(Keys.TICKS), log.start())) {
            while (stored.hasNext()) {
                long position = stored.next();
                if (position >= until) {
                    break;
                }
                add(new Tick(position, UNKNOWN, Receipt.HISTORY));
            }
        }
        for (int i = 0; i < later.length; i++) {
            add(new Tick(later[i], laterInstants[i], laterReceipts[i]));
        }
        isLoaded = true;
    }
}
