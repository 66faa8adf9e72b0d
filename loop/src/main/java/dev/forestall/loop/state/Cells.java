package dev.forestall.loop.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one subject, open for one step or for many: whether they are written and read again between two steps makes no
 * difference to what follows. Reusable, for one thread.
 *
 * <p>Format of the blob, schema 2 (numbers as {@link Writer} writes them): schema, fingerprint of the layout (8 bits), clock, then
 * per cell, in the order of slot and key: slot number minus the slot before, key, wake-up, length, content. A wake-up is 0 for none,
 * else 1 more than its distance from 1970 in zigzag form.
 */
public final class Cells {

    /** No wake-up wanted. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The number of the format that is written. Every older one stays readable, save 1, which was never part of a release. */
    public static final int SCHEMA = 2;

    private static final int FIRST_ROOM = 4;

    private final int fingerprint;
    private final Reader reader;
    private final Writer out;
    private final Writer content;

    private byte[] blob = new byte[0];
    private long clock;

    /** The open cells in their order, and behind them those that can be used again. */
    private Cell[] cells = new Cell[0];
    /** The slots of the open cells, side by side: a look-up touches only the cell that it finds. */
    private int[] slots = new int[0];

    private int count;
    /** The cells whose content the step that is under way has asked for. */
    private Cell[] touched = new Cell[4];

    private int touchedCount;
    /** The earliest wake-up that any cell wants; right only when it is known. */
    private long nextWake;

    private boolean isNextWakeKnown;
    /** Where the latest look-up ended: most are for the same cell as the one before. */
    private int latest;

    /** By slot, contents of earlier steps that nobody uses any more. */
    private @Nullable Object[] spares = new @Nullable Object[FIRST_ROOM];

    /** Where cells read and write. One room serves all cells of a thread, so that it stays near. */
    public static final class Workroom {
        private final Reader reader = new Reader();
        private final Writer out = new Writer();
        private final Writer content = new Writer();
    }

    /** @param fingerprint of the layout that the states have; others are refused */
    public Cells(int fingerprint) {
        this(fingerprint, new Workroom());
    }

    /** As {@link #Cells(int)}, sharing the room to work in with other cells of the same thread. */
    public Cells(int fingerprint, Workroom room) {
        this.fingerprint = fingerprint & 0xff;
        this.reader = room.reader;
        this.out = room.out;
        this.content = room.content;
        moreCells();
    }

    /** One cell as it stands in the step. Content is decoded when it is first asked for. */
    private static final class Cell {
        int slot;
        String key = "";
        long wake = NEVER;
        int start;
        int end;

        boolean isTouched;

        @Nullable
        Object content;

        @Nullable
        Memory<?> memory;
    }

    public void load(State state) {
        load(state.bytes(), state.size());
    }

    /** Opens a state where it is kept. Until the next {@link #load(Row)} only {@link #save(Row)} may change the row. */
    public void load(Row row) {
        load(row.room(), row.size());
    }

    private void load(byte[] bytes, int length) {
        for (int i = 0; i < count; i++) {
            putBack(cells[i]);
        }
        for (int i = 0; i < touchedCount; i++) {
            touched[i].isTouched = false;
        }
        touchedCount = 0;
        count = 0;
        latest = 0;
        nextWake = NEVER;
        isNextWakeKnown = true;
        clock = Long.MIN_VALUE;
        blob = bytes;
        if (length == 0) {
            return;
        }
        Reader from = reader.over(bytes, 0, length);
        int schema = from.size();
        int layout = from.size();
        if (schema != SCHEMA || layout != fingerprint) {
            throw new IllegalStateException("state of schema " + schema + " and layout " + layout
                    + " cannot be read as schema " + SCHEMA + " and layout " + fingerprint
                    + "; rebuild the subject from its log");
        }
        clock = from.whole();
        int slot = 0;
        while (from.hasMore()) {
            Cell cell = next();
            slot += from.size();
            cell.slot = slot;
            slots[count - 1] = slot;
            String key = from.text();
            // What is there already is not stored again, here and below: to a collector, each stored reference is work.
            if (cell.key != key) {
                cell.key = key;
            }
            cell.wake = wake(from.count());
            nextWake = Math.min(nextWake, cell.wake);
            int contentLength = from.size();
            cell.start = from.at();
            cell.end = cell.start + contentLength;
            from.skip(contentLength);
        }
    }

