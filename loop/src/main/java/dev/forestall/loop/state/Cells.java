package dev.forestall.loop.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one subject, open for the length of one step. Reusable, for one thread.
 *
 * <p>Format of the blob, schema 1 (numbers as {@link Writer} writes them): schema, fingerprint of the definition (8 bits), clock,
 * earliest wake-up, then per cell, in the order of slot and key: slot number minus the slot before, key, wake-up, length, content.
 * A wake-up is 0 for none, else 1 more than its distance behind the clock; before there is a clock, behind 1970 in zigzag form.
 */
public final class Cells {

    /** No wake-up wanted. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The number of the format that is written. Every older one stays readable. */
    public static final int SCHEMA = 1;

    private final int fingerprint;
    private final List<Cell> pool = new ArrayList<>();
    private final Reader reader = new Reader();
    private final Writer out = new Writer();
    private final Writer content = new Writer();

    private byte[] blob = new byte[0];
    private Cell[] cells = new Cell[16];
    private int count;
    private long clock;

    /** @param fingerprint of the definition that the states belong to; others are refused */
    public Cells(int fingerprint) {
        this.fingerprint = fingerprint & 0xff;
    }

    /** One cell as it stands in the step. Content is decoded when it is first asked for. */
    private static final class Cell {
        int slot;
        String key = "";
        long wake = NEVER;
        int start;
        int end;
        boolean kept;

        @Nullable
        Object content;

        @Nullable
        Memory<?> memory;
    }

    public void load(State state) {
        for (int i = 0; i < count; i++) {
            pool.add(cells[i]);
        }
        count = 0;
        clock = Long.MIN_VALUE;
        blob = state.bytes();
        if (blob.length == 0) {
            return;
        }
        reader.over(blob, 0, blob.length);
        int schema = reader.size();
        int definition = reader.size();
        if (schema != SCHEMA || definition != fingerprint) {
            throw new IllegalStateException("state of schema " + schema + " and definition " + definition
                    + " cannot be read as schema " + SCHEMA + " and definition " + fingerprint
                    + "; rebuild the subject from its log");
        }
        clock = reader.whole();
        reader.count();
        int slot = 0;
        while (reader.hasMore()) {
            Cell cell = take();
            slot += reader.size();
            cell.slot = slot;
            cell.key = reader.text();
            cell.wake = wake(clock, reader.count());
            int length = reader.size();
            cell.start = reader.at();
            cell.end = cell.start + length;
            reader.skip(length);
            insert(count, cell);
        }
    }

    /** The subject's own clock: the latest time it has seen; {@link Long#MIN_VALUE} before anything happened. */
    public long clock() {
        return clock;
    }

    public void advance(long atMillis) {
        clock = Math.max(clock, atMillis);
    }

    /** The earliest wake-up that any cell wants, or {@link #NEVER}. */
    public long nextWake() {
        long next = NEVER;
        for (int i = 0; i < count; i++) {
            next = Math.min(next, cells[i].wake);
        }
        return next;
    }

    /** The content of a cell; a fresh one when there is none yet. */
    public <C> C open(Slot<C> slot, String key) {
        int place = place(slot.number(), key);
        if (place >= 0) {
            return decode(cells[place], slot.memory());
        }
        Cell cell = take();
        cell.slot = slot.number();
        cell.key = key;
        C fresh = slot.memory().fresh();
        cell.content = fresh;
        cell.memory = slot.memory();
        insert(-place - 1, cell);
        return fresh;
    }

    /** The content of a cell, or null when there is none. */
    public <C> @Nullable C find(Slot<C> slot, String key) {
        int place = place(slot.number(), key);
        return place < 0 ? null : decode(cells[place], slot.memory());
    }

    /** Asks to be woken at an instant, or {@link #NEVER}. The cell must exist. */
    public void wake(Slot<?> slot, String key, long atMillis) {
        cells[existing(slot, key)].wake = atMillis;
    }

    public long wakeOf(Slot<?> slot, String key) {
        int place = place(slot.number(), key);
        return place < 0 ? NEVER : cells[place].wake;
    }

    /** The key of the first cell of a slot whose wake-up is due at or before an instant, or null. */
    public @Nullable String firstDue(Slot<?> slot, long untilMillis) {
        for (int i = first(slot.number()); i < count && cells[i].slot == slot.number(); i++) {
            if (cells[i].wake <= untilMillis) {
                return cells[i].key;
            }
        }
        return null;
    }

    /** The slot number of the first cell that is due at or before an instant, at or after a slot; or -1. */
    public int nextDueSlot(int fromSlot, long untilMillis) {
        for (int i = first(fromSlot); i < count; i++) {
            if (cells[i].wake <= untilMillis) {
                return cells[i].slot;
            }
        }
        return -1;
    }

