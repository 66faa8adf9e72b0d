package dev.forestall.loop.state;

import dev.forestall.loop.event.Draw;
import java.util.List;

/**
 * Whose the slots of a definition are, by their numbers. Two definitions with the same owners in the same order read each other's
 * states.
 *
 * @param owners by the number of the slot
 */
public record Layout(List<Owner> owners) {

    /**
     * A declared thing, or a part of what it remembers.
     *
     * @param name such as {@code signal.late}; behind a slash a part of it: {@code signal.late/dependants}
     * @param content names all that the declaration reads: equal contents remember the same of the same inputs
     */
    public record Owner(String name, String content) {

        /** The declaration: the name without a part. */
        public String declaration() {
            int slash = name.indexOf('/');
            return slash < 0 ? name : name.substring(0, slash);
        }
    }

    public Layout {
        owners = List.copyOf(owners);
    }

    /** The number of the slot of that name, or -1. */
    public int number(String name) {
        for (int i = 0; i < owners.size(); i++) {
            if (owners.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The names, in the order of the slots. */
    public List<String> names() {
        return owners.stream().map(Owner::name).toList();
    }

    /** Eight bits of the names and their order, to notice a state of another layout. */
    public int fingerprint() {
        long hash = owners.size();
        for (Owner each : owners) {
            hash = Draw.mix(hash ^ Draw.hash("slot", each.name()));
        }
        return (int) hash & 0xff;
    }
}