    /** One more cell behind the others. */
    private Cell next() {
        if (count == cells.length) {
            moreCells();
        }
        return cells[count++];
    }

    private void moreCells() {
        int before = cells.length;
        cells = java.util.Arrays.copyOf(cells, before == 0 ? FIRST_ROOM : before * 2);
        slots = java.util.Arrays.copyOf(slots, cells.length);
        for (int i = before; i < cells.length; i++) {
            cells[i] = new Cell();
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
        if (!isNextWakeKnown) {
            nextWake = NEVER;
            for (int i = 0; i < count; i++) {
                nextWake = Math.min(nextWake, cells[i].wake);
            }
            isNextWakeKnown = true;
        }
        return nextWake;
    }

    /** The content of a cell; a fresh one when there is none yet. */
    public <C> C open(Slot<C> slot, String key) {
        int place = place(slot.number(), key);
        if (place >= 0) {
            return decode(cells[place], slot.memory());
        }
        Cell cell = insert(-place - 1, slot.number());
        cell.key = key;
        cell.wake = NEVER;
        C fresh = slot.memory().fresh();
        cell.content = fresh;
        cell.memory = slot.memory();
        touch(cell);
        return fresh;
    }

    /** The content of a cell, or null when there is none. */
    public <C> @Nullable C find(Slot<C> slot, String key) {
        int place = place(slot.number(), key);
        return place < 0 ? null : decode(cells[place], slot.memory());
    }

    /** Asks to be woken at an instant, or {@link #NEVER}. The cell must exist. */
    public void wake(Slot<?> slot, String key, long atMillis) {
        Cell cell = cells[existing(slot, key)];
        if (cell.wake != atMillis) {
            cell.wake = atMillis;
            isNextWakeKnown = false;
        }
    }

    public long wakeOf(Slot<?> slot, String key) {
        int place = place(slot.number(), key);
        return place < 0 ? NEVER : cells[place].wake;
    }

    /** The key of the first cell of a slot whose wake-up is due at or before an instant, or null. */
    public @Nullable String firstDue(Slot<?> slot, long untilMillis) {
        for (int i = first(slot.number()); i < count && slots[i] == slot.number(); i++) {
            if (cells[i].wake <= untilMillis) {
                return cells[i].key;
            }
        }
        return null;
    }

    /** The keys under which a slot has cells, in order. */
    public List<String> keys(Slot<?> slot) {
        List<String> keys = new ArrayList<>();
        for (int i = first(slot.number()); i < count && slots[i] == slot.number(); i++) {
            keys.add(cells[i].key);
        }
        return keys;
    }

    public void drop(Slot<?> slot, String key) {
        int place = place(slot.number(), key);
        if (place >= 0) {
            drop(place);
        }
    }

    /** Whoever drops a cell may still be reading its content: it does not serve again. */
    private void drop(int place) {
        Cell dropped = cells[place];
        dropped.content = null;
        System.arraycopy(cells, place + 1, cells, place, count - place - 1);
        System.arraycopy(slots, place + 1, slots, place, count - place - 1);
        count--;
        cells[count] = dropped;
        isNextWakeKnown = false;
    }

    /**
     * Ends a step: cells that say no more than a fresh one go, and contents forget what they would not be written with.
     *
     * @throws IllegalStateException when a wake-up is left that should have been settled
     */
    @SuppressWarnings("unchecked")
    public void settle() {
        for (int i = 0; i < touchedCount; i++) {
            Cell cell = touched[i];
            cell.isTouched = false;
            Object content = cell.content;
            if (content != null) {
                Memory<Object> memory = (Memory<Object>) java.util.Objects.requireNonNull(cell.memory);
                if (cell.wake == NEVER && memory.isFresh(content)) {
                    drop(place(cell.slot, cell.key));
                } else if (memory instanceof Memory.Forgetful<Object> forgetful) {
                    forgetful.forget(content);
                }
            }
        }
        touchedCount = 0;
        if (nextWake() < clock) {
            throw new IllegalStateException("a wake-up at " + nextWake() + " is left although it is " + clock
                    + ": what was due should have been settled");
        }
    }

    /** The state at the end of a step. */
    public State save() {
        settle();
        write();
        blob = out.toBytes();
        return State.of(blob);
    }

    /** Puts the state at the end of a step where it is kept. The cells stay open. */
    public void save(Row row) {
        settle();
        write();
        blob = out.copyTo(row);
    }

    /** All cells into {@link #out}; what was not opened moves with them. */
    @SuppressWarnings("unchecked")
    private void write() {
        out.clear();
        out.count(SCHEMA).count(fingerprint).whole(clock);
        int slot = 0;
        for (int i = 0; i < count; i++) {
            Cell cell = cells[i];
            out.count(cell.slot - slot).text(cell.key).count(stored(cell.wake));
            slot = cell.slot;
            if (cell.content == null) {
                out.count(cell.end - cell.start).raw(blob, cell.start, cell.end);
                cell.start = out.size() - (cell.end - cell.start);
                cell.end = out.size();
            } else {
                content.clear();
                ((Memory<Object>) java.util.Objects.requireNonNull(cell.memory)).write(cell.content, content);
                out.block(content);
            }
        }
    }

    /** The earliest wake-up that a state asks for; {@link #NEVER} when there is none. */
    public static long nextWake(State state) {
        long next = NEVER;
        if (!state.isEmpty()) {
            Reader from = new Reader(state.bytes());
            from.size();
            from.size();
            from.whole();
            while (from.hasMore()) {
                from.size();
                from.text();
                next = Math.min(next, wake(from.count()));
                from.skip(from.size());
            }
        }
        return next;
    }

    static long wake(long stored) {
        long distance = stored - 1;
        return stored == 0 ? NEVER : distance >>> 1 ^ -(distance & 1);
    }

    static long stored(long wake) {
        return wake == NEVER ? 0 : (wake << 1 ^ wake >> 63) + 1;
    }

    @SuppressWarnings("unchecked")
    private <C> C decode(Cell cell, Memory<C> memory) {
        touch(cell);
        Object known = cell.content;
        if (known != null) {
            return (C) known;
        }
        reader.over(blob, cell.start, cell.end);
        Object spare = cell.slot < spares.length ? spares[cell.slot] : null;
        C read;
        if (spare == null) {
            read = memory.read(reader);
        } else {
            spares[cell.slot] = null;
            read = memory.read(reader, (C) spare);
        }
        if (reader.hasMore()) {
            throw new IllegalStateException("the cell of slot " + cell.slot + " holds more than its memory reads");
        }
        cell.content = read;
        if (cell.memory != memory) {
            cell.memory = memory;
        }
        return read;
    }

    private void putBack(Cell cell) {
        Object content = cell.content;
        if (content != null) {
            if (cell.slot >= spares.length) {
                spares = java.util.Arrays.copyOf(spares, cell.slot * 2);
            }
            spares[cell.slot] = content;
            cell.content = null;
        }
    }

    private void touch(Cell cell) {
        if (cell.isTouched) {
            return;
        }
        cell.isTouched = true;
        if (touchedCount == touched.length) {
            touched = java.util.Arrays.copyOf(touched, touchedCount * 2);
        }
        if (touched[touchedCount] != cell) {
            touched[touchedCount] = cell;
        }
        touchedCount++;
    }

    /** Room for a cell at a place between the others. */
    private Cell insert(int place, int slot) {
        Cell cell = next();
        System.arraycopy(cells, place, cells, place + 1, count - 1 - place);
        System.arraycopy(slots, place, slots, place + 1, count - 1 - place);
        cells[place] = cell;
        slots[place] = slot;
        cell.slot = slot;
        return cell;
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
        int known = latest;
        if (known < count && slots[known] == slot && cells[known].key.equals(key)) {
            return known;
        }
        int i = 0;
        while (i < count && slots[i] < slot) {
            i++;
        }
        while (i < count && slots[i] == slot) {
            String its = cells[i].key;
            int order = its.equals(key) ? 0 : its.compareTo(key);
            if (order == 0) {
                latest = i;
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