    /** The keys under which a slot has cells, in order. */
    public List<String> keys(Slot<?> slot) {
        List<String> keys = new ArrayList<>();
        for (int i = first(slot.number()); i < count && cells[i].slot == slot.number(); i++) {
            keys.add(cells[i].key);
        }
        return keys;
    }

    public void drop(Slot<?> slot, String key) {
        int place = place(slot.number(), key);
        if (place >= 0) {
            pool.add(cells[place]);
            System.arraycopy(cells, place + 1, cells, place, count - place - 1);
            count--;
        }
    }

    /** The state after the step. */
    public State save() {
        out.clear();
        out.count(SCHEMA).count(fingerprint).whole(clock);
        long next = NEVER;
        for (int i = 0; i < count; i++) {
            Cell cell = cells[i];
            cell.kept = kept(cell);
            if (cell.kept) {
                next = Math.min(next, cell.wake);
            }
        }
        out.count(stored(next));
        int slot = 0;
        for (int i = 0; i < count; i++) {
            Cell cell = cells[i];
            if (cell.kept) {
                out.count(cell.slot - slot).text(cell.key).count(stored(cell.wake));
                slot = cell.slot;
                write(cell);
            }
        }
        return State.of(out.toBytes());
    }

    /** The wake-up that a state asks for, read without opening its cells; {@link #NEVER} when there is none. */
    public static long nextWake(State state) {
        if (state.isEmpty()) {
            return NEVER;
        }
        Reader reader = new Reader(state.bytes());
        reader.size();
        reader.size();
        return wake(reader.whole(), reader.count());
    }

    private static long wake(long clock, long stored) {
        if (stored == 0) {
            return NEVER;
        }
        long distance = stored - 1;
        return clock == Long.MIN_VALUE ? distance >>> 1 ^ -(distance & 1) : clock + distance;
    }

    private long stored(long wake) {
        if (wake == NEVER) {
            return 0;
        }
        if (clock == Long.MIN_VALUE) {
            return (wake << 1 ^ wake >> 63) + 1;
        }
        if (wake < clock) {
            throw new IllegalStateException("a wake-up at " + wake + " is left although it is " + clock
                    + ": what was due should have been settled");
        }
        return wake - clock + 1;
    }

    @SuppressWarnings("unchecked")
    private boolean kept(Cell cell) {
        return cell.content == null
                || cell.wake != NEVER
                || !((Memory<Object>) java.util.Objects.requireNonNull(cell.memory)).isFresh(cell.content);
    }

    @SuppressWarnings("unchecked")
    private void write(Cell cell) {
        if (cell.content == null) {
            out.count(cell.end - cell.start).raw(blob, cell.start, cell.end);
        } else {
            content.clear();
            ((Memory<Object>) java.util.Objects.requireNonNull(cell.memory)).write(cell.content, content);
            out.block(content);
        }
    }

    @SuppressWarnings("unchecked")
    private <C> C decode(Cell cell, Memory<C> memory) {
        Object known = cell.content;
        if (known != null) {
            return (C) known;
        }
        C read = memory.read(reader.over(blob, cell.start, cell.end));
        if (reader.hasMore()) {
            throw new IllegalStateException("the cell of slot " + cell.slot + " holds more than its memory reads");
        }
        cell.content = read;
        cell.memory = memory;
        return read;
    }

    private Cell take() {
        if (pool.isEmpty()) {
            return new Cell();
        }
        Cell cell = pool.removeLast();
        cell.key = "";
        cell.wake = NEVER;
        cell.content = null;
        cell.memory = null;
        return cell;
    }

    private void insert(int place, Cell cell) {
        if (count == cells.length) {
            cells = java.util.Arrays.copyOf(cells, count * 2);
        }
        System.arraycopy(cells, place, cells, place + 1, count - place);
        cells[place] = cell;
        count++;
    }

    private int existing(Slot<?> slot, String key) {
        int place = place(slot.number(), key);
        if (place < 0) {
            throw new IllegalStateException("no cell at slot " + slot.number() + " under '" + key + "'");
        }
        return place;
    }

    private int first(int slot) {
        int place = place(slot, "");
        return place >= 0 ? place : -place - 1;
    }

    /** Where a cell is, or -(where it would be) - 1. Linear: most subjects have a handful of cells. */
    private int place(int slot, String key) {
        int i = 0;
        while (i < count && cells[i].slot < slot) {
            i++;
        }
        while (i < count && cells[i].slot == slot) {
            String its = cells[i].key;
            int order = its.equals(key) ? 0 : its.compareTo(key);
            if (order == 0) {
                return i;
            }
            if (order > 0) {
                break;
            }
            i++;
        }
        return -i - 1;
    }
}
