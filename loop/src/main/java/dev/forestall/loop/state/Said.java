package dev.forestall.loop.state;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Parts the states of a definition into what was really said and done, and what follows from a subject's inputs. A past that is worked out anew
 * answers only the latter: whoever was contacted stays contacted, and who was not is not by a past that nobody knew then. Immutable.
 */
public final class Said {

    private final int fingerprint;
    private final List<Memory<?>> memories;

    /** @param memories by the numbers of their slots */
    Said(int fingerprint, List<Memory<?>> memories) {
        this.fingerprint = fingerprint;
        this.memories = List.copyOf(memories);
    }

    private boolean isSaid(StoredCells.Cell cell) {
        return memories.get(cell.slot()) instanceof Memory.Said<?>;
    }

    /**
     * Puts together the state of a subject whose past is another one than was known.
     *
     * @param folded what follows from that past
     * @param real what was really said and done stands there, whatever else does
     */
    public State keep(State folded, State real) {
        StoredCells cells = new StoredCells();
        StoredCells ofPast = new StoredCells(folded, fingerprint);
        cells.reach(ofPast.clock());
        ofPast.all().stream().filter(each -> !isSaid(each)).forEach(cells::add);
        new StoredCells(real, fingerprint).all().stream().filter(this::isSaid).forEach(cells::add);
        return cells.write(fingerprint);
    }

    /** The first state, with all that was really said and done by either. */
    public State join(State one, State other) {
        StoredCells first = new StoredCells(one, fingerprint);
        StoredCells cells = new StoredCells();
        cells.reach(first.clock());
        SortedMap<String, StoredCells.Cell> said = new TreeMap<>();
        for (StoredCells.Cell each : first.all()) {
            if (isSaid(each)) {
                said.put(each.slot() + "/" + each.key(), each);
            } else {
                cells.add(each);
            }
        }
        for (StoredCells.Cell each : new StoredCells(other, fingerprint).all()) {
            if (isSaid(each)) {
                said.merge(each.slot() + "/" + each.key(), each, this::join);
            }
        }
        said.values().forEach(cells::add);
        return cells.write(fingerprint);
    }

    /** What everybody into whom a subject falls apart has of what was really said and done. */
    public State ofEveryPart(State state) {
        StoredCells cells = new StoredCells();
        for (StoredCells.Cell each : new StoredCells(state, fingerprint).all()) {
            if (memories.get(each.slot()) instanceof Memory.Said<?> said && said.isOfEveryPart()) {
                cells.add(each);
            }
        }
        return cells.write(fingerprint);
    }

    private StoredCells.Cell join(StoredCells.Cell one, StoredCells.Cell other) {
        return join((Memory.Said<?>) memories.get(one.slot()), one, other);
    }

    private static <C> StoredCells.Cell join(Memory.Said<C> memory, StoredCells.Cell one, StoredCells.Cell other) {
        Writer joined = new Writer();
        memory.write(
                memory.join(memory.read(new Reader(one.content())), memory.read(new Reader(other.content()))), joined);
        long wake = Math.min(Cells.wake(one.wake()), Cells.wake(other.wake()));
        return new StoredCells.Cell(one.slot(), one.key(), Cells.stored(wake), joined.toBytes());
    }
}
